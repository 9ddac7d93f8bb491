using Careline.Doctors.Presence;
using Careline.Doctors.Reviews;
using Careline.Platform.Privacy;

namespace Careline.Doctors.Privacy;

/// <summary>
/// What patients say of doctors: theirs to have. A doctor's own record does not hold it, since everybody reads it where it stands. A patient who is erased
/// takes the words and the name away; the stars stay, which tell nobody who it was, until no law keeps the visit.
/// </summary>
internal static class ReviewRecords
{
    public static IEnumerable<PersonalTable> Export(CarelineDb db, PersonKeys person)
    {
        var (patient, account, doctor) = (person.PatientId, person.AccountId, person.DoctorId);
        yield return new PersonalTable("presences", db.Set<DoctorPresence>().Where(p => p.DoctorId == doctor)
            .Select(p => new { p.DoctorId, p.State, p.Note, p.SeenAt, p.ExpiresAt }).AsAsyncEnumerable());
        yield return new PersonalTable("reviewable_visits", db.Set<ReviewableVisit>().Where(v => v.PatientId == patient).OrderBy(v => v.CompletedAt)
            .Select(v => new { v.AppointmentId, v.DoctorId, v.PatientId, v.CompletedAt }).AsAsyncEnumerable());
        yield return new PersonalTable(
            "reviews",
            db.Set<Review>().Where(r => r.PatientId == patient || r.AuthorId == account).OrderBy(r => r.Id).Select(r => new
            {
                r.Id,
                r.DoctorId,
                r.AppointmentId,
                r.PatientId,
                r.AuthorId,
                r.AuthorName,
                r.Rating,
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
        yield return new PersonalTable("review_reports", db.Set<ReviewReport>().Where(p => p.AccountId == account).OrderBy(p => p.CreatedAt)
            .Select(p => new { p.ReviewId, p.AccountId, p.Reason, p.CreatedAt, p.AnsweredAt }).AsAsyncEnumerable());
        yield return new PersonalTable("review_decisions", (
            from d in db.Set<ReviewDecision>()
            join r in db.Set<Review>() on d.ReviewId equals r.Id
            where r.PatientId == patient || r.AuthorId == account
            orderby d.Id
            select new { d.Id, d.ReviewId, d.DecidedBy, d.IsHidden, d.Reason, d.At }).AsAsyncEnumerable());
    }

    public static async Task EraseAsync(CarelineDb db, PersonKeys person, CancellationToken ct)
    {
        var (patient, account, names, literals) = (person.PatientId, person.AccountId, person.Names, person.Literals);
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE doctors.reviews SET author_name = 'A patient', comment = NULL, reply = platform.without(reply, {names}, {literals}),
                hidden_reason = platform.without(hidden_reason, {names}, {literals}), version = version + 1
            WHERE patient_id = {patient} OR author_id = {account}
            """,
            ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE doctors.review_decisions d SET reason = platform.without(d.reason, {names}, {literals})
            FROM doctors.reviews r WHERE r.id = d.review_id AND (r.patient_id = {patient} OR r.author_id = {account})
            """,
            ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE doctors.review_reports p SET reason = platform.without(p.reason, {names}, {literals})
            FROM doctors.reviews r WHERE r.id = p.review_id AND (r.patient_id = {patient} OR r.author_id = {account})
            """,
            ct);
        await db.Set<ReviewReport>().Where(p => p.AccountId == account).ExecuteDeleteAsync(ct);
    }

    /// <summary>With the visits go their reviews, and the doctors' means follow.</summary>
    public static async Task RemoveKeptAsync(CarelineDb db, Guid patientId, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync(
            $"DELETE FROM doctors.review_decisions d USING doctors.reviews r WHERE r.id = d.review_id AND r.patient_id = {patientId}", ct);
        await db.Database.ExecuteSqlAsync(
            $"DELETE FROM doctors.review_reports p USING doctors.reviews r WHERE r.id = p.review_id AND r.patient_id = {patientId}", ct);
        await db.Database.ExecuteSqlAsync($"DELETE FROM doctors.reviews WHERE patient_id = {patientId}", ct);
        await db.Database.ExecuteSqlAsync($"DELETE FROM doctors.reviewable_visits WHERE patient_id = {patientId}", ct);
    }
}
