using Careline.Audit.Contracts;
using Careline.Patients.Notices;
using Careline.Patients.Patients;

namespace Careline.Patients.Proxies;

/// <summary>Accepts to act for a patient.</summary>
/// <param name="Token">As mailed.</param>
public sealed record AcceptProxyRequest([Required, MaxLength(200)] string Token);

internal static class AcceptProxy
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/proxies/accept/", Handle)
        .Named("AcceptProxy", "Accepts to act for a patient, by the mailed token.").ForSignedIn();

    private static async Task<Answer<DependantResponse>> Handle(
        AcceptProxyRequest request, Actor actor, CarelineDb db, ICareRelationships care, ProxyEffects effects, PatientNotices notices, AuditTrail trail, CancellationToken ct)
    {
        var proxy = await Proxy.InvitedByAsync(db, request.Token, ct)
            ?? throw new InvalidInput("token", "Is not valid any more. Ask for another invitation.");
        if (await db.Set<Patient>().AnyAsync(p => p.Id == proxy.PatientId && p.AccountId == actor.AccountId, ct))
        {
            throw new InvalidInput("token", "Nobody acts for themselves: somebody else must accept it.");
        }

        await ReplaceEarlierAsync(db, care, proxy, actor, ct);
        proxy.Accept(actor.AccountId, db.Now);
        await effects.FollowAsync(proxy, ct);
        await notices.ToPatientAsync(
            await db.Set<Patient>().SingleAsync(p => p.Id == proxy.PatientId, ct), PatientNotices.OfRecord("patients.proxy_made"), ct);
        trail.About("proxy", proxy.Id).Concerns(proxy.PatientId).Because("operations");
        await db.SaveChangesAsync(ct);
        return Answer.Ok(await DependantResponse.ReadAsync(db, actor, proxy.Id, ct), "You act for this patient from now on.");
    }

    /// <summary>Of two agreements with the same person the later one holds: ending it must end all of it.</summary>
    private static async Task ReplaceEarlierAsync(CarelineDb db, ICareRelationships care, Proxy accepted, Actor actor, CancellationToken ct)
    {
        var earlier = await db.Set<Proxy>()
            .FromSql($"SELECT * FROM patients.proxies WHERE patient_id = {accepted.PatientId} AND account_id = {actor.AccountId} FOR NO KEY UPDATE").AsTracking()
            .Where(p => p.EndedAt == null).ToListAsync(ct);
        foreach (var proxy in earlier)
        {
            proxy.End(db.Now);
            await care.CloseAsync(proxy.Id, ct);
        }
    }
}
