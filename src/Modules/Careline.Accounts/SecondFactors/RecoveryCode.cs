using System.Security.Cryptography;
using System.Text;

namespace Careline.Accounts.SecondFactors;

/// <summary>A way in when the phone is lost: 50 random bits, of which only a hash is kept; it serves once.</summary>
internal sealed class RecoveryCode
{
    public const int Issued = 10;

    // Without what is taken for something else when it is read from paper.
    private const string Letters = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";

    public Guid AccountId { get; private set; }

    public byte[] Hash { get; private set; } = [];

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset? UsedAt { get; private set; }

    public static (RecoveryCode Row, string Text) Issue(Guid accountId, DateTimeOffset now)
    {
        var text = RandomNumberGenerator.GetString(Letters, 10);
        return (new RecoveryCode { AccountId = accountId, Hash = HashOf(accountId, text), CreatedAt = now }, $"{text[..5]}-{text[5..]}");
    }

    /// <summary>However it was typed: in small letters, with or without the hyphen.</summary>
    public static byte[] HashOf(Guid accountId, string text) => SHA256.HashData(
        Encoding.UTF8.GetBytes($"{accountId}|{text.Replace("-", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant()}"));
}
