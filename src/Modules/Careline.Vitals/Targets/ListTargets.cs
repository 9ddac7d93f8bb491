using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Vitals.Observations;

namespace Careline.Vitals.Targets;

/// <summary>A patient's own target for a measure.</summary>
/// <param name="Id">The target.</param>
/// <param name="Measure">What is measured.</param>
/// <param name="Unit">UCUM unit of the bounds.</param>
/// <param name="Low">The least that is well.</param>
/// <param name="High">The most that is well.</param>
/// <param name="RaisesAlert">Whether a reading outside calls who set it.</param>
/// <param name="IsForHypercapnicFailure">Whether NEWS2 scores oxygen saturation by its scale 2.</param>
/// <param name="SetBy">The account that set it.</param>
/// <param name="SetAt">When.</param>
/// <param name="EndedAt">When it ceased to hold.</param>
public sealed record VitalTargetResponse(
    Guid Id, Measure Measure, string? Unit, decimal? Low, decimal? High, bool RaisesAlert, bool IsForHypercapnicFailure, Guid SetBy, DateTimeOffset SetAt, DateTimeOffset? EndedAt)
{
    internal static VitalTargetResponse From(VitalTarget t) =>
        new(t.Id, t.Measure, Terms.Of(t.Measure).Unit, t.Low, t.High, t.RaisesAlert, t.IsForHypercapnicFailure, t.SetBy, t.SetAt, t.EndedAt);
}

internal static class ListTargets
{
    public static void Map(RouteGroupBuilder patients) => patients.MapGet("/{id:guid}/vital-targets/", Handle)
        .Named("ListVitalTargets", "Lists a patient's own targets, those that hold unless former ones are asked for.").ForRoles(Roles.RecordReaders)
        .VisibleAs<MeasuredPatient>().WithFilters("measure", "ended");

    private static async Task<PageAnswer<VitalTargetResponse>> Handle(Guid id, ListQuery query, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        await MeasuredPatient.RequireAsync(db, actor, id, ct);
        var targets = db.Set<VitalTarget>().Where(t => t.PatientId == id);
        targets = query.Flag("ended") == true ? targets.Where(t => t.EndedAt != null) : targets.Where(t => t.EndedAt == null);
        targets = query.Enum<Measure>("measure") is { } measure ? targets.Where(t => t.Measure == measure) : targets;
        var (_, descending) = query.Ordering("-set_at");
        var page = await query.PageAsync(
            descending ? targets.OrderByDescending(t => t.SetAt).ThenByDescending(t => t.Id) : targets.OrderBy(t => t.SetAt).ThenBy(t => t.Id), ct);
        trail.About("patient", id).Concerns(id);
        return Answer.Page(new Page<VitalTargetResponse>([.. page.Rows.Select(VitalTargetResponse.From)], page.Total, page.Number, page.Size));
    }
}
