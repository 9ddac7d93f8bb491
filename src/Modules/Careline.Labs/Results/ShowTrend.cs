using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Labs.Catalogue;
using Careline.Labs.Units;
using Careline.Patients.Contracts;

namespace Careline.Labs.Results;

/// <summary>One analyte of one patient over time, in one unit.</summary>
/// <param name="PatientId">The patient.</param>
/// <param name="TestId">The test.</param>
/// <param name="TestName">Its name.</param>
/// <param name="Loinc">LOINC code.</param>
/// <param name="Unit">The unit of all points.</param>
/// <param name="Points">The oldest first; at most the 500 newest.</param>
/// <param name="NotComparable">How many results of these times are not among the points, since their unit cannot be compared or they are no numbers.</param>
public sealed record LabTrendResponse(
    Guid PatientId, Guid TestId, string TestName, string? Loinc, string Unit, IReadOnlyList<LabTrendPoint> Points, int NotComparable);

/// <summary>One point of a trend.</summary>
/// <param name="ResultId">The result.</param>
/// <param name="ObservedAt">When it was measured.</param>
/// <param name="Value">In the trend's unit.</param>
/// <param name="Comparator">The sign before the number.</param>
/// <param name="State">How far it is.</param>
/// <param name="Flag">What it was by its range.</param>
/// <param name="Low">Its range, in the trend's unit.</param>
/// <param name="High">Its range, in the trend's unit.</param>
public sealed record LabTrendPoint(
    Guid ResultId, DateTimeOffset ObservedAt, decimal Value, Comparator? Comparator, ResultState State, Interpretation Flag, decimal? Low, decimal? High);

internal static class ShowTrend
{
    private const int MostPoints = 500;

    public static void Map(RouteGroupBuilder results) => results.MapGet("/trends/", Handle)
        .Named("ShowLabTrend", "One analyte of one patient over time in one unit: ?loinc= or ?test=, for staff ?patient=, if wanted ?unit=, ?from= and ?to=.")
        .ForRoles(Roles.RecordReaders).WithFilters("patient", "loinc", "test", "unit", "from", "to");

    private static async Task<Answer<LabTrendResponse>> Handle(ListQuery query, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var (patient, loinc, testId) = (query.Id("patient") ?? actor.PatientId, query.Text("loinc", 10), query.Id("test"));
        var (from, to, unit) = (query.Instant("from"), query.Instant("to"), query.Text("unit", 40));
        if (patient is null)
        {
            query.Fault("patient", "Say whose results.");
        }

        if (loinc is null && testId is null)
        {
            query.Fault("loinc", "Say which test, by loinc or test.");
        }

        query.Check();
        var test = await db.Set<LabTest>().FirstOrDefaultAsync(t => testId != null ? t.Id == testId : t.Loinc == loinc || t.OtherLoincs.Contains(loinc!), ct)
            ?? throw new InvalidInput(testId is null ? "loinc" : "test", "There is no such test.");
        if (patient != actor.PatientId && !await LabResult.VisibleTo(db, actor).AnyAsync(r => r.PatientId == patient, ct)
            && !await ClinicalCare.PatientsOf(db, actor).ContainsAsync(patient!.Value, ct))
        {
            throw ClinicalCare.Refuse(actor);
        }

        var rows = await LabResult.VisibleTo(db, actor)
            .Where(r => r.PatientId == patient && r.TestId == test.Id && r.State != ResultState.Cancelled && (from == null || r.ObservedAt >= from) && (to == null || r.ObservedAt < to))
            .OrderByDescending(r => r.ObservedAt).ThenByDescending(r => r.Id).Take(MostPoints).ToListAsync(ct);
        trail.About("lab_test", test.Id).Concerns(patient!.Value);
        return Answer.Ok(Of(patient.Value, test, Unit(test, unit), rows));
    }

    private static string Unit(LabTest test, string? asked)
    {
        if (test.Unit is not { } own)
        {
            throw new InvalidInput("loinc", "This test has no numbers.");
        }

        return asked is null || UnitConversion.Convert(1, own, asked, test.Analyte) is not null ? asked ?? own : throw new InvalidInput("unit", $"{own} cannot be converted to it.");
    }

    private static LabTrendResponse Of(Guid patient, LabTest test, string unit, List<LabResult> newestFirst)
    {
        var points = newestFirst.Select(r => (Result: r, Value: In(r, r.CanonicalValue))).Where(p => p.Value is not null)
            .Select(p => new LabTrendPoint(
                p.Result.Id, p.Result.ObservedAt, p.Value!.Value, p.Result.Comparator, p.Result.State, p.Result.Flag, In(p.Result, p.Result.Low), In(p.Result, p.Result.High)))
            .Reverse().ToList();
        return new LabTrendResponse(patient, test.Id, test.Name, test.Loinc, unit, points, newestFirst.Count - points.Count);

        decimal? In(LabResult result, decimal? value) => value is null ? null : UnitConversion.Convert(value.Value, result.CanonicalUnit, unit, test.Analyte);
    }
}
