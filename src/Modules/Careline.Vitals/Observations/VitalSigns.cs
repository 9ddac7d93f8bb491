using System.Linq.Expressions;
using Careline.Patients.Contracts;
using Careline.Platform.Data;
using Careline.Vitals.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Careline.Vitals.Observations;

internal sealed class VitalSigns(CarelineDb db, IClinicalAlerts alerts) : IVitals
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
        Observations = set.Observations
            .Select(o => new ObservationRow { Measure = o.Measure, Code = o.Code, Value = o.Value, Text = o.TextValue, Unit = o.Unit }).ToList(),
    };

    private static readonly Func<VitalSet, VitalSetRow> _asRow = _row.Compile();

    public IQueryable<VitalSetRow> Sets => db.Set<VitalSet>().Select(_row);

    public async Task<VitalSetRow> RecordAsync(VitalReading reading, CancellationToken ct)
    {
        var birthDate = await db.Set<PatientRow>().Where(p => p.Id == reading.PatientId).Select(p => p.DateOfBirth).FirstOrDefaultAsync(ct);
        var set = VitalSet.Of(reading, birthDate, db.Clock);
        db.Add(set);
        if (EarlyWarning.Of(set) is { } warning)
        {
            await alerts.RaiseAsync(warning with { ResponsibleAccountId = reading.ResponsibleAccountId, ClinicId = reading.ClinicId }, ct);
        }

        return _asRow(set);
    }
}
