using Careline.Audit.Contracts;
using Careline.Patients.Care;
using Careline.Patients.Patients;
using Microsoft.Extensions.Validation;

namespace Careline.Patients.Proxies;

/// <summary>How far somebody may act for a patient.</summary>
/// <param name="Rights">read, book, or both.</param>
/// <param name="ValidUntil">First moment after it; null is open-ended.</param>
[ValidatableType, JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ChangeProxyRequest([Required, MinLength(1), MaxLength(2)] IReadOnlyList<ProxyRight> Rights, DateTimeOffset? ValidUntil = null);

/// <summary>The patient changes any link; who speaks for a dependant, those that they made themselves. Nobody widens a link by which they act.</summary>
internal static class ChangeProxy
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPatch("/{id:guid}/proxies/{proxyId:guid}/", Change).Named("ChangeProxy", "Changes how far and until when somebody acts for a patient.")
            .ForSignedIn().VisibleAs<Patient>().AcceptsMerge<ChangeProxyRequest>();
        routes.MapDelete("/{id:guid}/proxies/{proxyId:guid}/", End).Named("EndProxy", "Ends at once that somebody acts for a patient.")
            .ForSignedIn().VisibleAs<Patient>();
    }

    private static async Task<Answer<ProxyResponse>> Change(
        Guid id, Guid proxyId, Merge<ChangeProxyRequest> patch, IfMatch ifMatch, Actor actor, CarelineDb db, ProxyEffects effects, IActorNames names,
        AuditTrail trail, CancellationToken ct)
    {
        var access = await PatientAccess.OfAsync(db, actor, id, ct);
        var proxy = await LoadAsync(db, access, id, proxyId, ct);
        access.RequireOwnOr(access.SpeaksForPatient && proxy.InvitedBy == actor.AccountId && proxy.AccountId != actor.AccountId);
        ifMatch.Check(proxy);
        var request = await patch.OntoAsync(new ChangeProxyRequest(ProxyResponse.RightsOf(proxy.CanRead, proxy.CanBook), proxy.ValidUntil));
        proxy.Agree(new ProxyTerms(request.Rights, request.ValidUntil), await db.Set<Patient>().SingleAsync(p => p.Id == id, ct), db.Now);
        await effects.FollowAsync(proxy, ct);
        trail.About("proxy", proxyId).Concerns(id).Because("operations").Changed("rights", "valid_until");
        await db.SaveChangesAsync(ct);
        var name = proxy.AccountId is { } who ? (await names.OfAsync([who], ct)).GetValueOrDefault(who) : null;
        return Answer.Ok(ProxyResponse.From(proxy, name, true, db.Now), "Changed.");
    }

    private static async Task<DeletedAnswer> End(
        Guid id, Guid proxyId, IfMatch ifMatch, Actor actor, CarelineDb db, ProxyEffects effects, AuditTrail trail, CancellationToken ct)
    {
        var access = await PatientAccess.OfAsync(db, actor, id, ct);
        var proxy = await LoadAsync(db, access, id, proxyId, ct);
        access.RequireOwnOr(proxy.AccountId == actor.AccountId || (access.SpeaksForPatient && proxy.InvitedBy == actor.AccountId));
        ifMatch.Check(proxy);
        proxy.End(db.Now);

        // Who gives up does no harm: those whom a mother asked go on acting for her child, who would else be left with nobody.
        await effects.FollowAsync(proxy, ct, endsInvited: proxy.AccountId != actor.AccountId);
        trail.About("proxy", proxyId).Concerns(id).Because("operations");
        await db.SaveChangesAsync(ct);
        return Answer.Deleted();
    }

    /// <summary>A link in force or an invitation, held back from others until the transaction ends.</summary>
    internal static async Task<Proxy> LoadAsync(CarelineDb db, PatientAccess access, Guid id, Guid proxyId, CancellationToken ct)
    {
        access.RequireSeeingProxies();
        return await db.Set<Proxy>().FromSql($"SELECT * FROM patients.proxies WHERE id = {proxyId} AND patient_id = {id} FOR NO KEY UPDATE").AsTracking()
            .FirstOrDefaultAsync(p => p.EndedAt == null, ct) ?? throw new NotFound();
    }
}
