using Careline.Audit.Contracts;
using Careline.Patients.Care;
using Careline.Patients.Patients;

namespace Careline.Patients.Proxies;

/// <summary>The patient, whoever acts for the patient, and administrators; staff learn nothing of a family from it.</summary>
internal static class ListProxies
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/{id:guid}/proxies/", Handle)
        .Named("ListProxies", "Who acts for a patient, and who is asked to.").ForSignedIn().VisibleAs<Patient>();

    private static async Task<PageAnswer<ProxyResponse>> Handle(
        Guid id, ListQuery query, Actor actor, CarelineDb db, IActorNames names, AuditTrail trail, CancellationToken ct)
    {
        var access = await PatientAccess.OfAsync(db, actor, id, ct);
        access.RequireSeeingProxies();
        var page = await query.PageAsync(
            db.Set<Proxy>().Where(p => p.PatientId == id && p.EndedAt == null).OrderBy(p => p.CreatedAt).ThenBy(p => p.Id), ct);
        var named = await names.OfAsync([.. page.Rows.Select(p => p.AccountId).OfType<Guid>()], ct);
        trail.About("patient", id).Concerns(id).Because("operations");
        return Answer.Page(new Page<ProxyResponse>(
            [.. page.Rows.Select(p => ProxyResponse.From(p, p.AccountId is { } who ? named.GetValueOrDefault(who) : null, access.SpeaksForPatient, db.Now))],
            page.Total, page.Number, page.Size));
    }
}
