using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Patients.Care;
using Careline.Patients.Notices;
using Careline.Patients.Patients;

namespace Careline.Patients.Proxies;

/// <summary>Why an administrator ends a link.</summary>
/// <param name="Reason">In words, such as a court's decision; the patient reads it.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record OverruleProxyRequest([Required, StringLength(1000)] string Reason);

/// <summary>
/// A dispute over custody, or a proxy who harms the patient: somebody outside the family ends the link. Never silently: a family that does not know who acts
/// for the patient cannot object. A route of its own, since a DELETE carries no body and a reason does not belong into addresses, which proxies log.
/// </summary>
internal static class OverruleProxy
{
    /// <summary>What the audit calls the act.</summary>
    public const string Name = "OverruleProxy";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/{id:guid}/proxies/{proxyId:guid}/end/", Handle)
        .Named(Name, "An administrator ends, with a reason, that somebody acts for a patient.").ForRoles(Roles.Administrators)
        .VisibleAs<Patient>();

    private static async Task<DeletedAnswer> Handle(
        Guid id, Guid proxyId, OverruleProxyRequest request, Actor actor, CarelineDb db, ProxyEffects effects, PatientNotices notices, AuditTrail trail,
        CancellationToken ct)
    {
        var access = await PatientAccess.OfAsync(db, actor, id, ct);
        var proxy = await ChangeProxy.LoadAsync(db, access, id, proxyId, ct);
        var overruled = PatientNotices.OfRecord("patients.proxy_overruled");
        await notices.ToPatientAsync(await db.Set<Patient>().SingleAsync(p => p.Id == id, ct), overruled, ct);
        await notices.ToProxiesAsync(id, overruled, ct);
        proxy.End(db.Now, request.Reason);
        await effects.FollowAsync(proxy, ct);
        trail.About("proxy", proxyId).Concerns(id).Because("operations").Changed("ended_at", "end_reason");
        await db.SaveChangesAsync(ct);
        return Answer.Deleted();
    }
}
