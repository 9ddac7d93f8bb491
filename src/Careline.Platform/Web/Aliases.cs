namespace Careline.Platform.Web;

/// <summary>Paths of older documented interfaces, rewritten before routing, for good. One table; nothing else knows of them.</summary>
internal sealed class Aliases(RequestDelegate next)
{
    private static readonly (string From, string To)[] _prefixes =
    [
        ("/api/patients/api/patients", "/api/patients"),
        ("/api/appointments/api/appointments", "/api/appointments"),
        ("/api/appointments/api/time-slots", "/api/time-slots"),
        ("/api/appointments/api/doctor-availability", "/api/doctor-availability"),
        ("/api/appointments/api/statistics", "/api/appointments/statistics"),
        ("/api/appointments/api/upcoming", "/api/appointments/upcoming"),
        ("/api/appointments/api/today", "/api/appointments/today"),
        ("/api/consultations/api/consultations", "/api/consultations"),
    ];

    private static readonly (string From, string To)[] _endings =
    [
        ("/start_consultation", "/start"),
        ("/complete_consultation", "/complete"),
    ];

    public Task InvokeAsync(HttpContext http)
    {
        var path = http.Request.Path;
        foreach (var (from, to) in _prefixes)
        {
            if (path.StartsWithSegments(from, StringComparison.OrdinalIgnoreCase, out var rest))
            {
                path = to + rest;
                break;
            }
        }

        if (path.StartsWithSegments("/api/consultations", StringComparison.OrdinalIgnoreCase))
        {
            var trimmed = path.Value!.TrimEnd('/');
            foreach (var (from, to) in _endings)
            {
                if (trimmed.EndsWith(from, StringComparison.OrdinalIgnoreCase))
                {
                    path = trimmed[..^from.Length] + to + "/";
                }
            }
        }

        http.Request.Path = path;
        return next(http);
    }
}
