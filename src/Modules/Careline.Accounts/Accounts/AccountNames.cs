using System.Net.Mail;
using System.Text;
using System.Text.RegularExpressions;

namespace Careline.Accounts.Accounts;

/// <summary>How people are named at sign-in: user name, e-mail or phone, which can never be mistaken for one another.</summary>
internal static partial class AccountNames
{
    /// <summary>The form that is compared: case does not count, nor how an accent was typed.</summary>
    public static string Normalize(string name) => name.Normalize(NormalizationForm.FormKC).ToLowerInvariant();

    public static bool IsUserName(string text) => UserName().IsMatch(text);

    public static bool IsEmail(string text) =>
        text.Length <= 254 && Email().IsMatch(text) && MailAddress.TryCreate(text, out var address) && address.Address == text;

    /// <summary>E.164: a plus, a country code and at most 15 digits. Spaces, dots, hyphens and brackets people type are dropped.</summary>
    public static string? ToPhone(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var bare = new string([.. text.Where(c => c is not (' ' or '-' or '.' or '(' or ')'))]);
        return Phone().IsMatch(bare) ? bare : null;
    }

    [GeneratedRegex(@"^[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N}._-]{1,149}$")]
    private static partial Regex UserName();

    [GeneratedRegex(@"^[^@\s\p{C}]+@[^@\s\p{C}.]+(\.[^@\s\p{C}.]+)+$")]
    private static partial Regex Email();

    [GeneratedRegex(@"^\+[1-9][0-9]{6,14}$")]
    private static partial Regex Phone();
}
