using System.Linq.Expressions;
using Careline.Vitals.Targets;

namespace Careline.Vitals.Observations;

internal sealed class VitalSigns(CarelineDb db, IClinicalAlerts alerts, TargetWatch targets) : IVitals
{
    private static readonly Expression<Func<VitalSet, VitalSetRow>> _row = set => new VitalSetRow
    {
        Id = set.Id,
        PatientId = set.PatientId,
        ConsultationId = set.ConsultationId,
        RecordedAt = set.RecordedAt,
        RecordedBy = set.RecordedBy,
        Bmi = set.Bmi,
        News2Score = set.News2Score,
        News2Risk = set.News2Risk,
        News2Scale = set.News2Scale,
        News2Why = set.News2Why,
        PewsScore = set.PewsScore,
        PewsWhy = set.PewsWhy,
        DeviceId = set.DeviceId,
        Observations = set.Observations
            .Select(o => new ObservationRow { Measure = o.Measure, Code = o.Code, Value = o.Value, Text = o.TextValue, Unit = o.Unit, Flag = o.Flag }).ToList(),
    };

    private static readonly Func<VitalSet, VitalSetRow> _asRow = _row.Compile();

    public IQueryable<VitalSetRow> Sets => db.Set<VitalSet>().Select(_row);

    public async Task<VitalSetRow> RecordAsync(VitalReading reading, CancellationToken ct)
    {
        var patient = await PatientFacts.ReadAsync(db, reading.PatientId, ct);
        if (!patient.IsChildAt(DateOnly.FromDateTime(db.Now.UtcDateTime)))
        {
            AcceptRange.Check(reading.Measurements);
        }

        var set = VitalSet.Of(reading, patient, db.Clock);
        db.Add(set);
        if (EarlyWarning.Of(set) is { } warning)
        {
            await alerts.RaiseAsync(warning with { ResponsibleAccountId = reading.ResponsibleAccountId, ClinicId = reading.ClinicId }, ct);
        }

        await targets.LookAsync([set], patient.Targets, new TargetCaller(reading.ResponsibleAccountId, reading.ClinicId), ct);
        return _asRow(set);
    }
}
