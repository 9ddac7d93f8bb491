using Careline.Platform.Web;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Careline.Platform.Security;

/// <summary>What sensitive acts ask for beyond a sign-in. Section <c>Security</c> of the settings.</summary>
public sealed class SecurityOptions
{
    /// <summary>Whether sensitive acts need a recent sign-in: unless told, everywhere but in Development.</summary>
    public bool? StepUp { get; set; }

    /// <summary>For how long a sign-in or a step-up counts as recent.</summary>
    public int StepUpMinutes { get; set; } = 10;
}

/// <summary>The route signs, exports or changes who may do what: its caller must have shown who they are within minutes.</summary>
public sealed record NeedsRecentSignIn;

/// <summary>
/// Whoever finds an unlocked screen, or steals a token, must not prescribe, export or take the account over: such acts ask again who is there.
/// </summary>
public sealed class RecentSignIn(TimeProvider clock, IWebHostEnvironment environment, IOptions<SecurityOptions> options)
{
    private readonly TimeSpan _counts = TimeSpan.FromMinutes(options.Value.StepUpMinutes);
    private readonly bool _isAsked = options.Value.StepUp ?? !environment.IsDevelopment();

    /// <summary>Until when showing oneself at a moment counts.</summary>
    public DateTimeOffset CountsUntil(DateTimeOffset shownAt) => shownAt + _counts;

    /// <summary>Refuses an actor who last showed who they are too long ago.</summary>
    /// <exception cref="PermissionDenied">STEP_UP_REQUIRED</exception>
    public void Require(Actor actor)
    {
        if (_isAsked && CountsUntil(actor.AuthenticatedAt) <= clock.GetUtcNow())
        {
            throw new PermissionDenied("Confirm that it is you: send your password, a code or a passkey to /api/auth/step-up/, then try again.", "STEP_UP_REQUIRED");
        }
    }
}

/// <summary>Asks on marked routes. Behind the role policy and the visibility check, so that only who may do the thing hears of the step-up.</summary>
internal sealed class RecentSignInGate(RequestDelegate next, RecentSignIn recent)
{
    public Task InvokeAsync(HttpContext http)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<NeedsRecentSignIn>() is not null && Actor.Of(http) is { } actor)
        {
            recent.Require(actor);
        }

        return next(http);
    }
}
