using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Careline.Accounts.Passkeys;

/// <summary>
/// Whom devices make keys for, and from which pages they may be used. Never taken from the request: a key is bound to the name for good.
/// In Development it is localhost, on any port.
/// </summary>
internal sealed class RelyingParty(IOptions<PasskeyOptions> options, IWebHostEnvironment environment) : IConfigureOptions<IdentityPasskeyOptions>
{
    private const string Localhost = "localhost";

    private readonly PasskeyOptions _options = options.Value;

    private string? Domain => _options.ServerDomain ?? (environment.IsDevelopment() ? Localhost : null);

    public void Configure(IdentityPasskeyOptions options)
    {
        options.ServerDomain = Domain;
        options.AuthenticatorTimeout = PasskeyChallenge.Life;

        // A passkey counts as both factors, so the device must have seen a finger, a face or a PIN.
        options.UserVerificationRequirement = "required";
        // A sign-in lists no keys, so the device must find its own.
        options.ResidentKeyRequirement = "required";
        options.AttestationConveyancePreference = "none";
        options.ValidateOrigin = page => ValueTask.FromResult(!page.CrossOrigin && IsOurs(page.Origin));
    }

    /// <exception cref="RuleViolation">Nobody said for whom devices would make keys.</exception>
    public void MustBeKnown()
    {
        if (Domain is null)
        {
            throw new RuleViolation("PASSKEYS_OFF", "Passkeys are not set up here.");
        }
    }

    private bool IsOurs(string? origin) =>
        _options.Origins.Length > 0 ? _options.Origins.Contains(origin, StringComparer.Ordinal)
        : _options.ServerDomain is { } domain ? origin == "https://" + domain
        : environment.IsDevelopment() && Uri.TryCreate(origin, UriKind.Absolute, out var page) && page.Host == Localhost && page.Scheme is "http" or "https";
}
