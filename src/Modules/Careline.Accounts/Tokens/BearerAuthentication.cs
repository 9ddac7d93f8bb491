using System.Security.Claims;
using System.Text.Encodings.Web;
using Careline.Accounts.Sessions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Careline.Accounts.Tokens;

/// <summary>
/// Signs a request in by <c>Authorization: Bearer</c> (RFC 6750; <c>Token</c> is accepted too) and asks on each one whether the session still
/// lives, so that logout, disabling and role changes work at once.
/// </summary>
internal sealed class BearerAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logs, UrlEncoder encoder, AccessTokens tokens, SessionCache sessions)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    public const string SchemeName = "Bearer";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization;
        if (header.Count == 0)
        {
            return AuthenticateResult.NoResult();
        }

        if (header.Count > 1 || TokenOf(header.ToString()) is not { } token || tokens.Verify(token) is not { } claims
            || await sessions.FindAsync(claims.SessionId, claims.AccountId, claims.Generation, Context.RequestAborted) is not { } actor)
        {
            return AuthenticateResult.Fail("The token is not valid.");
        }

        Context.Features.Set(actor);
        var identity = new ClaimsIdentity(actor.Roles.Select(role => new Claim(ClaimTypes.Role, role)), SchemeName);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var hasToken = Request.Headers.Authorization.Count > 0;
        Response.Headers.WWWAuthenticate = hasToken ? "Bearer error=\"invalid_token\"" : "Bearer";
        throw hasToken
            ? new Unauthenticated("INVALID_TOKEN", "The token is not valid or has expired. Sign in again.")
            : new Unauthenticated("AUTHENTICATION_REQUIRED", "Sign in first.");
    }

    private static string? TokenOf(string header) =>
        header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header[7..].Trim()
        : header.StartsWith("Token ", StringComparison.OrdinalIgnoreCase) ? header[6..].Trim() : null;
}
