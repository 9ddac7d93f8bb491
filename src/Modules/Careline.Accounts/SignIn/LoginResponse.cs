using Careline.Accounts.Accounts;

namespace Careline.Accounts.SignIn;

/// <summary>A sign-in: its tokens or, where a second factor is on, what is still asked for.</summary>
public sealed record LoginResponse
{
    /// <summary>Who signed in.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public UserResponse? User { get; init; }

    /// <summary>Send it as <c>Authorization: Bearer</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Access { get; init; }

    /// <summary>Serves once, for the next pair.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Refresh { get; init; }

    /// <summary>Always <c>Bearer</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? TokenType { get; init; }

    /// <summary>Life of the access token, seconds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? ExpiresIn { get; init; }

    /// <summary>By phone code: the number was not known and a patient's account was made, whose profile is still empty.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? IsNewUser { get; init; }

    /// <summary>A second factor is asked for; there are no tokens yet.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool MfaRequired { get; init; }

    /// <summary>Send it with the second factor.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? MfaToken { get; init; }

    /// <summary>What may be shown: <c>totp</c>, <c>passkey</c>, <c>recovery_code</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Methods { get; init; }

    internal static LoginResponse Of(TokenResponse tokens, bool? isNewUser = null) => new()
    {
        User = tokens.User,
        Access = tokens.Access,
        Refresh = tokens.Refresh,
        TokenType = tokens.TokenType,
        ExpiresIn = tokens.ExpiresIn,
        IsNewUser = isNewUser,
    };

    internal static LoginResponse Awaiting(string mfaToken, IReadOnlyList<string> methods) =>
        new() { MfaRequired = true, MfaToken = mfaToken, Methods = methods };
}
