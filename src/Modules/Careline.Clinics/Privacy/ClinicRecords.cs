using Careline.Clinics.Reviews;
using Careline.Clinics.Staff;
using Careline.Platform.Privacy;

namespace Careline.Clinics.Privacy;

/// <summary>
/// Where the person works or worked, and what a patient says of clinics: the words and the name go with an erasure, the stars stay, which tell nobody who it was,
/// until no law keeps the visit.
/// </summary>
internal sealed class ClinicRecords(CarelineDb db) : IPersonalRecords
{
    public string Schema => "clinics";

    public IEnumerable<PersonalTable> Export(PersonKeys person)
    {
        var (account, patient) = (person.AccountId, person.PatientId);
        var mine = db.Set<ClinicReview>().Where(r => r.PatientId == patient || r.AuthorId == account);
        yield return new PersonalTable("staff", db.Set<StaffMember>().Where(s => s.AccountId == account).OrderBy(s => s.Id)
            .Select(s => new { s.Id, s.ClinicId, s.AccountId, s.Role, s.JoinedAt, s.LeftAt }).AsAsyncEnumerable());
        yield return new PersonalTable("staff_hours", (
            from h in db.Set<StaffHours>()
            join s in db.Set<StaffMember>() on h.StaffId equals s.Id
            where s.AccountId == account
            select new { h.Id, h.StaffId, h.Weekday, h.StartTime, h.EndTime }).AsAsyncEnumerable());
        yield return new PersonalTable("reviewable_visits", db.Set<ReviewableVisit>().Where(v => v.PatientId == patient).OrderBy(v => v.CompletedAt)
            .Select(v => new { v.AppointmentId, v.ClinicId, v.PatientId, v.CompletedAt }).AsAsyncEnumerable());
        yield return new PersonalTable("reviews", mine.OrderBy(r => r.Id).Select(r => new
        {
            r.Id,
            r.ClinicId,
            r.AppointmentId,
            r.PatientId,
            r.AuthorId,
            r.AuthorName,
            r.Rating,
            r.Staff,
            r.Cleanliness,
            r.WaitingTime,
            r.Value,
            r.Comment,
            r.Reply,
            r.RepliedAt,
            r.HiddenAt,
            r.HiddenBy,
            r.HiddenReason,
            r.CreatedAt,
            r.UpdatedAt,
            r.RemovedAt,
        }).AsAsyncEnumerable());
        yield return new PersonalTable("review_reports", db.Set<ClinicReviewReport>().Where(p => p.AccountId == account).OrderBy(p => p.CreatedAt)
            .Select(p => new { p.ReviewId, p.AccountId, p.Reason, p.CreatedAt, p.AnsweredAt }).AsAsyncEnumerable());
        yield return new PersonalTable("review_decisions", (
            from d in db.Set<ClinicReviewDecision>()
            join r in mine on d.ReviewId equals r.Id
            orderby d.Id
            select new { d.Id, d.ReviewId, d.DecidedBy, d.IsHidden, d.Reason, d.At }).AsAsyncEnumerable());
    }

    // Who worked where is ids only, and explains who could see what.
    public async Task EraseAsync(PersonKeys person, CancellationToken ct)
    {
        var (patient, account, names, literals) = (person.PatientId, person.AccountId, person.Names, person.Literals);
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE clinics.reviews SET author_name = 'A patient', comment = NULL, reply = platform.without(reply, {names}, {literals}),
                hidden_reason = platform.without(hidden_reason, {names}, {literals}), version = version + 1
            WHERE patient_id = {patient} OR author_id = {account}
            """,
            ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE clinics.review_decisions d SET reason = platform.without(d.reason, {names}, {literals})
            FROM clinics.reviews r WHERE r.id = d.review_id AND (r.patient_id = {patient} OR r.author_id = {account})
            """,
            ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE clinics.review_reports p SET reason = platform.without(p.reason, {names}, {literals})
            FROM clinics.reviews r WHERE r.id = p.review_id AND (r.patient_id = {patient} OR r.author_id = {account})
            """,
            ct);
        await db.Set<ClinicReviewReport>().Where(p => p.AccountId == account).ExecuteDeleteAsync(ct);
    }

    public async Task RemoveKeptAsync(Guid patientId, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync(
            $"DELETE FROM clinics.review_decisions d USING clinics.reviews r WHERE r.id = d.review_id AND r.patient_id = {patientId}", ct);
        await db.Database.ExecuteSqlAsync(
            $"DELETE FROM clinics.review_reports p USING clinics.reviews r WHERE r.id = p.review_id AND r.patient_id = {patientId}", ct);
        await db.Database.ExecuteSqlAsync($"DELETE FROM clinics.reviews WHERE patient_id = {patientId}", ct);
        await db.Database.ExecuteSqlAsync($"DELETE FROM clinics.reviewable_visits WHERE patient_id = {patientId}", ct);
    }
}
