using System.Diagnostics;

namespace Careline.Platform.Web;

/// <summary>
/// Security headers on every answer, and the request's id. Health data is never kept by a cache on the way (<c>no-store</c>).
/// </summary>
internal sealed class ResponseHeaders(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http)
    {
        http.TraceIdentifier = TraceIdOf(http.Request).ToString();
        var headers = http.Response.Headers;
        headers["X-Request-Id"] = http.TraceIdentifier;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(self), microphone=(self), geolocation=(self)";
        var isDocumentation = http.Request.Path.StartsWithSegments("/api/docs") || http.Request.Path.StartsWithSegments("/api/redoc");
        headers.ContentSecurityPolicy = isDocumentation
            ? "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; worker-src 'self' blob:; frame-ancestors 'none'"
            : "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        if (!isDocumentation)
        {
            headers.CacheControl = "no-store";
        }

        if (http.Request.IsHttps)
        {
            headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
        }

        return next(http);
    }

    // That of a caller's trace, as W3C Trace Context hands it on.
    private static ActivityTraceId TraceIdOf(HttpRequest request) =>
        request.Headers.TraceParent is [{ } parent] && ActivityContext.TryParse(parent, null, out var caller) ? caller.TraceId : ActivityTraceId.CreateRandom();
}
