using System.Diagnostics;
using Careline.Accounts.Contracts;
using Careline.Platform.Data;
using Careline.Platform.Security;
using Careline.Platform.Signals;
using Careline.Platform.Web;
using Careline.Prescriptions.Contracts;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Careline.Host.Endpoints;

/// <summary>What a health check answers.</summary>
/// <param name="Status">up, down or not_configured.</param>
public sealed record HealthResponse(string Status);

/// <summary>The state of the installation, for administrators.</summary>
/// <param name="Status">up or degraded.</param>
/// <param name="Version">The release.</param>
/// <param name="Database">The PostgreSQL server's version.</param>
/// <param name="AuditIsAppendOnly">Whether the database itself refuses changes of the audit.</param>
/// <param name="SignalsArrive">Whether signals of other hosts arrive.</param>
/// <param name="OutboxWaiting">Deliveries on their way.</param>
/// <param name="OutboxDead">Deliveries that nobody will try again by themselves.</param>
/// <param name="SafetyData">The data that prescribing is checked against; with a fault, checks are not made.</param>
/// <param name="MemoryBytes">Working set of this host.</param>
/// <param name="UpSeconds">Since this host started.</param>
public sealed record DetailedHealthResponse(
    string Status, string Version, string Database, bool AuditIsAppendOnly, bool SignalsArrive, long OutboxWaiting, long OutboxDead,
    SafetyStockState SafetyData, long MemoryBytes, long UpSeconds);

internal static class HealthEndpoints
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(3);

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/health").WithTags("Health");
        group.MapGet("/", () => TypedResults.Ok(new HealthResponse("up")))
            .Named("Health", "Whether this host answers.").ForAnyone("Load balancers ask without signing in.");
        group.MapGet("/database/", DatabaseAsync)
            .Named("DatabaseHealth", "Whether the database answers.").ForAnyone("Load balancers ask without signing in.");
        group.MapGet("/redis/", () => TypedResults.Ok(new HealthResponse("not_configured")))
            .Named("RedisHealth", "Careline needs no Redis.").ForAnyone("Asked by monitors of older installations.");
        group.MapGet("/detailed/", DetailedAsync)
            .Named("DetailedHealth", "The state of the installation.").ForRoles(Roles.Administrators);
    }

    private static async Task<IResult> DatabaseAsync(NpgsqlDataSource database, CancellationToken ct)
    {
        // Connecting included: a balancer gives up soon after.
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(_patience);
        try
        {
            await using var command = database.CreateCommand("SELECT 1");
            await command.ExecuteScalarAsync(patience.Token).WaitAsync(patience.Token);
            return TypedResults.Ok(new HealthResponse("up"));
        }
        catch (Exception error) when (error is NpgsqlException or TimeoutException || (error is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return TypedResults.Json(new HealthResponse("down"), statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static async Task<Ok<DetailedHealthResponse>> DetailedAsync(
        CarelineDb db, DatabaseAddress address, SignalLine signals, ISafetyStock safety, CancellationToken ct)
    {
        var waiting = await db.Database.SqlQuery<long>($"SELECT count(*) AS \"Value\" FROM platform.outbox WHERE dead_at IS NULL").SingleAsync(ct);
        var dead = await db.Database.SqlQuery<long>($"SELECT count(*) AS \"Value\" FROM platform.outbox WHERE dead_at IS NOT NULL").SingleAsync(ct);
        var server = await db.Database.SqlQuery<string>($"SELECT current_setting('server_version') AS \"Value\"").SingleAsync(ct);
        var data = await safety.StateAsync(ct);
        using var process = Process.GetCurrentProcess();
        return TypedResults.Ok(new DetailedHealthResponse(
            dead == 0 && signals.IsUp && address.AssumesRole && data.IsWhole ? "up" : "degraded",
            CarelineApplication.Version,
            server,
            address.AssumesRole,
            signals.IsUp,
            waiting,
            dead,
            data,
            process.WorkingSet64,
            (long)(TimeProvider.System.GetLocalNow() - process.StartTime).TotalSeconds));
    }
}
