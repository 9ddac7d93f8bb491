using Careline.Files.Contracts;
using Careline.Labs.Collections;
using Careline.Labs.Imports;
using Careline.Labs.Orders;
using Careline.Labs.Results;
using Careline.Labs.Samples;
using Careline.Patients.Contracts;
using Careline.Platform.Privacy;

namespace Careline.Labs.Privacy;

/// <summary>
/// What was ordered for a patient and what came of it. Of results that no doctor has released yet an export says that there are some: what they say is told by the
/// doctor first. Of what a result said before it was corrected it says the same. An erasure leaves the numbers under the keys alone and takes the person out of the words.
/// </summary>
internal sealed class LabRecords(CarelineDb db, IFiles files, FieldCipher cipher) : IPersonalRecords
{
    public string Schema => "labs";

    public IEnumerable<PersonalTable> Export(PersonKeys person)
    {
        var patient = person.PatientId;
        var own = db.Set<LabOrder>().Where(o => o.PatientId == patient);
        yield return new PersonalTable("orders", own.OrderBy(o => o.Id).Select(o => new
        {
            o.Id,
            o.Number,
            o.PatientId,
            o.DoctorId,
            o.ConsultationId,
            o.ClinicId,
            o.IsClinicOfCollection,
            o.Priority,
            o.ClinicalQuestion,
            o.IsPregnant,
            o.Status,
            o.CancelReason,
            o.OrderedBy,
            o.OrderedAt,
            o.ClosedAt,
            o.UpdatedAt,
        }).AsAsyncEnumerable());
        yield return new PersonalTable("order_lines", (
            from l in db.Set<LabOrderLine>()
            join o in own on l.OrderId equals o.Id
            orderby l.OrderId, l.Position
            select new { l.Id, l.OrderId, l.Position, l.TestId, l.TestCode, l.TestName, l.PanelId, l.PanelName, l.PriceAmount, l.PriceCurrency }).AsAsyncEnumerable());
        yield return new PersonalTable("samples", (
            from s in db.Set<Sample>()
            join o in own on s.OrderId equals o.Id
            orderby s.Id
            select new
            {
                s.Id,
                s.OrderId,
                s.Accession,
                s.Specimen,
                s.Container,
                s.Status,
                s.CollectedBy,
                s.CollectedAt,
                s.ReceivedBy,
                s.ReceivedAt,
                s.RejectedBy,
                s.RejectedAt,
                s.RejectionReason,
                s.RejectionNote,
            }).AsAsyncEnumerable());
        yield return new PersonalTable("collections", db.Set<Collection>().Where(c => c.PatientId == patient).OrderBy(c => c.Id).Select(c => new
        {
            c.Id,
            c.OrderId,
            c.PatientId,
            c.ClinicId,
            c.Mode,
            c.StartsAt,
            c.EndsAt,
            c.Place,
            c.Capacity,
            c.Address,
            c.ContactPhone,
            c.Notes,
            c.Status,
            c.CancelReason,
            c.BookedBy,
            c.CreatedAt,
            c.UpdatedAt,
        }).AsAsyncEnumerable());
        yield return new PersonalTable("quarantined_results", db.Set<QuarantinedResult>().Where(q => q.PatientId == patient).OrderBy(q => q.Id).Select(q => new
        {
            q.Id,
            q.MessageId,
            q.Position,
            q.Reason,
            q.ClinicId,
            q.PatientId,
            q.Status,
            q.ResultId,
            q.ResolvedBy,
            q.ResolvedAt,
            q.DismissReason,
            q.CreatedAt,
        }).AsAsyncEnumerable());
        yield return new PersonalTable("results", ResultsAsync(patient));
        yield return new PersonalTable("result_versions", VersionsAsync(patient));
    }

    public async Task EraseAsync(PersonKeys person, CancellationToken ct)
    {
        var (id, names, literals) = (person.PatientId, person.Names, person.Literals);
        var unmatched = await UnmatchedAsync(id, ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE labs.orders SET clinical_question = platform.without(clinical_question, {names}, {literals}), cancel_reason = platform.without(cancel_reason, {names}, {literals})
            WHERE patient_id = {id}
            """,
            ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE labs.samples s SET rejection_note = platform.without(s.rejection_note, {names}, {literals})
            FROM labs.orders o WHERE o.id = s.order_id AND o.patient_id = {id}
            """,
            ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE labs.collections SET address = NULL, contact_phone = NULL, notes = NULL, cancel_reason = NULL,
                status = CASE WHEN status = 'booked' THEN 'cancelled' ELSE status END, updated_at = {db.Now}, version = version + 1
            WHERE patient_id = {id}
            """,
            ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE labs.quarantined_results SET content = NULL, patient_id = {id}, dismiss_reason = platform.without(dismiss_reason, {names}, {literals}),
                status = CASE WHEN status = 'open' THEN 'dismissed' ELSE status END, resolved_at = coalesce(resolved_at, {db.Now}), version = version + 1
            WHERE patient_id = {id} OR id = ANY({unmatched})
            """,
            ct);
        await EraseResultsAsync(id, names, literals, ct);
    }

    public async Task RemoveKeptAsync(Guid patientId, CancellationToken ct)
    {
        foreach (var report in await db.Set<LabResult>().Where(r => r.PatientId == patientId && r.ReportFileId != null).Select(r => r.ReportFileId!.Value).ToListAsync(ct))
        {
            await files.ReleaseAsync(report, null, ct);
        }

        await db.Database.ExecuteSqlAsync(
            $"DELETE FROM labs.quarantined_results WHERE patient_id = {patientId} OR result_id IN (SELECT id FROM labs.results WHERE patient_id = {patientId})", ct);
        await db.Database.ExecuteSqlAsync($"DELETE FROM labs.collections WHERE patient_id = {patientId}", ct);
        await db.Database.ExecuteSqlAsync($"DELETE FROM labs.samples s USING labs.orders o WHERE o.id = s.order_id AND o.patient_id = {patientId}", ct);
        await db.Database.ExecuteSqlAsync($"DELETE FROM labs.result_versions v USING labs.results r WHERE r.id = v.result_id AND r.patient_id = {patientId}", ct);
        await db.Database.ExecuteSqlAsync($"DELETE FROM labs.results WHERE patient_id = {patientId}", ct);
        await db.Database.ExecuteSqlAsync($"DELETE FROM labs.order_lines l USING labs.orders o WHERE o.id = l.order_id AND o.patient_id = {patientId}", ct);
        await db.Database.ExecuteSqlAsync($"DELETE FROM labs.orders WHERE patient_id = {patientId}", ct);
    }

    private async Task EraseResultsAsync(Guid? id, string[] names, string[] literals, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE labs.results SET text_value = platform.without(text_value, {names}, {literals}), note = platform.without(note, {names}, {literals}),
                review_note = platform.without(review_note, {names}, {literals}),
                report_name = CASE WHEN report_name IS NULL THEN NULL ELSE 'report' || coalesce(substring(report_name from '\.[A-Za-z0-9]+$'), '') END
            WHERE patient_id = {id}
            """,
            ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE labs.result_versions v SET said = platform.without(v.said::text, {names}, {literals})::jsonb, reason = platform.without(v.reason, {names}, {literals})
            FROM labs.results r WHERE r.id = v.result_id AND r.patient_id = {id}
            """,
            ct);
    }

    // What waits without a patient, and names the person by number; or by an order, where it names no other patient.
    private async Task<Guid[]> UnmatchedAsync(Guid? patient, CancellationToken ct)
    {
        var number = await db.Set<PatientRow>().Where(p => p.Id == patient).Select(p => p.Number).FirstOrDefaultAsync(ct);
        var orders = db.Set<LabOrder>().Where(o => o.PatientId == patient);
        var own = (await orders.Select(o => o.Number).Concat(from s in db.Set<Sample>() join o in orders on s.OrderId equals o.Id select s.Accession).ToListAsync(ct)).ToHashSet();
        var found = new List<Guid>();
        await foreach (var row in db.Set<QuarantinedResult>().Where(q => patient != null && q.PatientId == null && q.Content != null).AsAsyncEnumerable().WithCancellation(ct))
        {
            if (row.Sent(cipher) is { } sent && (sent.PatientNumbers.Any(n => n == number)
                || (row.Reason == QuarantineReason.UnknownPatient && sent.OrderNumbers.Concat(sent.Accessions).Any(own.Contains))))
            {
                found.Add(row.Id);
            }
        }

        return [.. found];
    }

    private async IAsyncEnumerable<object> ResultsAsync(Guid? patient)
    {
        await foreach (var r in db.Set<LabResult>().Where(r => r.PatientId == patient).OrderBy(r => r.Id).AsAsyncEnumerable())
        {
            var said = r.ReleasedAt is null ? null : r;
            yield return new
            {
                r.Id,
                r.OrderId,
                r.PatientId,
                r.TestId,
                r.SubId,
                r.TestName,
                r.Loinc,
                r.State,
                r.Source,
                said?.Value,
                said?.Comparator,
                said?.Unit,
                said?.Answer,
                said?.TextValue,
                said?.CanonicalValue,
                said?.CanonicalUnit,
                said?.Low,
                said?.High,
                said?.CriticalLow,
                said?.CriticalHigh,
                said?.Flag,
                said?.IsCritical,
                said?.SenderFlags,
                said?.SenderRange,
                said?.Note,
                r.ObservedAt,
                said?.ReportFileId,
                said?.ReportName,
                r.EnteredAt,
                r.FinalAt,
                r.ReviewedBy,
                r.ReviewedAt,
                said?.ReviewNote,
                r.ReleasedAt,
                r.UpdatedAt,
                r.Versions,
            };
        }
    }

    private async IAsyncEnumerable<object> VersionsAsync(Guid? patient)
    {
        var versions =
            from v in db.Set<ResultVersion>()
            join r in db.Set<LabResult>() on v.ResultId equals r.Id
            where r.PatientId == patient
            orderby v.ResultId, v.Number
            select new { Version = v, r.ReleasedAt, r.Versions };
        await foreach (var v in versions.AsAsyncEnumerable())
        {
            var isShown = v.ReleasedAt is not null && v.Version.Number == v.Versions;
            yield return new
            {
                v.Version.Id,
                v.Version.ResultId,
                v.Version.Number,
                v.Version.State,
                Said = isShown ? v.Version.Said : null,
                Reason = isShown ? v.Version.Reason : null,
                v.Version.SaidBy,
                v.Version.Source,
                v.Version.At,
            };
        }
    }
}
