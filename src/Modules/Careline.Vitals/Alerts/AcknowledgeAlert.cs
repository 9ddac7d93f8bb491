using Careline.Audit.Contracts;

namespace Careline.Vitals.Alerts;

/// <summary>Somebody takes an alert.</summary>
/// <param name="Note">What is done about it.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record AcknowledgeAlertRequest([MaxLength(2000)] string? Note = null);

internal static class AcknowledgeAlert
{
    public static void Map(RouteGroupBuilder alerts) => alerts.MapPost("/{id:guid}/acknowledge/", Handle)
        .Named("AcknowledgeAlert", "Takes an alert: nobody else is called any more.").ForStaff().VisibleAs<ClinicalAlert>();

    private static async Task<Answer<AlertResponse>> Handle(
        Guid id, AcknowledgeAlertRequest? request, Actor actor, AlertDesk desk, AlertReader reader, AuditTrail trail, CarelineDb db, CancellationToken ct)
    {
        var alert = await desk.HoldAsync(id, actor, ct);
        db.Append(alert.Acknowledge(actor.AccountId, request?.Note, db.Clock));
        await desk.WithdrawCallsAsync(id, ct);
        trail.About("alert", id).Concerns(alert.PatientId);
        await db.SaveChangesAsync(ct);
        return Answer.Ok(await reader.OneAsync(alert, actor, ct), "Alert acknowledged.");
    }
}
