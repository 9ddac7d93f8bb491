using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Patients.Patients;
using Careline.Patients.Requests;

namespace Careline.Patients.Holds;

/// <summary>Why a record must stay.</summary>
/// <param name="Reason">In words, such as the number of a case.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record LegalHoldRequest([Required, StringLength(1000)] string Reason);

/// <summary>A record is held.</summary>
/// <param name="PatientId">Whose.</param>
/// <param name="Reason">Why.</param>
/// <param name="PlacedAt">Since when.</param>
public sealed record LegalHoldResponse(Guid PatientId, string Reason, DateTimeOffset PlacedAt);

/// <summary>Administrators hold a record against erasure, also one that they may not open. The patient is not told: a hold may be part of a dispute.</summary>
internal static class ManageLegalHold
{
    private const string Why = "Administrators hold records that they may not open.";

    public static void Map(IEndpointRouteBuilder routes)
    {
        const string Path = "/{id:guid}/legal-hold/";
        routes.MapGet(Path, Get).Named("GetLegalHold", "The hold on a record, if there is one.").ForRoles(Roles.Administrators).OpenToAll(Why);
        routes.MapPut(Path, Place).Named("PlaceLegalHold", "Holds a record against erasure, and what is left of an erased one against its removal.").ForRoles(Roles.Administrators).OpenToAll(Why);
        routes.MapDelete(Path, Lift).Named("LiftLegalHold", "Lifts the hold on a record.").ForRoles(Roles.Administrators).OpenToAll(Why);
    }

    private static async Task<Answer<LegalHoldResponse>> Get(Guid id, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var hold = await InForce(db, id).FirstOrDefaultAsync(ct) ?? throw new NotFound();
        trail.About("legal_hold", hold.Id).Concerns(id).Because("operations");
        return Answer.Ok(new LegalHoldResponse(id, hold.Reason, hold.PlacedAt));
    }

    private static async Task<Answer<LegalHoldResponse>> Place(
        Guid id, LegalHoldRequest request, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        // Locked, so that an erasure that is running ends first.
        var patient = await db.Set<Patient>().FromSql($"SELECT * FROM patients.patients WHERE id = {id} FOR NO KEY UPDATE").FirstOrDefaultAsync(ct)
            ?? throw new NotFound();
        if (patient.ErasedAt is not null && await db.Set<SubjectRequest>().AnyAsync(r => r.PatientId == id && r.RemovedAt != null, ct))
        {
            throw new RuleViolation("ALREADY_ERASED", "The record was erased, and what the law kept was removed: there is nothing left to hold.");
        }

        var hold = await InForce(db, id).AsTracking().FirstOrDefaultAsync(ct);
        if (hold is null)
        {
            hold = LegalHold.Place(db.NewId(), id, request.Reason, actor.AccountId, db.Now);
            db.Add(hold);
        }

        hold.Explain(request.Reason);
        trail.About("legal_hold", hold.Id).Concerns(id).Because("operations");
        await db.SaveChangesAsync(ct);
        return Answer.Ok(new LegalHoldResponse(id, hold.Reason, hold.PlacedAt), "The record is held.");
    }

    private static async Task<DeletedAnswer> Lift(Guid id, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var hold = await InForce(db, id).AsTracking().FirstOrDefaultAsync(ct) ?? throw new NotFound();
        hold.Lift(actor.AccountId, db.Now);
        trail.About("legal_hold", hold.Id).Concerns(id).Because("operations");
        await db.SaveChangesAsync(ct);
        return Answer.Deleted();
    }

    private static IQueryable<LegalHold> InForce(CarelineDb db, Guid patientId) =>
        db.Set<LegalHold>().Where(h => h.PatientId == patientId && h.LiftedAt == null);
}
