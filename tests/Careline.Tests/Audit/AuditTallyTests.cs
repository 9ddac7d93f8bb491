using Careline.Tests.Scheduling;
using Careline.Tests.Support;

namespace Careline.Tests.Audit;

/// <summary>Of many requests of every kind, by several people at once, each that concerns health data leaves one row, and no other leaves any.</summary>
public sealed class AuditTallyTests(TestApp app) : IClassFixture<TestApp>
{
    private const int AtOnce = 16;

    private static readonly int _requests = LargeRun.Of("CARELINE_AUDIT_REQUESTS", 300);

    [Fact]
    public async Task Every_access_leaves_exactly_its_row()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync();
        using var other = await app.PatientAsync();
        var slot = (await doctor.OfferAsync(app.Day()))[0];
        await patient.BookedAsync(slot);
        var record = $"/api/patients/{patient.PatientId}/";
        (string? Row, int Status, Func<Task<Reply>> Ask)[] kinds =
        [
            ("GetPatient success", 200, () => patient.GetAsync(record)),
            ("GetPatient not_found", 404, () => other.GetAsync(record)),
            ("GetPatientSummary success", 200, () => doctor.GetAsync(record + "summary/")),
            ("ListAppointments success", 200, () => patient.GetAsync("/api/appointments/")),
            ("ShowAccessLog success", 200, () => patient.GetAsync(record + "access-log/")),
            ("AddAllergy success", 201, () => patient.PostAsync(record + "allergies/", new { substance = "Latex" })),
            ("AddAllergy not_found", 404, () => other.PostAsync(record + "allergies/", new { substance = "Latex" })),
            ("ListAuditEvents forbidden", 403, () => patient.GetAsync("/api/audit/")),
            (null, 200, () => patient.GetAsync("/api/doctors/")),
            (null, 400, () => patient.PostAsync(record + "allergies/", new { })),
            (null, 409, () => other.BookAsync(slot)),
        ];
        var before = await TallyAsync();
        var random = new Random(7);
        var asked = Enumerable.Range(0, _requests).Select(_ => kinds[random.Next(kinds.Length)]).ToList();

        foreach (var together in asked.Chunk(AtOnce))
        {
            var replies = await Task.WhenAll(together.Select(kind => kind.Ask()));
            replies.Select(r => r.Status).ShouldBe(together.Select(kind => kind.Status));
        }

        var after = await TallyAsync();
        var made = after.Select(row => (row.Key, Count: row.Value - before.GetValueOrDefault(row.Key))).Where(row => row.Count > 0).ToDictionary(row => row.Key, row => row.Count);
        made.ShouldBe(asked.Where(kind => kind.Row is not null).GroupBy(kind => kind.Row!).ToDictionary(g => g.Key, g => (long)g.Count()), ignoreOrder: true);
    }

    private async Task<Dictionary<string, long>> TallyAsync()
    {
        var lines = (string[])(await app.SqlAsync(
            "SELECT coalesce(array_agg(line), '{}') FROM (SELECT action || ' ' || outcome || '=' || count(*) AS line FROM audit.events GROUP BY action, outcome) t"))!;
        return lines.Select(line => line.Split('=')).ToDictionary(parts => parts[0], parts => long.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture));
    }
}
