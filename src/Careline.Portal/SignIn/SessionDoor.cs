using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace Careline.Portal.SignIn;

/// <summary>Where sign-ins of every kind end: with a session, or at the second factor.</summary>
public sealed class SessionDoor
{
    private const string FactorCookie = "careline-factor";

    private readonly SessionKeeper _keeper;
    private readonly CarelineApi _api;
    private readonly TimeProvider _clock;
    private readonly ITimeLimitedDataProtector _protector;

    internal SessionDoor(SessionKeeper keeper, CarelineApi api, TimeProvider clock, IDataProtectionProvider protection) =>
        (_keeper, _api, _clock, _protector) = (keeper, api, clock, protection.CreateProtector("careline portal second factor").ToTimeLimitedDataProtector());

    /// <summary>Lets somebody in by what the API answered to a sign-in, and says where to go.</summary>
    public async Task<string> EnterAsync(HttpContext http, Thing answer, string? next)
    {
        if (answer.Has("mfa_required") && answer.Is("mfa_required"))
        {
            var wait = new FactorWait(answer.Text("mfa_token"), [.. answer["methods"].Items.Select(m => m.ToString())], next);
            http.Response.Cookies.Append(FactorCookie, _protector.Protect(JsonSerializer.Serialize(wait), TimeSpan.FromMinutes(10)), Options(http));
            return "/sign-in/second-factor";
        }

        http.Response.Cookies.Delete(FactorCookie, Options(http));
        await _keeper.BeginAsync(http, PortalSession.From(answer, _clock.GetUtcNow()));
        await ReadChoicesAsync(http);
        return answer.Has("is_new_user") && answer.Is("is_new_user") ? "/account?done=registered" : Local(next) ?? "/";
    }

    /// <summary>Reads anew how somebody wants to be spoken to, and what they are called.</summary>
    public async Task ReadChoicesAsync(HttpContext http)
    {
        var session = PortalSession.Of(http)!;
        var choices = await _api.FindAsync($"/api/notifications/preferences/");
        var profile = await _api.FindAsync($"/api/auth/profile/");
        var name = profile is null ? "" : $"{profile.Data.Text("first_name")} {profile.Data.Text("last_name")}".Trim();
        await _keeper.KeepAsync(http, session with
        {
            Name = name.Length > 0 ? name : session.Name,
            Language = choices?.Data.Text("language") is { Length: > 0 } language ? language : null,
            TimeZone = choices?.Data.Text("time_zone") is { Length: > 0 } zone ? zone : null,
        });
    }

    /// <summary>Signs out here.</summary>
    public async Task LeaveAsync(HttpContext http)
    {
        if (PortalSession.Of(http) is { } session)
        {
            try
            {
                await _api.PostAsync($"/api/auth/logout/", new { refresh = session.Refresh });
            }
            catch (ApiRefused)
            {
                // Whether or not the API still knew the sign-in: the browser no longer has it.
            }
        }

        await _keeper.EndAsync(http);
    }

    /// <summary>What is waited for at the second factor; null where nothing is, or no longer.</summary>
    public FactorWait? Waiting(HttpContext http)
    {
        try
        {
            return http.Request.Cookies[FactorCookie] is { } cookie ? JsonSerializer.Deserialize<FactorWait>(_protector.Unprotect(cookie)) : null;
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
    }

    /// <summary>An address within the portal; null for any other, so that a link cannot send people elsewhere.</summary>
    public static string? Local(string? next) =>
        next is ['/', ..] && !next.StartsWith("//", StringComparison.Ordinal) && !next.Contains('\\', StringComparison.Ordinal) && !next.Any(char.IsControl) ? next : null;

    private static CookieOptions Options(HttpContext http) => new() { HttpOnly = true, Secure = http.Request.IsHttps, SameSite = SameSiteMode.Lax, MaxAge = TimeSpan.FromMinutes(10), IsEssential = true };
}

/// <summary>A sign-in that waits for its second factor.</summary>
/// <param name="Token">What the API gave for it.</param>
/// <param name="Methods">What may be shown.</param>
/// <param name="Next">Where to go then.</param>
public sealed record FactorWait(string Token, IReadOnlyList<string> Methods, string? Next);
