using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Patients.Contracts;

namespace Careline.Labs.Results;

/// <summary>What a result said from one moment on.</summary>
/// <param name="Number">From 1.</param>
/// <param name="State">How far it was.</param>
/// <param name="Reading">What it said.</param>
/// <param name="Reason">Why it was changed.</param>
/// <param name="SaidBy">The account; null where a message of a laboratory's system said it.</param>
/// <param name="Source">Where it came from.</param>
/// <param name="At">When.</param>
public sealed record ResultVersionResponse(int Number, ResultState State, Reading Reading, string? Reason, Guid? SaidBy, ResultSource Source, DateTimeOffset At);

internal static class ReadVersions
{
    public static void Map(RouteGroupBuilder results) => results.MapGet("/{id:guid}/versions/", Handle)
        .Named("ListLabResultVersions", "Whatever a result ever said, the newest first, with who said it and why; for patients and who acts for them, what it says now.").ForRoles(Roles.RecordReaders).VisibleAs<LabResult>();

    private static async Task<PageAnswer<ResultVersionResponse>> Handle(Guid id, ListQuery query, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var result = await LabResult.VisibleTo(db, actor).Where(r => r.Id == id).Select(r => new { r.PatientId, r.Versions }).FirstOrDefaultAsync(ct)
            ?? throw ClinicalCare.Refuse(actor);
        trail.About("lab_result", id).Concerns(result.PatientId);

        // A value that was wrong is taken back from the patient, and is not to be read here instead.
        var from = await LabResult.ReadAsStaffBy(db, actor).ContainsAsync(id, ct) ? 1 : result.Versions;
        var page = await query.PageAsync(db.Set<ResultVersion>().Where(v => v.ResultId == id && v.Number >= from).OrderByDescending(v => v.Number), ct);
        return Answer.Page(new Page<ResultVersionResponse>(
            [.. page.Rows.Select(v => new ResultVersionResponse(v.Number, v.State, v.Reading, v.Reason, v.SaidBy, v.Source, v.At))], page.Total, page.Number, page.Size));
    }
}
