using System.ComponentModel.DataAnnotations;
using System.Net;
using Careline.Platform.Data;
using Careline.Platform.Security;
using Careline.Platform.Time;
using Careline.Platform.Web;

namespace Careline.Host.Endpoints;

/// <summary>Moves the application's clock forward.</summary>
/// <param name="AdvanceSeconds">How far, at most ten years.</param>
public sealed record AdvanceClockRequest([Range(0, 315_360_000)] long AdvanceSeconds);

/// <summary>The application's time.</summary>
/// <param name="Now">After the move.</param>
public sealed record ClockResponse(DateTimeOffset Now);

internal static class DevelopmentClock
{
    public static void MapDevelopmentClock(this IEndpointRouteBuilder app) => app.MapApi("/dev", "Development")
        .MapPost("/clock/", Handle).Named("AdvanceClock", "Moves the application's clock, so that expiries can be tried without waiting.")
        .ForAnyone("Exists in Development only and answers the machine itself only.");

    private static async Task<Answer<ClockResponse>> Handle(
        AdvanceClockRequest request, HttpContext http, CarelineDb db, ClockOffset clock, CancellationToken ct)
    {
        if (http.Connection.RemoteIpAddress is { } address && !IPAddress.IsLoopback(address))
        {
            throw new NotFound();
        }

        return Answer.Ok(new ClockResponse(await clock.AdvanceAsync(db, request.AdvanceSeconds, ct)), "Clock moved.");
    }
}
