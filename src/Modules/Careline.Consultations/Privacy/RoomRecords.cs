using Careline.Consultations.Consultations;
using Careline.Consultations.VisitRoom;
using Careline.Platform.Privacy;

namespace Careline.Consultations.Privacy;

/// <summary>
/// What rooms hold of people: who came and went, where the patient was and how they were reached, who was asked in. To the patient of a visit all of it, to others what they did
/// themselves. An erasure leaves who came and went by their ids; where somebody was goes at once.
/// </summary>
internal sealed class RoomRecords(CarelineDb db, FieldCipher cipher)
{
    public IEnumerable<PersonalTable> Export(PersonKeys person, IQueryable<Consultation> own)
    {
        var account = person.AccountId;
        var visits = own.Select(c => c.Id);
        yield return new PersonalTable("rooms", db.Set<Room>().Where(r => visits.Contains(r.ConsultationId)).OrderBy(r => r.ConsultationId)
            .Select(r => new { r.ConsultationId, r.Name, r.Mode, r.CreatedAt }).AsAsyncEnumerable());
        yield return new PersonalTable("seats", db.Set<Seat>().Where(s => visits.Contains(s.ConsultationId) || s.AccountId == account).OrderBy(s => s.ConsultationId).ThenBy(s => s.AccountId)
            .Select(s => new { s.ConsultationId, s.AccountId, s.Role, s.SeenAt, s.LeftAt, s.AdmittedAt }).AsAsyncEnumerable());
        yield return new PersonalTable("guests", db.Set<Guest>().Where(g => visits.Contains(g.ConsultationId) || g.AccountId == account || g.InvitedBy == account).OrderBy(g => g.Id)
            .Select(g => new { g.Id, g.ConsultationId, g.Kind, Name = visits.Contains(g.ConsultationId) || g.AccountId == account ? g.Name : null, g.InvitedBy, g.CreatedAt, g.ExpiresAt, g.AccountId, g.AcceptedAt, g.RevokedAt }).AsAsyncEnumerable());
        yield return new PersonalTable("confirmations", ConfirmationsAsync(
            db.Set<Confirmation>().Where(c => visits.Contains(c.ConsultationId) || c.AccountId == account).OrderBy(c => c.Id)));
        yield return new PersonalTable("room_events", db.Set<RoomEvent>().Where(e => visits.Contains(e.ConsultationId) || e.ActorId == account).OrderBy(e => e.Id)
            .Select(e => new { e.Id, e.ConsultationId, e.At, e.ActorId, e.Kind, e.SubjectId, e.Mode, Reason = visits.Contains(e.ConsultationId) ? e.Reason : null }).AsAsyncEnumerable());
    }

    public async Task EraseAsync(PersonKeys person, CancellationToken ct)
    {
        var (id, account, names, literals) = (person.PatientId, person.AccountId, person.Names, person.Literals);
        await db.Database.ExecuteSqlAsync(
            $"""
            DELETE FROM consultations.confirmations t USING consultations.consultations c
            WHERE c.id = t.consultation_id AND (c.patient_id = {id} OR t.account_id = {account})
            """,
            ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE consultations.guests t SET name = t.kind FROM consultations.consultations c
            WHERE c.id = t.consultation_id AND (c.patient_id = {id} OR t.account_id = {account})
            """,
            ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE consultations.room_events t SET reason = platform.without(t.reason, {names}, {literals})
            FROM consultations.consultations c WHERE c.id = t.consultation_id AND c.patient_id = {id}
            """,
            ct);
        await db.Database.ExecuteSqlAsync(
            $"DELETE FROM consultations.room_frames t USING consultations.consultations c WHERE c.id = t.consultation_id AND c.patient_id = {id}", ct);
    }

    public async Task RemoveKeptAsync(Guid patientId, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync(
            $"DELETE FROM consultations.room_events t USING consultations.consultations c WHERE c.id = t.consultation_id AND c.patient_id = {patientId}", ct);
        await db.Database.ExecuteSqlAsync(
            $"DELETE FROM consultations.confirmations t USING consultations.consultations c WHERE c.id = t.consultation_id AND c.patient_id = {patientId}", ct);
        await db.Database.ExecuteSqlAsync(
            $"DELETE FROM consultations.guests t USING consultations.consultations c WHERE c.id = t.consultation_id AND c.patient_id = {patientId}", ct);
        await db.Database.ExecuteSqlAsync(
            $"DELETE FROM consultations.seats t USING consultations.consultations c WHERE c.id = t.consultation_id AND c.patient_id = {patientId}", ct);
        await db.Database.ExecuteSqlAsync(
            $"DELETE FROM consultations.rooms t USING consultations.consultations c WHERE c.id = t.consultation_id AND c.patient_id = {patientId}", ct);
    }

    private async IAsyncEnumerable<object> ConfirmationsAsync(IQueryable<Confirmation> confirmations)
    {
        await foreach (var c in confirmations.AsAsyncEnumerable())
        {
            yield return new { c.Id, c.ConsultationId, c.AccountId, c.ConfirmedAt, Place = c.ReadPlace(cipher), CallbackNumber = c.ReadNumber(cipher) };
        }
    }
}
