using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;

namespace Careline.Vitals.Alerts;

internal static class ListAlerts
{
    public static void Map(RouteGroupBuilder alerts)
    {
        alerts.MapGet("/", Handle).Named("ListAlerts", "Lists the clinical alerts that the caller may see, the newest first.").ForStaff()
            .WithFilters("status", "severity", "patient", "mine");
        alerts.MapGet("/{id:guid}/", HandleOne).Named("GetAlert", "Shows an alert, what was done about it, and who was called.").ForStaff().VisibleAs<ClinicalAlert>();
    }

    private static async Task<PageAnswer<AlertResponse>> Handle(ListQuery query, Actor actor, AlertReader reader, CarelineDb db, CancellationToken ct)
    {
        // Those of a patient are sought only where the caller may know the patient: the filter would tell otherwise whose an alert is.
        var alerts = query.Id("patient") is { } patient
            ? ClinicalAlert.ReadBy(db, actor).Where(a => a.PatientId == patient) : ClinicalAlert.VisibleTo(db, actor);
        var me = actor.AccountId;
        if (query.Enums<AlertStatus>("status") is { Count: > 0 } statuses)
        {
            alerts = alerts.Where(a => statuses.Contains(a.Status));
        }

        if (query.Enum<AlertSeverity>("severity") is { } severity)
        {
            alerts = alerts.Where(a => a.Severity == severity);
        }

        if (query.Flag("mine") is { } mine)
        {
            alerts = mine ? alerts.Where(a => a.ResponsibleId == me) : alerts.Where(a => a.ResponsibleId != me);
        }

        var (_, descending) = query.Ordering("-raised_at");
        return Answer.Page(await reader.PageAsync(
            descending ? alerts.OrderByDescending(a => a.RaisedAt).ThenByDescending(a => a.Id) : alerts.OrderBy(a => a.RaisedAt).ThenBy(a => a.Id), query, actor, ct));
    }

    private static async Task<Answer<AlertResponse>> HandleOne(Guid id, Actor actor, AlertReader reader, AuditTrail trail, CarelineDb db, CancellationToken ct)
    {
        var alert = await ClinicalAlert.VisibleTo(db, actor).FirstOrDefaultAsync(a => a.Id == id, ct) ?? throw new NotFound();
        trail.About("alert", id);
        return Answer.Ok(await reader.StoryAsync(alert, actor, ct));
    }
}

/// <summary>Who has to do with alerts at all.</summary>
internal static class AlertReaders
{
    /// <summary>Everybody who works in a practice: a clinic's administrator may be of any role. Never patients.</summary>
    public static RouteHandlerBuilder ForStaff(this RouteHandlerBuilder route) => route.ForRoles([.. Roles.All.Where(role => role != Roles.Patient)]);
}
