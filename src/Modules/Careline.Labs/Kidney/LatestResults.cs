using Careline.Labs.Catalogue;
using Careline.Labs.Results;
using Careline.Labs.Units;
using Careline.Patients.Contracts;

namespace Careline.Labs.Kidney;

internal sealed class LatestResults(CarelineDb db) : ILatestResults
{
    private const string Creatinine = "2160-0";
    private const string Egfr = "98979-8";

    // Beyond them no human value comes near: a slip of the point, or of the unit.
    private const decimal LeastCreatinine = 0.1m;
    private const decimal MostCreatinine = 75;
    private const decimal LeastEgfr = 1;
    private const decimal MostEgfr = 250;

    // What the equation is in, whatever the catalogue is; the creatinine's molar mass is no setting of a practice.
    private static readonly Analyte _creatinine = new(113.12m, null);
    private static readonly Unit _egfrUnit = UnitTable.Find("mL/min/{1.73_m2}")!;

    public async Task<IReadOnlyDictionary<string, LatestResult>> OfAsync(Guid patientId, IReadOnlyCollection<string> loincs, CancellationToken ct)
    {
        var codes = loincs.ToArray();
        var tests = await db.Set<LabTest>().Where(t => codes.Contains(t.Loinc) || t.OtherLoincs.Any(o => codes.Contains(o)))
            .Select(t => new { t.Id, t.Loinc, t.OtherLoincs }).ToListAsync(ct);
        var ids = tests.Select(t => t.Id).ToArray();
        var newest = await db.Set<LabResult>()
            .Where(r => r.PatientId == patientId && ids.Contains(r.TestId) && (r.State == ResultState.Final || r.State == ResultState.Corrected))
            .GroupBy(r => r.TestId).Select(g => g.OrderByDescending(r => r.ObservedAt).ThenByDescending(r => r.Id).First()).ToListAsync(ct);
        var byTest = newest.ToDictionary(
            r => r.TestId, r => new LatestResult(r.Id, r.CanonicalValue, r.CanonicalUnit, r.Comparator is not null, r.Answer, r.ObservedAt));
        var found = new Dictionary<string, LatestResult>();
        foreach (var code in codes)
        {
            if (tests.Find(t => t.Loinc == code) is { } own && byTest.TryGetValue(own.Id, out var latest))
            {
                found[code] = latest;
            }
            else if (tests.Find(t => t.OtherLoincs.Contains(code)) is { } same && byTest.TryGetValue(same.Id, out var likewise))
            {
                found[code] = likewise;
            }
        }

        return found;
    }

    public async Task<KidneyFunction?> KidneyFunctionAsync(Guid patientId, CancellationToken ct)
    {
        var latest = await OfAsync(patientId, [Creatinine, Egfr], ct);
        var reported = latest.GetValueOrDefault(Egfr);
        var creatinine = latest.GetValueOrDefault(Creatinine);
        if (reported is { Value: { } rate and >= LeastEgfr and <= MostEgfr } && UnitTable.Find(reported.Unit) == _egfrUnit && !(creatinine?.ObservedAt > reported.ObservedAt))
        {
            return new KidneyFunction(rate, false, reported.ObservedAt, reported.ResultId);
        }

        if (creatinine is not { Value: { } measured, IsBound: false }
            || UnitConversion.Convert(measured, creatinine.Unit, "mg/dL", _creatinine) is not ({ } inMilligrams and >= LeastCreatinine and <= MostCreatinine))
        {
            return null;
        }

        var patient = await db.Set<PatientRow>().Where(p => p.Id == patientId).Select(p => new { p.DateOfBirth, p.Gender }).FirstOrDefaultAsync(ct);
        var age = patient?.DateOfBirth is { } birth ? Age(birth, DateOnly.FromDateTime(creatinine.ObservedAt.UtcDateTime)) : 0;
        var sex = patient?.Gender switch { Gender.Male => RangeSex.Male, Gender.Female => RangeSex.Female, _ => (RangeSex?)null };
        return age >= CkdEpi2021.FromAge && sex is { } known
            ? new KidneyFunction(CkdEpi2021.Of(inMilligrams, age, known), true, creatinine.ObservedAt, creatinine.ResultId) : null;
    }

    private static int Age(DateOnly birth, DateOnly on) => on.Year - birth.Year - (on < birth.AddYears(on.Year - birth.Year) ? 1 : 0);
}
