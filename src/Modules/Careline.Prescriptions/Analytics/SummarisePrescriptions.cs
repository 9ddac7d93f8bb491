using Careline.Accounts.Contracts;
using Careline.Platform.Time;
using Careline.Prescriptions.Prescriptions;

namespace Careline.Prescriptions.Analytics;

/// <summary>What was prescribed in a stretch of days.</summary>
public sealed record PrescriptionFigures
{
    /// <summary>The first day, UTC.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The last day, UTC.</summary>
    public required DateOnly To { get; init; }

    /// <summary>Prescriptions that were signed in it.</summary>
    public required int Signed { get; init; }

    /// <summary>How many of them stand where now.</summary>
    public required IReadOnlyDictionary<string, int> ByStatus { get; init; }

    /// <summary>Medicines on them.</summary>
    public required int Lines { get; init; }

    /// <summary>Medicines of which nothing could be checked.</summary>
    public required int LinesNotChecked { get; init; }

    /// <summary>Medicines of which a pharmacy handed something out.</summary>
    public required int LinesDispensed { get; init; }

    /// <summary>The ten medicines most often prescribed; left out are those of fewer than five patients.</summary>
    public required IReadOnlyList<FigureOfMedicine> Medicines { get; init; }

    /// <summary>The rules that prescribers most often went past.</summary>
    public required IReadOnlyList<FigureOfRule> Overrides { get; init; }
}

/// <summary>How often a medicine was prescribed.</summary>
/// <param name="Medicine">Its generic name where it was given, else as written.</param>
/// <param name="Lines">How often.</param>
/// <param name="Patients">To how many.</param>
public sealed record FigureOfMedicine(string Medicine, int Lines, int Patients);

/// <summary>How often a finding was overridden.</summary>
/// <param name="Code">The rule.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="Overrides">How often.</param>
public sealed record FigureOfRule(string Code, SafetySeverity Severity, int Overrides);

/// <summary>Figures about prescribing, counted from the prescriptions themselves: a doctor's own, or everybody's for administrators.</summary>
internal static class SummarisePrescriptions
{
    private const int FewestPatients = 5;
    private const int Most = 10;

    public static void Map(RouteGroupBuilder prescriptions) => prescriptions.MapGet("/analytics/", Handle)
        .Named("SummarisePrescriptions", "Figures about prescribing in ?date_from= to ?date_to= (30 days to today): the doctor's own, all for administrators.")
        .ForRoles([Roles.Doctor, .. Roles.Administrators])
        .WithFilters("date_from", "date_to");

    private static async Task<Answer<PrescriptionFigures>> Handle(ListQuery query, Actor actor, CarelineDb db, CancellationToken ct)
    {
        var to = query.Date("date_to") ?? DateOnly.FromDateTime(db.Now.UtcDateTime);
        var from = query.Date("date_from") ?? to.AddDays(-29);
        if (from > to || to.DayNumber - from.DayNumber > 3660)
        {
            query.Fault("date_from", "Must not come after date_to, and at most ten years before it.");
        }

        query.Check();
        var (start, end) = (ZonedTimes.Day(from, "UTC").From, ZonedTimes.Day(to.AddDays(1), "UTC").From);
        var doctor = actor.IsAdmin ? null : actor.DoctorId ?? (Guid?)Guid.Empty;
        var signed = db.Set<Prescription>().Where(p => p.IssuedAt >= start && p.IssuedAt < end && (doctor == null || p.DoctorId == doctor));
        var lines = signed.SelectMany(p => p.Lines, (p, l) => new { p.PatientId, Medicine = (l.GenericName ?? l.MedicationName).ToLower(), l.SafetyCheck, l.Dispensed });
        var byStatus = await signed.GroupBy(p => p.Status).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(ct);
        var counts = await lines.GroupBy(_ => 1).Select(g => new
        {
            All = g.Count(),
            NotChecked = g.Count(l => l.SafetyCheck == SafetyCheck.NotChecked),
            Dispensed = g.Count(l => l.Dispensed > 0),
        }).FirstOrDefaultAsync(ct);
        return Answer.Ok(new PrescriptionFigures
        {
            From = from,
            To = to,
            Signed = byStatus.Sum(s => s.Count),
            ByStatus = byStatus.ToDictionary(s => EnumText<PrescriptionStatus>.Of(s.Key), s => s.Count),
            Lines = counts?.All ?? 0,
            LinesNotChecked = counts?.NotChecked ?? 0,
            LinesDispensed = counts?.Dispensed ?? 0,
            Medicines = await lines.GroupBy(l => l.Medicine)
                .Select(g => new { g.Key, Lines = g.Count(), Patients = g.Select(l => l.PatientId).Distinct().Count() })
                .Where(m => m.Patients >= FewestPatients).OrderByDescending(m => m.Lines).ThenBy(m => m.Key).Take(Most)
                .Select(m => new FigureOfMedicine(m.Key, m.Lines, m.Patients)).ToListAsync(ct),
            Overrides = await (
                from o in db.Set<Override>()
                join p in signed on o.PrescriptionId equals p.Id
                group o by new { o.Code, o.Severity } into g
                orderby g.Count() descending, g.Key.Code
                select new FigureOfRule(g.Key.Code, g.Key.Severity, g.Count())).Take(Most).ToListAsync(ct),
        });
    }
}
