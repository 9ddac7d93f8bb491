namespace Careline.Platform.Web;

/// <summary>A request that is answered with an error the caller can act on. Mapped to the error envelope in one place.</summary>
public abstract class Refusal(int status, string code, string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>The HTTP status.</summary>
    public int Status { get; } = status;

    /// <summary>The stable upper-case code.</summary>
    public string Code { get; } = code;

    /// <summary>Facts beside the code, snake_case members.</summary>
    public object? Details { get; protected set; }
}

/// <summary>A rule of the practice refuses: 409 with a stable code.</summary>
public class RuleViolation : Refusal
{
    /// <summary>Refuses with a code of this rule and a sentence for people.</summary>
    public RuleViolation(string code, string message, object? details = null)
        : base(StatusCodes.Status409Conflict, code, message) => Details = details;

    /// <summary>
    /// Finds the details once the refused transaction is rolled back, so that they describe what is now true.
    /// </summary>
    public Func<CarelineDb, CancellationToken, Task<object>>? FindDetails { get; init; }

    internal async Task CompleteAsync(CarelineDb db, CancellationToken ct)
    {
        if (FindDetails is { } find && Details is null)
        {
            Details = await find(db, ct);
        }
    }
}

/// <summary>The shape of the input is wrong: 400 with all faults by field name.</summary>
public sealed class InvalidInput : Refusal
{
    /// <summary>Refuses with messages by snake_case field.</summary>
    public InvalidInput(IReadOnlyDictionary<string, string[]> errors, string code = "VALIDATION_ERROR", string message = "Invalid data provided.")
        : base(StatusCodes.Status400BadRequest, code, message)
    {
        Errors = errors;
        Details = errors;
    }

    /// <summary>Refuses for one field.</summary>
    public InvalidInput(string field, string message)
        : this(new Dictionary<string, string[]> { [field] = [message] })
    {
    }

    /// <summary>Messages by field.</summary>
    public IReadOnlyDictionary<string, string[]> Errors { get; }
}

/// <summary>Absent, or not the caller's to see: 404, the same answer for both.</summary>
public sealed class NotFound() : Refusal(StatusCodes.Status404NotFound, "NOT_FOUND", "Not found.");

/// <summary>The caller's to see, but not theirs to do: 403.</summary>
public sealed class PermissionDenied(string message = "You may not do this.", string code = "PERMISSION_DENIED")
    : Refusal(StatusCodes.Status403Forbidden, code, message);

/// <summary>The caller is not who they must be: 401.</summary>
public sealed class Unauthenticated(string code, string message) : Refusal(StatusCodes.Status401Unauthorized, code, message);

/// <summary>A precondition header does not hold any more: 412.</summary>
public sealed class PreconditionFailed()
    : Refusal(StatusCodes.Status412PreconditionFailed, "PRECONDITION_FAILED", "It was changed by someone else since you read it. Read it again.");

/// <summary>The key was used for another request: 422.</summary>
public sealed class IdempotencyKeyReused()
    : Refusal(StatusCodes.Status422UnprocessableEntity, "IDEMPOTENCY_KEY_REUSED", "This Idempotency-Key was used for a different request.");

/// <summary>Too many requests: 429 with <c>Retry-After</c>.</summary>
public sealed class RateLimited(int retryAfterSeconds)
    : Refusal(StatusCodes.Status429TooManyRequests, "RATE_LIMITED", "Too many requests. Try again later.")
{
    /// <summary>Whole seconds until the next try can succeed.</summary>
    public int RetryAfterSeconds { get; } = retryAfterSeconds;
}

/// <summary>The system cannot answer at present: 503.</summary>
/// <remarks>Its cause is for the log, where only the kind and the number of it stand.</remarks>
public sealed class Unavailable(string message = "The service is temporarily unavailable. Try again shortly.", Exception? cause = null)
    : Refusal(StatusCodes.Status503ServiceUnavailable, "UNAVAILABLE", message, cause);
