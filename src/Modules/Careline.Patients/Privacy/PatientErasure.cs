using Careline.Patients.Grants;
using Careline.Patients.Proxies;
using Careline.Platform.Privacy;

namespace Careline.Patients.Privacy;

/// <summary>Takes out of the record what names the patient, and ends what it opened; the clinical facts stay without a name.</summary>
internal sealed class PatientErasure(CarelineDb db, ProxyEffects effects)
{
    /// <summary>Erases, within the present transaction.</summary>
    public async Task EraseAsync(PersonKeys person, CancellationToken ct)
    {
        var (id, now, names, literals) = (person.PatientId, db.Now, person.Names, person.Literals);
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE patients.patients SET first_name = 'Erased', last_name = 'Patient', date_of_birth = date_trunc('year', date_of_birth)::date, phone = NULL,
                email = NULL, address = NULL, city = NULL, medical_history = platform.without(medical_history, {names}, {literals}), is_active = false,
                erased_at = {now}, updated_at = {now}, version = version + 1 WHERE id = {id}
            """,
            ct);
        await db.Database.ExecuteSqlAsync($"UPDATE patients.care_relationships SET ends_at = {now} WHERE patient_id = {id} AND (ends_at IS NULL OR ends_at > {now})", ct);
        await db.Database.ExecuteSqlAsync($"UPDATE patients.attendances SET ends_at = {now} WHERE patient_id = {id} AND ends_at > {now}", ct);
        await db.Database.ExecuteSqlAsync($"DELETE FROM patients.emergency_contacts WHERE patient_id = {id}", ct);
        await db.Database.ExecuteSqlAsync($"DELETE FROM patients.insurance WHERE patient_id = {id}", ct);
        await EraseTrustAsync(person, now, ct);
        await db.Database.ExecuteSqlAsync($"UPDATE patients.data_requests SET reason = '[erased]', note = NULL WHERE patient_id = {id}", ct);
        await db.Database.ExecuteSqlAsync(
            $"UPDATE patients.data_request_events e SET note = NULL FROM patients.data_requests r WHERE r.id = e.request_id AND r.patient_id = {id}", ct);
        await EraseWordsAsync(id, names, literals, ct);
    }

    /// <summary>
    /// Removes what the law kept, within the present transaction. What stays says that there was a patient whose record was erased, held and removed, and
    /// to what that patient had agreed: whoever keeps records must be able to show that.
    /// </summary>
    public async Task RemoveKeptAsync(Guid id, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE patients.patients SET gender = 'unknown', date_of_birth = NULL, country = NULL, blood_group = NULL, language = NULL, medical_history = NULL,
                primary_doctor_id = NULL, updated_at = {db.Now}, version = version + 1 WHERE id = {id}
            """,
            ct);
        await db.Database.ExecuteSqlAsync($"DELETE FROM patients.allergies WHERE patient_id = {id}", ct);
        await db.Database.ExecuteSqlAsync($"DELETE FROM patients.conditions WHERE patient_id = {id}", ct);
        await db.Database.ExecuteSqlAsync($"DELETE FROM patients.medications WHERE patient_id = {id}", ct);
        await db.Database.ExecuteSqlAsync($"DELETE FROM patients.immunisations WHERE patient_id = {id}", ct);
        await db.Database.ExecuteSqlAsync($"DELETE FROM patients.notes WHERE patient_id = {id}", ct);
        await db.Database.ExecuteSqlAsync($"DELETE FROM patients.break_glass WHERE patient_id = {id}", ct);
        await db.Database.ExecuteSqlAsync($"DELETE FROM patients.access_grants WHERE patient_id = {id}", ct);
        await db.Database.ExecuteSqlAsync($"DELETE FROM patients.proxies WHERE patient_id = {id}", ct);
        await db.Database.ExecuteSqlAsync($"DELETE FROM patients.attendances WHERE patient_id = {id}", ct);
        await db.Database.ExecuteSqlAsync($"DELETE FROM patients.patient_clinics WHERE patient_id = {id}", ct);
        await db.Database.ExecuteSqlAsync($"DELETE FROM patients.care_relationships WHERE patient_id = {id}", ct);
    }

    // Links end in both directions; the address of an invitation goes with whose it is and with who sent it.
    private async Task EraseTrustAsync(PersonKeys person, DateTimeOffset now, CancellationToken ct)
    {
        var (id, account, addresses) = (person.PatientId, person.AccountId, person.Words.Addresses);
        foreach (var link in await db.Set<Proxy>().AsTracking().Where(p => p.AccountId == account && account != null && p.EndedAt == null).ToListAsync(ct))
        {
            link.End(now);
            await effects.FollowAsync(link, ct);
        }

        await db.SaveChangesAsync(ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE patients.proxies SET ended_at = coalesce(ended_at, {now}), email = NULL, hash = NULL, updated_at = {now}, version = version + 1,
                end_reason = platform.without(end_reason, {person.Names}, {person.Literals})
            WHERE patient_id = {id} OR account_id = {account} OR email = ANY ({addresses})
            """,
            ct);
        if (account is not null)
        {
            await AccessGrant.EndAsync(db, (null, account), now, ct);
        }

        await db.Database.ExecuteSqlAsync(
            $"UPDATE patients.access_grants SET reason = NULL, ended_at = coalesce(ended_at, least(until, {now})) WHERE patient_id = {id}", ct);
    }

    private async Task EraseWordsAsync(Guid? id, string[] names, string[] literals, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync(
            $"UPDATE patients.allergies SET substance = platform.without(substance, {names}, {literals}), reaction = platform.without(reaction, {names}, {literals}) WHERE patient_id = {id}", ct);
        await db.Database.ExecuteSqlAsync(
            $"UPDATE patients.conditions SET text = platform.without(text, {names}, {literals}) WHERE patient_id = {id}", ct);
        await db.Database.ExecuteSqlAsync(
            $"UPDATE patients.medications SET name = platform.without(name, {names}, {literals}), dosage = platform.without(dosage, {names}, {literals}), frequency = platform.without(frequency, {names}, {literals}) WHERE patient_id = {id}", ct);
        await db.Database.ExecuteSqlAsync(
            $"UPDATE patients.immunisations SET vaccine = platform.without(vaccine, {names}, {literals}), lot = platform.without(lot, {names}, {literals}) WHERE patient_id = {id}", ct);
        await db.Database.ExecuteSqlAsync(
            $"UPDATE patients.notes SET content = platform.without(content, {names}, {literals}) WHERE patient_id = {id}", ct);

        // What is sealed goes with the person's key.
        await db.Database.ExecuteSqlAsync($"UPDATE patients.break_glass SET reason = '[erased]' WHERE patient_id = {id} AND reason IS NOT NULL", ct);
        await db.Database.ExecuteSqlAsync(
            $"UPDATE patients.legal_holds SET reason = platform.without(reason, {names}, {literals}) WHERE patient_id = {id}", ct);
    }
}
