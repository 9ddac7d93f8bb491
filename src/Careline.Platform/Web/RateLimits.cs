using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Careline.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Options;

namespace Careline.Platform.Web;

/// <summary>How many requests a caller may make. Section <c>RateLimits</c> of the settings.</summary>
public sealed class RateLimitOptions
{
    /// <summary>Off lifts every limit.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Signing in and up, a minute.</summary>
    public int AuthPerMinute { get; set; } = 5;

    /// <summary>Everything else, a minute.</summary>
    public int GeneralPerMinute { get; set; } = 100;

    /// <summary>Files begun, a minute.</summary>
    public int UploadPerMinute { get; set; } = 10;

    /// <summary>Figures, reports and exports, a minute.</summary>
    public int AnalyticsPerMinute { get; set; } = 50;

    /// <summary>Per address when anonymous, an hour; 0 means no such limit.</summary>
    public int AnonymousPerHour { get; set; }

    /// <summary>Per user, an hour; 0 means no such limit.</summary>
    public int UserPerHour { get; set; }
}

/// <summary>The route counts against the limit for signing in.</summary>
/// <param name="CountsSuccess">A success counts too, where each one costs somebody: a message is sent.</param>
public sealed record AuthLimited(bool CountsSuccess);

/// <summary>The route counts against no limit: machines call it, many times a minute from one address, and show by a signature who they are.</summary>
public sealed record Unlimited;

/// <summary>The route takes a file in, or begins to.</summary>
public sealed record UploadLimited;

/// <summary>The route counts and adds up: each call costs more than most.</summary>
public sealed record AnalyticsLimited;

/// <summary>
/// Counts requests in fixed windows, per user or, for anonymous callers, per address. A sign-in that succeeds gives its count back, so that a
/// household behind one address can sign in one after another while guessing stays slow.
/// </summary>
internal sealed class RateLimits(RequestDelegate next, TimeProvider clock, IOptionsMonitor<RateLimitOptions> options)
{
    private readonly ConcurrentDictionary<(string Kind, string Caller), Window> _windows = new();
    private long _sweptAtMinute;

    public async Task InvokeAsync(HttpContext http)
    {
        var limits = options.CurrentValue;
        if (!limits.Enabled || !http.Request.Path.StartsWithSegments("/api") || http.GetEndpoint()?.Metadata.GetMetadata<Unlimited>() is not null)
        {
            await next(http);
            return;
        }

        var actor = Actor.Of(http);
        var caller = actor?.AccountId.ToString() ?? PlaceOf(http.Connection.RemoteIpAddress);
        var metadata = http.GetEndpoint()?.Metadata;
        var auth = metadata?.GetMetadata<AuthLimited>();
        var (kind, most) = auth is not null ? ("auth", limits.AuthPerMinute)
            : metadata?.GetMetadata<UploadLimited>() is not null ? ("upload", limits.UploadPerMinute)
            : metadata?.GetMetadata<AnalyticsLimited>() is not null ? ("analytics", limits.AnalyticsPerMinute)
            : ("general", limits.GeneralPerMinute);
        var minute = Take(kind, caller, most, 60);
        Take(actor is null ? "anonymous-hour" : "user-hour", caller, actor is null ? limits.AnonymousPerHour : limits.UserPerHour, 3600);
        await next(http);
        if (auth is { CountsSuccess: false } && http.Response.StatusCode == StatusCodes.Status200OK)
        {
            minute?.GiveBack();
        }
    }

    // An IPv6 line has 2^64 addresses to itself (RFC 6177): whoever counts each would count nothing.
    private static string PlaceOf(IPAddress? address)
    {
        if (address is not { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false })
        {
            return address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4().ToString() : address?.ToString() ?? "local";
        }

        return Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8));
    }

    private Window? Take(string kind, string caller, int limit, int seconds)
    {
        if (limit <= 0)
        {
            return null;
        }

        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        Sweep(now);
        var window = _windows.AddOrUpdate(
            (kind, caller), _ => new Window(now + seconds), (_, present) => present.EndsAt <= now ? new Window(now + seconds) : present);
        return window.Take() <= limit ? window : throw new RateLimited((int)Math.Max(1, window.EndsAt - now));
    }

    private void Sweep(long now)
    {
        var minute = now / 60;
        if (Interlocked.Exchange(ref _sweptAtMinute, minute) != minute)
        {
            foreach (var (key, window) in _windows)
            {
                if (window.EndsAt <= now)
                {
                    _windows.TryRemove(key, out _);
                }
            }
        }
    }

    private sealed class Window(long endsAt)
    {
        private int _taken;

        public long EndsAt { get; } = endsAt;

        public int Take() => Interlocked.Increment(ref _taken);

        public void GiveBack() => Interlocked.Decrement(ref _taken);
    }
}

/// <summary>Puts routes under limits of their own.</summary>
public static class RateLimitRoutes
{
    /// <summary>At most <see cref="RateLimitOptions.AuthPerMinute"/> a minute.</summary>
    public static RouteHandlerBuilder LimitedAsAuth(this RouteHandlerBuilder route, bool countsSuccess = false) =>
        route.WithMetadata(new AuthLimited(countsSuccess));

    /// <summary>No limit, since a signature shows who calls.</summary>
    public static RouteHandlerBuilder Unlimited(this RouteHandlerBuilder route) => route.WithMetadata(new Unlimited());

    /// <summary>At most <see cref="RateLimitOptions.UploadPerMinute"/> a minute.</summary>
    public static RouteHandlerBuilder LimitedAsUpload(this RouteHandlerBuilder route) => route.WithMetadata(new UploadLimited());

    /// <summary>At most <see cref="RateLimitOptions.AnalyticsPerMinute"/> a minute.</summary>
    public static TBuilder LimitedAsAnalytics<TBuilder>(this TBuilder route)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new AnalyticsLimited());
}
