using Careline.Consultations.Addenda;
using Careline.Consultations.Charges;
using Careline.Consultations.Consultations;
using Careline.Consultations.Diagnoses;
using Careline.Consultations.History;
using Careline.Consultations.Notes;
using Careline.Platform.Privacy;

namespace Careline.Consultations.Privacy;

/// <summary>
/// A patient's visits as the patient reads them: no private notes, no former wording (which may hold private notes), and nothing of a document
/// whose visit has not begun but that it exists.
/// </summary>
internal sealed class ConsultationRecords(CarelineDb db, RoomRecords rooms) : IPersonalRecords
{
    public string Schema => "consultations";

    public IEnumerable<PersonalTable> Export(PersonKeys person)
    {
        var patient = person.PatientId;
        var own = db.Set<Consultation>().Where(c => c.PatientId == patient);
        yield return new PersonalTable("consultations", own.OrderBy(c => c.Id).Select(c => new
        {
            c.Id,
            c.AppointmentId,
            c.PatientId,
            c.DoctorId,
            c.Status,
            ChiefComplaint = c.StartedAt == null ? null : c.ChiefComplaint,
            HistoryOfPresentIllness = c.StartedAt == null ? null : c.HistoryOfPresentIllness,
            MedicalHistory = c.StartedAt == null ? null : c.MedicalHistory,
            ExaminationFindings = c.StartedAt == null ? null : c.ExaminationFindings,
            Investigations = c.StartedAt == null ? null : c.Investigations,
            Assessment = c.StartedAt == null ? null : c.Assessment,
            Diagnosis = c.StartedAt == null ? null : c.Diagnosis,
            TreatmentPlan = c.StartedAt == null ? null : c.TreatmentPlan,
            FollowUpInstructions = c.StartedAt == null ? null : c.FollowUpInstructions,
            ReviewDate = c.StartedAt == null ? null : c.ReviewDate,
            c.StartedAt,
            c.EndedAt,
            c.DurationMinutes,
            c.CreatedBy,
            c.IsWrittenAfterwards,
            c.CreatedAt,
            c.UpdatedAt,
            c.DeletedAt,
        }).AsAsyncEnumerable());
        yield return new PersonalTable("notes", (
            from n in db.Set<ConsultationNote>()
            join c in own on n.ConsultationId equals c.Id
            orderby n.Id
            select new { n.Id, n.ConsultationId, n.NoteType, n.Title, n.Content, n.AuthorId, n.CreatedAt }).AsAsyncEnumerable());
        yield return new PersonalTable("diagnoses", db.Set<ConsultationDiagnosis>().Where(d => d.PatientId == patient).OrderBy(d => d.Id)
            .Select(d => new { d.Id, d.ConsultationId, d.PatientId, d.Text, d.Code, d.Kind, d.Confidence, d.AuthorId, d.CreatedAt }).AsAsyncEnumerable());
        yield return new PersonalTable("addenda", (
            from a in db.Set<Addendum>()
            join c in own on a.ConsultationId equals c.Id
            orderby a.Id
            select new { a.Id, a.ConsultationId, a.Content, a.AuthorId, a.CreatedAt }).AsAsyncEnumerable());
        yield return new PersonalTable("charges", (
            from h in db.Set<Charge>()
            join c in own on h.ConsultationId equals c.Id
            orderby h.Id
            select new { h.Id, h.ConsultationId, h.Description, h.Amount, h.Currency, h.ChargedBy, h.ChargedAt, h.WaivedAt }).AsAsyncEnumerable());
        yield return new PersonalTable("revisions", RevisionsAsync(own));
        foreach (var table in rooms.Export(person, own))
        {
            yield return table;
        }
    }

    // Even that there are private notes is not for the patient.
    private async IAsyncEnumerable<object> RevisionsAsync(IQueryable<Consultation> own)
    {
        var revisions = from r in db.Set<Revision>() join c in own on r.ConsultationId equals c.Id orderby r.Id select r;
        await foreach (var r in revisions.AsAsyncEnumerable())
        {
            yield return new { r.Id, r.ConsultationId, r.At, r.ActorId, r.Action, Fields = r.Fields.Where(f => f != "private_notes") };
        }
    }

    /// <summary>The documents stay, as the law asks of those who treated; who it was about does not stand in their words any more.</summary>
    public async Task EraseAsync(PersonKeys person, CancellationToken ct)
    {
        var (id, names, literals) = (person.PatientId, person.Names, person.Literals);
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE consultations.consultations SET chief_complaint = platform.without(chief_complaint, {names}, {literals}),
                history_of_present_illness = platform.without(history_of_present_illness, {names}, {literals}),
                medical_history = platform.without(medical_history, {names}, {literals}),
                examination_findings = platform.without(examination_findings, {names}, {literals}),
                investigations = platform.without(investigations, {names}, {literals}),
                assessment = platform.without(assessment, {names}, {literals}),
                diagnosis = platform.without(diagnosis, {names}, {literals}),
                treatment_plan = platform.without(treatment_plan, {names}, {literals}),
                follow_up_instructions = platform.without(follow_up_instructions, {names}, {literals}),
                private_notes = platform.without(private_notes, {names}, {literals})
            WHERE patient_id = {id}
            """,
            ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE consultations.notes t SET title = platform.without(t.title, {names}, {literals}), content = platform.without(t.content, {names}, {literals})
            FROM consultations.consultations c WHERE c.id = t.consultation_id AND c.patient_id = {id}
            """,
            ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE consultations.diagnoses t SET text = platform.without(t.text, {names}, {literals})
            FROM consultations.consultations c WHERE c.id = t.consultation_id AND c.patient_id = {id}
            """,
            ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE consultations.charges t SET description = platform.without(t.description, {names}, {literals})
            FROM consultations.consultations c WHERE c.id = t.consultation_id AND c.patient_id = {person.PatientId}
            """,
            ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE consultations.addenda t SET content = platform.without(t.content, {names}, {literals})
            FROM consultations.consultations c WHERE c.id = t.consultation_id AND c.patient_id = {id}
            """,
            ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE consultations.revisions t SET replaced = platform.without(t.replaced::text, {names}, {literals})::jsonb
            FROM consultations.consultations c WHERE c.id = t.consultation_id AND c.patient_id = {id}
            """,
            ct);
        await rooms.EraseAsync(person, ct);
    }

    public async Task RemoveKeptAsync(Guid patientId, CancellationToken ct)
    {
        await rooms.RemoveKeptAsync(patientId, ct);
        await db.Database.ExecuteSqlAsync(
            $"DELETE FROM consultations.revisions t USING consultations.consultations c WHERE c.id = t.consultation_id AND c.patient_id = {patientId}", ct);
        await db.Database.ExecuteSqlAsync(
            $"DELETE FROM consultations.charges t USING consultations.consultations c WHERE c.id = t.consultation_id AND c.patient_id = {patientId}", ct);
        await db.Database.ExecuteSqlAsync(
            $"DELETE FROM consultations.addenda t USING consultations.consultations c WHERE c.id = t.consultation_id AND c.patient_id = {patientId}", ct);
        await db.Database.ExecuteSqlAsync(
            $"DELETE FROM consultations.diagnoses t USING consultations.consultations c WHERE c.id = t.consultation_id AND c.patient_id = {patientId}", ct);
        await db.Database.ExecuteSqlAsync(
            $"DELETE FROM consultations.notes t USING consultations.consultations c WHERE c.id = t.consultation_id AND c.patient_id = {patientId}", ct);
        await db.Database.ExecuteSqlAsync($"DELETE FROM consultations.consultations WHERE patient_id = {patientId}", ct);
    }
}
