using Careline.Platform.Security;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Careline.Platform.Web;

/// <summary>
/// What every handler runs in. A write: one transaction that holds its effect, its audit row, its outbox rows and its idempotency key, tried
/// again when it lost a race (40P01, 40001). A read: its audit row is committed before the answer leaves.
/// </summary>
internal sealed class RequestFrame : IEndpointFilter
{
    private const int Tries = 3;

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        try
        {
            if (!HttpMethods.IsGet(http.Request.Method) && http.GetEndpoint()?.Metadata.GetMetadata<OwnTransaction>() is null)
            {
                return await InTurnAsync(context, next);
            }

            var result = await next(context);
            if (http.RequestServices.GetService<IRequestTrail>() is { } trail)
            {
                await trail.BeforeAnswerAsync(http);
            }

            return result;
        }
        catch (Refusal refusal)
        {
            // Answered here: an exception on its way through the whole pipeline costs more than most answers.
            return new Refused(refusal);
        }
    }

    private static async Task<object?> InTurnAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (http.GetEndpoint()?.Metadata.GetMetadata<Scarce>() is not { } scarce || scarce.KeyOf(context) is not { } key)
        {
            return await WriteAsync(context, next);
        }

        using var turn = await http.RequestServices.GetRequiredService<Forerunners>().EnterAsync(key, http.RequestAborted);
        return !StoredAnswer.IsAskedFor(http) && await scarce.LookAsync(context) is { } refusal ? new Refused(refusal) : await WriteAsync(context, next);
    }

    private static async Task<object?> WriteAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var db = http.RequestServices.GetRequiredService<CarelineDb>();
        var trail = http.RequestServices.GetService<IRequestTrail>();
        var stored = Actor.Of(http) is { } actor ? await StoredAnswer.ReadAsync(http, actor.AccountId) : null;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await OnceAsync(context, next, db, trail, stored);
            }
            catch (Exception error) when (attempt < Tries && LostRace(error))
            {
                db.Forget();
                trail?.Restart();
            }
            catch (RuleViolation violation)
            {
                db.Forget();
                await violation.CompleteAsync(db, http.RequestAborted);
                throw;
            }
        }
    }

    private static async Task<object?> OnceAsync(
        EndpointFilterInvocationContext context, EndpointFilterDelegate next, CarelineDb db, IRequestTrail? trail, StoredAnswer? stored)
    {
        var http = context.HttpContext;
        var ct = http.RequestAborted;
        using var turn = await http.RequestServices.GetRequiredService<DatabaseTurns>().Writes.EnterAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (stored is not null && !await stored.ClaimAsync(db, ct))
        {
            return await stored.ReplayAsync(db, ct);
        }

        var result = await next(context);
        if (stored is not null && result is WireAnswer answer)
        {
            result = await stored.KeepAsync(db, http, answer);
        }

        if (trail is not null)
        {
            await trail.BeforeCommitAsync(db, ct);
        }

        // From here on the outcome is the database's: a caller who hangs up must not leave it half decided.
        await transaction.CommitAsync(CancellationToken.None);
        return result;
    }

    private static bool LostRace(Exception error) =>
        PostgresError.In(error)?.SqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure;
}

/// <summary>A refusal as an answer.</summary>
internal sealed partial class Refused(Refusal refusal) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        // Not the caller's doing: whoever runs the installation finds it by the answer's trace_id.
        if (refusal.Status >= StatusCodes.Status500InternalServerError)
        {
            LogRefused(httpContext.RequestServices.GetRequiredService<ILogger<Refused>>(), httpContext.TraceIdentifier, refusal.Code, ErrorAnswers.Where(refusal), refusal.InnerException?.GetType().Name ?? "nothing else", refusal.InnerException?.HResult ?? 0);
        }

        return ErrorAnswers.WriteAsync(httpContext, refusal);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Request {RequestId} was refused: {Code} by {Place}, because of {ErrorType} {Number}")]
    private static partial void LogRefused(ILogger logger, string requestId, string code, string place, string errorType, int number);
}

/// <summary>The handler commits by itself because a refusal must leave a trace, or because slow work must not hold a connection.</summary>
public sealed record OwnTransaction;
