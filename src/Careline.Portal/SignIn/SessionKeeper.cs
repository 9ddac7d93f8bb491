using System.Collections.Concurrent;

namespace Careline.Portal.SignIn;

/// <summary>
/// Knows a browser by its cookie and renews its tokens before they end. A refresh token serves once, so only one request of a browser renews; on a weak line answers
/// are lost, so the browser's own key stays what it is and the new pair is kept here.
/// </summary>
internal sealed class SessionKeeper(IKeptSessions kept, TimeProvider clock)
{
    private static readonly TimeSpan _kept = TimeSpan.FromDays(30);
    private static readonly TimeSpan _early = TimeSpan.FromMinutes(2);
    private static readonly object _begun = new();
    private static readonly ConcurrentDictionary<string, Task<PortalSession?>> _renewals = new(StringComparer.Ordinal);

    /// <summary>Finds who asks.</summary>
    public async Task LoadAsync(HttpContext http, ApiLine line)
    {
        if (SealOf(http) is not { } seal)
        {
            return;
        }

        var session = await FindAsync(seal, http.RequestAborted);
        if (session is not null && session.AccessEndsAt - _early <= clock.GetUtcNow())
        {
            session = await _renewals.GetOrAdd(seal.Cookie, _ => RenewAsync(http, seal, line));
        }

        PortalSession.Set(http, session);
        if (session is null)
        {
            http.Response.Cookies.Delete(CookieOf(http), Options(http));
        }
    }

    /// <summary>Keeps a sign-in, under a key that nobody had before it.</summary>
    public async Task BeginAsync(HttpContext http, PortalSession session)
    {
        await EndAsync(http);
        var seal = SessionSeal.New();
        await KeepAsync(seal, session, http.RequestAborted);
        PortalSession.Set(http, session);
        http.Items[_begun] = seal;
        http.Response.Cookies.Append(CookieOf(http), seal.Cookie, Options(http));
    }

    /// <summary>Keeps what changed of a sign-in.</summary>
    public async Task KeepAsync(HttpContext http, PortalSession session)
    {
        if (SealOf(http) is { } seal)
        {
            await KeepAsync(seal, session, http.RequestAborted);
            PortalSession.Set(http, session);
        }
    }

    /// <summary>Forgets a sign-in.</summary>
    public async Task EndAsync(HttpContext http)
    {
        if (SealOf(http) is { } seal)
        {
            await kept.ForgetAsync(seal.Name, http.RequestAborted);
            http.Response.Cookies.Delete(CookieOf(http), Options(http));
        }

        PortalSession.Set(http, null);
    }

    // A sign-in that began with this request is not yet among what the browser sent.
    private static SessionSeal? SealOf(HttpContext http) => http.Items[_begun] as SessionSeal ?? SessionSeal.Of(http.Request.Cookies[CookieOf(http)]);

    private async Task<PortalSession?> FindAsync(SessionSeal seal, CancellationToken ct) => await kept.FindAsync(seal.Name, ct) is { } content ? seal.Open(content) : null;

    private Task KeepAsync(SessionSeal seal, PortalSession session, CancellationToken ct) => kept.KeepAsync(seal.Name, seal.Seal(session), clock.GetUtcNow() + _kept, ct);

    // Whoever waits for it may go away; the others still wait.
    private async Task<PortalSession?> RenewAsync(HttpContext http, SessionSeal seal, ApiLine line)
    {
        await Task.Yield();
        try
        {
            for (var tries = 0; ; tries++)
            {
                // Another host, or a request just before, may have renewed it.
                var last = await FindAsync(seal, CancellationToken.None);
                if (last is null || last.AccessEndsAt - _early > clock.GetUtcNow())
                {
                    return last;
                }

                try
                {
                    // Whoever asked first may go away: a pair that was given and not kept would be lost, and the sign-in with it.
                    var reply = await new CarelineApi(line, http, isToTheEnd: true).PostAsync($"/api/auth/refresh/", new { refresh = last.Refresh });
                    var next = PortalSession.From(reply.Data, clock.GetUtcNow()) with { Language = last.Language, TimeZone = last.TimeZone };
                    await KeepAsync(seal, next, CancellationToken.None);
                    return next;
                }
                catch (ApiRefused refused) when (refused.Code == "REFRESH_IN_PROGRESS" && tries < 5)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(200), clock, CancellationToken.None);
                }
                catch (ApiRefused refused) when (refused.Status is 401 or 403)
                {
                    await kept.ForgetAsync(seal.Name, CancellationToken.None);
                    return null;
                }
                catch (ApiRefused)
                {
                    return last;
                }
            }
        }
        finally
        {
            _renewals.TryRemove(seal.Cookie, out _);
        }
    }

    // The prefix is the browser's promise that nobody but this host wrote it, over TLS (RFC 6265bis).
    private static string CookieOf(HttpContext http) => http.Request.IsHttps ? "__Host-careline" : "careline";

    private static CookieOptions Options(HttpContext http) => new() { HttpOnly = true, Secure = http.Request.IsHttps, SameSite = SameSiteMode.Lax, Path = "/", MaxAge = _kept, IsEssential = true };
}
