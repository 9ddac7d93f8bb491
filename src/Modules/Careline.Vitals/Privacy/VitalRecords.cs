using Careline.Platform.Privacy;
using Careline.Vitals.Alerts;
using Careline.Vitals.Devices;
using Careline.Vitals.Observations;
using Careline.Vitals.Targets;

namespace Careline.Vitals.Privacy;

/// <summary>What was measured of a patient, by whom and by what, and what was done about it.</summary>
internal sealed class VitalRecords(CarelineDb db) : IPersonalRecords
{
    public string Schema => "vitals";

    public IEnumerable<PersonalTable> Export(PersonKeys person)
    {
        var patient = person.PatientId;
        yield return new PersonalTable("vital_sets", db.Set<VitalSet>().Where(s => s.PatientId == patient).OrderBy(s => s.Id).Select(s => new
        {
            s.Id,
            s.PatientId,
            s.ConsultationId,
            s.Bmi,
            s.News2Score,
            s.News2Risk,
            s.News2Scale,
            s.News2Why,
            s.PewsScore,
            s.PewsWhy,
            s.DeviceId,
            s.RecordedAt,
            s.RecordedBy,
        }).AsAsyncEnumerable());
        yield return new PersonalTable("observations", db.Set<Observation>().Where(o => o.PatientId == patient).OrderBy(o => o.Id)
            .Select(o => new { o.Id, o.SetId, o.PatientId, o.Measure, o.Code, o.Value, o.TextValue, o.Unit, o.Flag, o.ObservedAt }).AsAsyncEnumerable());
        yield return new PersonalTable("targets", db.Set<VitalTarget>().Where(t => t.PatientId == patient).OrderBy(t => t.Id)
            .Select(t => new { t.Id, t.PatientId, t.Measure, t.Low, t.High, t.RaisesAlert, t.SetBy, t.SetAt, t.EndedBy, t.EndedAt }).AsAsyncEnumerable());
        yield return new PersonalTable("devices", db.Set<Device>().Where(d => d.PatientId == patient).OrderBy(d => d.Id)
            .Select(d => new { d.Id, d.PatientId, d.Name, d.PairedBy, d.PairedAt, d.LastSeenAt, d.RevokedBy, d.RevokedAt }).AsAsyncEnumerable());
        yield return new PersonalTable("device_readings", db.Set<DeviceReading>().Where(r => r.PatientId == patient).OrderBy(r => r.ReceivedAt).ThenBy(r => r.ReadingId)
            .Select(r => new { r.DeviceId, r.ReadingId, r.PatientId, r.Measure, r.Value, r.Unit, r.MeasuredAt, r.ReceivedAt, r.Status, r.Why, r.SetId }).AsAsyncEnumerable());

        // Those of a laboratory's result would tell of one that was not released yet; the result itself is exported by its module.
        var alerts = db.Set<ClinicalAlert>().Where(a => a.PatientId == patient && a.Source != AlertSource.LabResult);
        yield return new PersonalTable("alerts", alerts.OrderBy(a => a.Id).Select(a => new
        {
            a.Id,
            a.PatientId,
            a.Source,
            a.SourceId,
            a.Title,
            a.Severity,
            a.Status,
            a.ResponsibleId,
            a.ClinicId,
            a.Round,
            a.Step,
            a.NextStep,
            a.NextStepAt,
            a.RaisedAt,
            a.AcknowledgedBy,
            a.AcknowledgedAt,
            a.ResolvedAt,
        }).AsAsyncEnumerable());
        yield return new PersonalTable("alert_acts", (
            from act in db.Set<AlertAct>()
            join a in alerts on act.AlertId equals a.Id
            orderby act.Id
            select new { act.Id, act.AlertId, act.Action, act.ActorId, act.ToId, act.At }).AsAsyncEnumerable());
    }

    public async Task EraseAsync(PersonKeys person, CancellationToken ct)
    {
        var (id, account, now, names, literals) = (person.PatientId, person.AccountId, db.Now, person.Names, person.Literals);
        await db.Database.ExecuteSqlAsync($"DELETE FROM vitals.pairing_codes WHERE patient_id = {id} OR created_by = {account}", ct);
        await db.Database.ExecuteSqlAsync(
            $"UPDATE vitals.devices SET name = 'device', revoked_by = coalesce(revoked_by, paired_by), revoked_at = coalesce(revoked_at, {now}) WHERE patient_id = {id}", ct);

        // The device chose it, and may have put anything into it.
        await db.Database.ExecuteSqlAsync(
            $"UPDATE vitals.device_readings SET reading_id = encode(sha256(convert_to(reading_id, 'UTF8')), 'hex') WHERE patient_id = {id}", ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE vitals.alerts SET status = 'resolved', resolved_at = {now}, next_step = NULL, next_step_at = NULL, version = version + 1
            WHERE patient_id = {id} AND status <> 'resolved'
            """,
            ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE vitals.alert_acts t SET note = platform.without(t.note, {names}, {literals})
            FROM vitals.alerts a WHERE a.id = t.alert_id AND a.patient_id = {id}
            """,
            ct);
    }

    public async Task RemoveKeptAsync(Guid patientId, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"DELETE FROM vitals.alert_calls c USING vitals.alerts a WHERE a.id = c.alert_id AND a.patient_id = {patientId}", ct);
        await db.Database.ExecuteSqlAsync($"DELETE FROM vitals.alert_acts t USING vitals.alerts a WHERE a.id = t.alert_id AND a.patient_id = {patientId}", ct);
        await db.Database.ExecuteSqlAsync($"DELETE FROM vitals.alerts WHERE patient_id = {patientId}", ct);
        await db.Database.ExecuteSqlAsync($"DELETE FROM vitals.targets WHERE patient_id = {patientId}", ct);
        await db.Database.ExecuteSqlAsync($"DELETE FROM vitals.device_readings WHERE patient_id = {patientId}", ct);
        await db.Database.ExecuteSqlAsync($"DELETE FROM vitals.observations WHERE patient_id = {patientId}", ct);
        await db.Database.ExecuteSqlAsync($"DELETE FROM vitals.vital_sets WHERE patient_id = {patientId}", ct);
        await db.Database.ExecuteSqlAsync($"DELETE FROM vitals.devices WHERE patient_id = {patientId}", ct);
    }
}
