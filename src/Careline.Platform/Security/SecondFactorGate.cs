using Careline.Platform.Web;
using Microsoft.AspNetCore.Authorization;

namespace Careline.Platform.Security;

/// <summary>The route stays open to somebody whose second factor is overdue: they set one up, see who they are, or leave.</summary>
public sealed record OpenWithoutSecondFactor;

/// <summary>Whoever works with other people's data by a password alone is let in, and no further than to where a second factor is set up.</summary>
internal sealed class SecondFactorGate(RequestDelegate next, TimeProvider clock)
{
    public Task InvokeAsync(HttpContext http)
    {
        if (Actor.Of(http)?.SecondFactorDueAt is { } due && due <= clock.GetUtcNow()
            && http.GetEndpoint() is { } route && route.Metadata.GetMetadata<OpenWithoutSecondFactor>() is null
            && route.Metadata.GetMetadata<IAllowAnonymous>() is null)
        {
            throw new PermissionDenied(
                "Set up a second factor first: an authenticator app at /api/auth/mfa/totp/ or a passkey at /api/auth/passkeys/.", "MFA_REQUIRED");
        }

        return next(http);
    }
}
