using Careline.Patients.Grants;
using Careline.Patients.Holds;
using Careline.Patients.Notices;
using Careline.Patients.Patients;
using Careline.Platform.Privacy;
using Microsoft.Extensions.Options;

namespace Careline.Patients.Requests;

/// <summary>What follows from a decision. Saves: an erasure must find what it is to erase already written.</summary>
internal sealed class RequestEffects(CarelineDb db, IEnumerable<IPersonalRecords> modules, IOptions<PatientsOptions> options, PatientNotices notices)
{
    public async Task CarryOutAsync(SubjectRequest request, Guid by, CancellationToken ct)
    {
        if (request is { Kind: RequestKind.Erasure, Status: RequestStatus.Approved })
        {
            await EraseAsync(request, by, ct);
            return;
        }

        var patient = await db.Set<Patient>().AsTracking().SingleAsync(p => p.Id == request.PatientId, ct);
        if (request is { Kind: RequestKind.Restriction, Status: RequestStatus.Approved })
        {
            await RestrictAsync(patient, ct);
        }

        await notices.ToPatientAsync(patient, PatientNotices.OfRecord("patients.request_decided"), ct);
        await db.SaveChangesAsync(ct);
    }

    // Whoever sees the record for another reason than a visit, an emergency, or acting for the patient has no reason any more.
    private async Task RestrictAsync(Patient patient, CancellationToken ct)
    {
        // Grants that are being given are seen below, or given after this.
        await db.Database.ExecuteSqlAsync($"SELECT 1 FROM patients.patients WHERE id = {patient.Id} FOR NO KEY UPDATE", ct);
        var now = db.Now;
        patient.Restrict(true, now);
        await AccessGrant.EndAllAsync(db, patient.Id, ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE patients.care_relationships SET ends_at = {now}
            WHERE patient_id = {patient.Id} AND reason NOT IN ('appointment', 'break_glass', 'proxy', 'grant') AND (ends_at IS NULL OR ends_at > {now})
            """,
            ct);
    }

    // The person is not told by message: it would put the address back that goes here. Whoever decides tells them, before.
    private async Task EraseAsync(SubjectRequest request, Guid by, CancellationToken ct)
    {
        // Held back until the end of the transaction: a hold that is being placed is either seen here or placed on what was erased already.
        await db.Database.ExecuteSqlAsync($"SELECT 1 FROM patients.patients WHERE id = {request.PatientId} FOR UPDATE", ct);
        if (await db.Set<LegalHold>().AnyAsync(h => h.PatientId == request.PatientId && h.LiftedAt == null, ct))
        {
            throw new RuleViolation("LEGAL_HOLD", "The record is under a legal hold: it cannot be erased until that is lifted.");
        }

        var patient = await db.Set<Patient>().SingleAsync(p => p.Id == request.PatientId, ct);
        var person = await new PersonKeys { PatientId = patient.Id, AccountId = patient.AccountId }.WithWordsAsync(modules, ct);
        request.Keep(db.Now.AddYears(options.Value.RetentionYears));
        db.Add(request.Close(null, by, db.Now));
        await db.SaveChangesAsync(ct);
        foreach (var module in modules)
        {
            await module.EraseAsync(person, ct);
        }
    }
}
