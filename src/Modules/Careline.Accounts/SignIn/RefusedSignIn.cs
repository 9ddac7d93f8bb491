using Careline.Audit.Contracts;

namespace Careline.Accounts.SignIn;

/// <summary>Sign-ins that came to nothing, as the audit says it: whoever looks for guessing finds them by one action.</summary>
internal static class RefusedSignIn
{
    public const string WrongPassword = "wrong_password";
    public const string WrongCode = "wrong_code";
    public const string WrongPasskey = "wrong_passkey";
    public const string Locked = "locked";
    public const string Disabled = "disabled";

    /// <summary>Records that nobody was let in, and which account was meant where it is known.</summary>
    public static ValueTask RecordAsync(AuditTrail trail, Guid? accountId, string why) =>
        (accountId is { } id ? trail.About("account", id) : trail).Because("operations").RefusedAsync("sign_in_refused", why);
}
