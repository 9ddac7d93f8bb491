using System.Collections.Frozen;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Careline.Platform.Web;

/// <summary>The one place where errors become answers. Nothing of an exception leaves the house but its refusal.</summary>
internal sealed partial class ErrorAnswers(
    RequestDelegate next, IEnumerable<ConstraintMeaning> constraints, ILogger<ErrorAnswers> log)
{
    private static readonly string[] _required = ["This field is required."];

    private readonly FrozenDictionary<string, ConstraintMeaning> _constraints = constraints.ToFrozenDictionary(c => c.Constraint);

    public async Task InvokeAsync(HttpContext http)
    {
        try
        {
            await next(http);
            if (http.Response is { HasStarted: false, StatusCode: >= 400, ContentLength: null, ContentType: null } response)
            {
                await WriteAsync(http, OfStatus(response.StatusCode));
            }
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            http.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
        }
        catch (Exception error) when (!http.Response.HasStarted)
        {
            var refusal = Understand(error);
            if (refusal.Status >= 500)
            {
                LogFailed(log, http.TraceIdentifier, error.GetType().Name, Where(error), PostgresError.In(error)?.SqlState);
            }

            await WriteAsync(http, refusal);
        }
    }

    /// <summary>Writes a refusal in the error envelope.</summary>
    public static async Task WriteAsync(HttpContext http, Refusal refusal)
    {
        refusal = await RecordAsync(http, refusal);
        http.Response.Headers.Remove("ETag");
        http.Response.StatusCode = refusal.Status;
        if (refusal is RateLimited limited)
        {
            http.Response.Headers.RetryAfter = limited.RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        }
        else if (refusal.Status == StatusCodes.Status401Unauthorized && http.Response.Headers.WWWAuthenticate.Count == 0)
        {
            http.Response.Headers.WWWAuthenticate = "Bearer";
        }
        else if (refusal.Status == StatusCodes.Status503ServiceUnavailable)
        {
            http.Response.Headers.RetryAfter = "2";
        }

        var envelope = new ErrorEnvelope(
            false,
            "error",
            refusal.Message,
            (refusal as InvalidInput)?.Errors,
            new ErrorDetail(refusal.Code, refusal.Message, refusal.Details),
            http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow(),
            http.TraceIdentifier);
        await WireAnswer.WriteAsync(http, refusal.Status, JsonSerializer.SerializeToUtf8Bytes(envelope, WireJson.Options), null);
    }

    // Who was refused what is part of the audit; where that cannot be kept, nothing is said of the thing either.
    private static async Task<Refusal> RecordAsync(HttpContext http, Refusal refusal)
    {
        if (refusal.Status is not (403 or 404) || http.RequestServices.GetService<IRequestTrail>() is not { } trail)
        {
            return refusal;
        }

        try
        {
            await trail.RefusedAsync(http, refusal.Status);
            return refusal;
        }
        catch (Unavailable unavailable)
        {
            return unavailable;
        }
    }

    internal Refusal Understand(Exception error) => error switch
    {
        Refusal refusal => refusal,
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => OfStatus(413),
        BadHttpRequestException { StatusCode: StatusCodes.Status415UnsupportedMediaType } => OfStatus(415),
        BadHttpRequestException bad => OfBadRequest(bad),
        JsonException json => OfJson(json),
        InvalidOperationException when error.Source?.StartsWith("System.Text.Json", StringComparison.Ordinal) == true =>
            new InvalidInput("body", "Must be text in valid Unicode."),
        DbUpdateConcurrencyException => new PreconditionFailed(),
        DbUpdateException { InnerException: { } inner } => OfDatabase(inner),
        _ => OfDatabase(error),
    };

    private Refusal OfDatabase(Exception error) => error switch
    {
        PostgresException { ConstraintName: { } name } when _constraints.TryGetValue(name, out var meaning) => meaning.Refuse(),
        // Class 22, data exception: a value that the shape allows and the database cannot hold, such as 1e400 in free JSON.
        PostgresException { SqlState: ['2', '2', ..] } => new InvalidInput("body", "Contains a value that cannot be stored."),
        PostgresException { SqlState: var state } when IsPassing(state) => new Unavailable(),
        // The server lets nobody in, whatever it calls the reason: a full disk, for one, keeps it from writing what a connection needs.
        PostgresException { InvariantSeverity: "FATAL" or "PANIC" } => new Unavailable(),
        PostgresException => new InternalError(),

        // Whatever the driver says without the server's word is about the line to it: broken, refused, too slow, already closed.
        NpgsqlException => new Unavailable(),
        InvalidOperationException or ObjectDisposedException when error.Source == "Npgsql" => new Unavailable(),
        DbUpdateException { InnerException: { } inner } => OfDatabase(inner),
        InvalidOperationException { InnerException: { } inner } => OfDatabase(inner),
        System.Net.Sockets.SocketException or TimeoutException => new Unavailable(),
        _ => new InternalError(),
    };

    /// <summary>Lost races that were tried three times, a stopping or starting server, a full disk, too many connections, a lock not had in time.</summary>
    private static bool IsPassing(string state) =>
        state is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.LockNotAvailable
            or PostgresErrorCodes.QueryCanceled or PostgresErrorCodes.ReadOnlySqlTransaction
        || state.StartsWith("57P", StringComparison.Ordinal) || state.StartsWith("53", StringComparison.Ordinal)
        || state.StartsWith("08", StringComparison.Ordinal) || state.StartsWith("58", StringComparison.Ordinal);

    private static InvalidInput OfBadRequest(BadHttpRequestException bad)
    {
        if (bad.InnerException is JsonException json)
        {
            return OfJson(json);
        }

        var parameter = FailedParameter().Match(bad.Message);
        return parameter.Success
            ? new InvalidInput(SnakeCase.Of(parameter.Groups[1].Value), "Is not valid.")
            : new InvalidInput(new Dictionary<string, string[]> { ["body"] = ["A JSON body is required."] });
    }

    private static InvalidInput OfJson(JsonException json)
    {
        var missing = MissingMembers().Match(json.Message);
        if (missing.Success)
        {
            return new InvalidInput(Quoted().Matches(missing.Groups[1].Value)
                .ToDictionary(m => Prefix(json.Path) + m.Groups[1].Value, _ => _required));
        }

        if (json.Path is { Length: > 2 } path && json.InnerException is null or InvalidOperationException or FormatException)
        {
            return new InvalidInput(path[2..], OwnWords(json.Message));
        }

        var unmapped = Unmapped().Match(json.Message);
        return unmapped.Success
            ? new InvalidInput(unmapped.Groups[1].Value, "Unknown field.")
            : new InvalidInput(
                new Dictionary<string, string[]> { ["body"] = ["The body is not valid JSON of the expected shape."] },
                "MALFORMED_JSON",
                "The body is not valid JSON of the expected shape.");
    }

    private static string Prefix(string? path) => path is { Length: > 2 } ? path[2..] + "." : "";

    // The framework's own sentences name C# types; ours say what to send.
    private static string OwnWords(string message) =>
        message.StartsWith("Must ", StringComparison.Ordinal) ? message.Split(" Path: ")[0]
        : message.Contains("null", StringComparison.Ordinal) ? "May not be null."
        : message.Contains("could not be mapped", StringComparison.Ordinal) ? "Unknown field."
        : message.Contains("Duplicate", StringComparison.OrdinalIgnoreCase) ? "Given twice."
        : "Is not of the expected type.";

    private static Refusal OfStatus(int status) => status switch
    {
        400 => new InvalidInput(new Dictionary<string, string[]>()),
        401 => new Unauthenticated("AUTHENTICATION_REQUIRED", "Sign in first."),
        403 => new PermissionDenied(),
        404 => new NotFound(),
        405 => new OtherRefusal(405, "METHOD_NOT_ALLOWED", "This method is not allowed here."),
        413 => new OtherRefusal(413, "PAYLOAD_TOO_LARGE", "The body is too large."),
        415 => new OtherRefusal(415, "UNSUPPORTED_MEDIA_TYPE", "Send application/json."),
        429 => new RateLimited(60),
        503 => new Unavailable(),
        >= 500 => new InternalError(),
        _ => new OtherRefusal(status, "BAD_REQUEST", "The request cannot be answered."),
    };

    internal static string Where(Exception error) => new StackTrace(error).GetFrame(0)?.GetMethod() is { } method
        ? $"{method.DeclaringType?.FullName}.{method.Name}" : "unknown";

    [GeneratedRegex("including: (.*?)\\.?$", RegexOptions.Singleline)]
    private static partial Regex MissingMembers();

    [GeneratedRegex("'([^']+)'")]
    private static partial Regex Quoted();

    [GeneratedRegex("JSON property '([^']+)' could not be mapped")]
    private static partial Regex Unmapped();

    [GeneratedRegex("Failed to bind parameter \"\\S+ (\\w+)\"")]
    private static partial Regex FailedParameter();

    [LoggerMessage(Level = LogLevel.Error, Message = "Request {RequestId} failed: {ErrorType} at {Place} ({SqlState})")]
    private static partial void LogFailed(ILogger logger, string requestId, string errorType, string place, string? sqlState);

    private sealed class OtherRefusal(int status, string code, string message) : Refusal(status, code, message);

    private sealed class InternalError()
        : Refusal(StatusCodes.Status500InternalServerError, "INTERNAL_ERROR", "Something went wrong on our side.");
}
