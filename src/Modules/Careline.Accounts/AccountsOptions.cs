namespace Careline.Accounts;

/// <summary>Settings of signing in.</summary>
public sealed class AccountsOptions
{
    /// <summary>Shortest password, in characters. The demo people are exempt.</summary>
    public int PasswordMinimumLength { get; set; } = 12;

    /// <summary>For how long a mailed invitation serves.</summary>
    public int InvitationMinutes { get; set; } = 30;

    /// <summary>Whether people may register by themselves; those whom an administrator invites may always come.</summary>
    public bool RegistrationOpen { get; set; } = true;

    /// <exception cref="RuleViolation">REGISTRATION_CLOSED.</exception>
    internal void RequireOpen()
    {
        if (!RegistrationOpen)
        {
            throw new RuleViolation("REGISTRATION_CLOSED", "Nobody may register at present.");
        }
    }

    /// <summary>PBKDF2 rounds of a password hash.</summary>
    public int PasswordIterations { get; set; } = 210_000;

    /// <summary>Whether staff must have a second factor: unless told, everywhere but in Development.</summary>
    public bool? StaffSecondFactor { get; set; }

    /// <summary>For how long new staff may do without, days.</summary>
    public int SecondFactorGraceDays { get; set; } = 7;

    /// <summary>After how long without a request staff are signed off, minutes.</summary>
    public int StaffIdleMinutes { get; set; } = 15;

    /// <summary>After how long without a request patients are signed off, minutes.</summary>
    public int PatientIdleMinutes { get; set; } = 30;

    /// <summary>How long a sign-in of staff lasts at most, hours.</summary>
    public int StaffSessionHours { get; set; } = 12;

    /// <summary>How long a sign-in of a patient lasts at most, hours.</summary>
    public int PatientSessionHours { get; set; } = 7 * 24;
}

/// <summary>What whoever runs the installation says to everybody, section <c>System</c>.</summary>
public sealed class SystemOptions
{
    /// <summary>Such as when it will be away; empty where there is nothing to tell.</summary>
    public string MaintenanceNotice { get; set; } = "";
}

/// <summary>Settings of passkeys, section <c>Passkeys</c>.</summary>
public sealed class PasskeyOptions
{
    /// <summary>The domain that keys are made for, such as <c>clinic.example</c>; another one later makes every key worthless. In Development localhost.</summary>
    public string? ServerDomain { get; set; }

    /// <summary>Pages that may ask for a key, such as <c>https://portal.clinic.example</c>; unless told, <c>https://</c> and the domain.</summary>
    public string[] Origins { get; set; } = [];

    /// <summary>Whether browsers could make keys at all from these pages for this domain: by https, of the domain or beneath it.</summary>
    internal bool IsConsistent() => Origins.All(origin =>
        Uri.TryCreate(origin, UriKind.Absolute, out var page) && page.GetLeftPart(UriPartial.Authority) == origin
        && (page.Scheme == "https" || page.Host == "localhost")
        && (page.Host == (ServerDomain ?? "localhost") || page.Host.EndsWith("." + (ServerDomain ?? "localhost"), StringComparison.Ordinal)));
}

/// <summary>Settings of tokens, section <c>Tokens</c>.</summary>
public sealed class TokenOptions
{
    /// <summary>Life of an access token, minutes.</summary>
    public int AccessMinutes { get; set; } = 15;

    /// <summary>Life of a sign-in without use, days.</summary>
    public int RefreshDays { get; set; } = 7;

    /// <summary>The <c>iss</c> and <c>aud</c> of our tokens.</summary>
    public string Issuer { get; set; } = "careline";
}
