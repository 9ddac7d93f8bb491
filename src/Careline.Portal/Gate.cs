using System.Diagnostics;
using System.Security.Cryptography;
using Careline.Portal.Layout;
using Careline.Portal.SignIn;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Careline.Portal;

/// <summary>Before and after every page: who asks, what a page may load, and a page for whatever went wrong.</summary>
internal sealed partial class Gate(RequestDelegate next, SessionKeeper sessions, ApiLine line, ILogger<Gate> log)
{
    public async Task InvokeAsync(HttpContext http)
    {
        var socket = $"{(http.Request.IsHttps ? "wss" : "ws")}://{http.Request.Host}";
        http.Response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; connect-src 'self' {socket}; manifest-src 'self'; "
            + "worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        http.Response.Headers["Referrer-Policy"] = "same-origin";
        try
        {
            await sessions.LoadAsync(http, line);
            if (PortalSession.Of(http) is { } reader)
            {
                // So that what a browser keeps for one is not shown to another; it names nobody.
                http.Response.Headers["X-Careline-Reader"] = Convert.ToHexStringLower(SHA256.HashData(reader.UserId.ToByteArray()).AsSpan(0, 8));
            }

            await next(http);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            if (!http.Response.HasStarted)
            {
                http.Response.StatusCode = 499;
            }
        }
        catch (Exception failure) when (!http.Response.HasStarted)
        {
            await AnswerAsync(http, failure);
        }
    }

    private async Task AnswerAsync(HttpContext http, Exception failure)
    {
        var refused = failure as ApiRefused ?? failure.InnerException as ApiRefused;
        if (refused is { Status: 401 })
        {
            await sessions.EndAsync(http);
            Admission.SendToSignIn(http);
            return;
        }

        var status = refused?.Status ?? (failure is BadHttpRequestException bad ? bad.StatusCode
            : failure is HttpRequestException or OperationCanceledException ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status500InternalServerError);
        if (status >= 500)
        {
            LogFailed(log, http.TraceIdentifier, failure.GetType().Name, PlaceOf(failure));
        }

        http.Response.StatusCode = status;

        // The page that was begun has set it, and setting it again fails.
        http.Response.Headers.Remove("blazor-enhanced-nav");

        // So has it the services that know where a page is: a page of its own has its own.
        await using var services = http.RequestServices.CreateAsyncScope();
        var former = http.RequestServices;
        http.RequestServices = services.ServiceProvider;
        try
        {
            await new RazorComponentResult<FailurePage>(new { Status = status, refused?.Code, Text = refused?.Message }).ExecuteAsync(http);
        }
        finally
        {
            http.RequestServices = former;
        }
    }

    // Where, and not what it said: messages may quote what people wrote.
    private static string PlaceOf(Exception failure)
    {
        var frame = new StackTrace(failure, fNeedFileInfo: false).GetFrames().FirstOrDefault(f => f.GetMethod()?.DeclaringType?.Namespace?.StartsWith("Careline", StringComparison.Ordinal) == true);
        return frame?.GetMethod() is { } method ? $"{method.DeclaringType!.FullName}.{method.Name}" : "unknown";
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A page could not be made; request {RequestId}: {ErrorType} at {Place}")]
    private static partial void LogFailed(ILogger logger, string requestId, string errorType, string place);
}
