using Careline.Audit.Contracts;
using Careline.Patients.Patients;

namespace Careline.Patients.Grants;

/// <summary>A record opened to a doctor by the patient's word.</summary>
/// <param name="Id">The grant.</param>
/// <param name="PatientId">The patient.</param>
/// <param name="DoctorId">The doctor.</param>
/// <param name="DoctorName">The doctor's name.</param>
/// <param name="Reason">The patient's own reminder.</param>
/// <param name="GrantedAt">From when.</param>
/// <param name="Until">First moment after it.</param>
/// <param name="EndedAt">When it was ended before its time.</param>
/// <param name="IsActive">Whether the record is open by it now.</param>
public sealed record GrantResponse(
    Guid Id, Guid PatientId, Guid DoctorId, string? DoctorName, string? Reason, DateTimeOffset GrantedAt, DateTimeOffset Until, DateTimeOffset? EndedAt,
    bool IsActive)
{
    internal static GrantResponse From(AccessGrant grant, string? name, DateTimeOffset now) => new(
        grant.Id, grant.PatientId, grant.DoctorId, name, grant.Reason, grant.GrantedAt, grant.Until, grant.EndedAt,
        grant.EndedAt is null && now < grant.Until);
}

internal static class ListGrants
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/{id:guid}/grants/", List).Named("ListGrants", "To which doctors a patient opened the record, the newest first, also what is over.")
            .ForSignedIn().VisibleAs<Patient>();
        routes.MapDelete("/{id:guid}/grants/{grantId:guid}/", End).Named("EndGrant", "Closes a patient's record to a doctor at once.")
            .ForSignedIn().VisibleAs<Patient>();
    }

    private static async Task<PageAnswer<GrantResponse>> List(
        Guid id, ListQuery query, Actor actor, CarelineDb db, IActorNames names, AuditTrail trail, CancellationToken ct)
    {
        await GrantDesk.CheckAsync(db, actor, id, ct);
        var page = await query.PageAsync(
            db.Set<AccessGrant>().Where(g => g.PatientId == id).OrderByDescending(g => g.GrantedAt).ThenByDescending(g => g.Id), ct);
        var named = await names.OfAsync([.. page.Rows.Select(g => g.AccountId).Distinct()], ct);
        trail.About("patient", id).Concerns(id).Because("operations");
        return Answer.Page(new Page<GrantResponse>(
            [.. page.Rows.Select(g => GrantResponse.From(g, named.GetValueOrDefault(g.AccountId), db.Now))], page.Total, page.Number, page.Size));
    }

    private static async Task<DeletedAnswer> End(
        Guid id, Guid grantId, Actor actor, CarelineDb db, ICareRelationships care, AuditTrail trail, CancellationToken ct)
    {
        await GrantDesk.CheckAsync(db, actor, id, ct);
        var now = db.Now;
        var grant = await db.Set<AccessGrant>().AsTracking()
            .FirstOrDefaultAsync(g => g.Id == grantId && g.PatientId == id && g.EndedAt == null && g.Until > now, ct) ?? throw new NotFound();
        grant.End(now);
        await care.CloseAsync(grantId, ct);
        trail.About("grant", grantId).Concerns(id).Because("operations");
        await db.SaveChangesAsync(ct);
        return Answer.Deleted();
    }
}
