using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Patients.Patients;
using Careline.Patients.Proxies;

namespace Careline.Patients.Grants;

/// <summary>To whom the record is opened, and until when.</summary>
/// <param name="DoctorId">A doctor whose licence is verified.</param>
/// <param name="Until">First moment after it, at most a year ahead.</param>
/// <param name="Reason">The patient's own reminder; the doctor is not shown it.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record GrantAccessRequest(Guid DoctorId, DateTimeOffset Until, [StringLength(500)] string? Reason = null);

/// <summary>The patient, or who reads for the patient, opens the record to a doctor.</summary>
internal static class GrantAccess
{
    private const int MostGrants = 20;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/{id:guid}/grants/", Handle)
        .Named("GrantAccess", "Opens a patient's record to a doctor for a time.").ForSignedIn().VisibleAs<Patient>();

    private static async Task<CreatedAnswer<GrantResponse>> Handle(
        Guid id, GrantAccessRequest request, Actor actor, CarelineDb db, ICareRelationships care, IEnumerable<IRoleProfile> profiles, IActorNames names,
        AuditTrail trail, CancellationToken ct)
    {
        // A restriction, or the end of the caller's link, comes before this or finds what this opens.
        await db.Database.ExecuteSqlAsync($"SELECT 1 FROM patients.patients WHERE id = {id} FOR SHARE", ct);
        await ProxyEffects.HoldAsync(db, id, actor.AccountId, ct);
        var asked = await GrantDesk.CheckAsync(db, actor, id, ct) is { } end && end < request.Until ? request with { Until = end } : request;
        var account = await profiles.Single(p => p.Role == Roles.Doctor).FindTrustedAccountAsync(request.DoctorId, ct)
            ?? throw new InvalidInput("doctor_id", "There is no such doctor.");
        if (account == actor.AccountId)
        {
            // Whoever acts for a patient must not become the doctor who treats by it.
            throw new InvalidInput("doctor_id", "Nobody opens a record to themselves.");
        }

        var grant = AccessGrant.Give(db.NewId(), id, new GrantedDoctor(request.DoctorId, account), asked, actor.AccountId, db.Now);
        await ReplaceEarlierAsync(db, care, grant, ct);
        db.Add(grant);
        care.Begin(grant.Opening());
        trail.About("grant", grant.Id).Concerns(id).Because("operations");
        await db.SaveChangesAsync(ct);
        return Answer.Created(
            GrantResponse.From(grant, (await names.OfAsync([account], ct)).GetValueOrDefault(account), db.Now), "The record is open to this doctor.");
    }

    /// <summary>Of two grants to the same doctor the later one holds: ending it must end all of it.</summary>
    private static async Task ReplaceEarlierAsync(CarelineDb db, ICareRelationships care, AccessGrant given, CancellationToken ct)
    {
        var now = db.Now;
        var live = await db.Set<AccessGrant>().AsTracking().Where(g => g.PatientId == given.PatientId && g.EndedAt == null && g.Until > now).ToListAsync(ct);
        foreach (var earlier in live.Where(g => g.AccountId == given.AccountId))
        {
            earlier.End(now);
            await care.CloseAsync(earlier.Id, ct);
        }

        if (live.Count(g => g.EndedAt is null) >= MostGrants)
        {
            throw new RuleViolation("TOO_MANY_GRANTS", $"A record is open to at most {MostGrants} doctors in this way. End one first.");
        }
    }
}
