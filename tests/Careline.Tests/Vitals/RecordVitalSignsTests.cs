using System.Text.Json;
using Careline.Tests.Consultations;
using Careline.Tests.Support;

namespace Careline.Tests.Vitals;

public sealed class RecordVitalSignsTests(SharedApp app) : IClassFixture<SharedApp>
{
    [Theory]
    [InlineData("systolic", "50", "300", "49", "301")]
    [InlineData("diastolic", "30", "200", "29", "201")]
    [InlineData("heart_rate", "30", "250", "29", "251")]
    [InlineData("temperature", "30", "45.00", "29.99", "45.01")]
    [InlineData("respiratory_rate", "8", "60", "7", "61")]
    [InlineData("oxygen_saturation", "70", "100.0", "69.9", "100.1")]
    [InlineData("weight", "0.001", "500", "0", "500.001")]
    [InlineData("height", "50", "250", "49.99", "250.01")]
    [InlineData("blood_glucose", "10", "1000", "9.9", "1000.1")]
    [InlineData("pain_score", "0", "10", "-1", "11")]
    public async Task A_value_is_kept_within_its_range_and_refused_beyond(string name, string low, string high, string below, string above)
    {
        using var visit = await app.StartedVisitAsync();
        foreach (var value in new[] { low, high })
        {
            var reply = await visit.ByDoctorAsync("vital-signs", $$"""{"{{name}}": {{value}}}""");
            reply.Status.ShouldBe(201, reply.Text);
            reply.Data.GetProperty(name).GetRawText().ShouldBe(value);
        }

        foreach (var value in new[] { below, above, "1e400", "1e20", "37.123456789012345678901234567890", "\"37\"", "[]" })
        {
            var reply = await visit.ByDoctorAsync("vital-signs", $$"""{"{{name}}": {{value}}}""");
            reply.Status.ShouldBe(400, value + reply.Text);
            reply.ErrorDetails.TryGetProperty(name, out _).ShouldBeTrue(value + reply.Text);
        }

        (await visit.Doctor.GetAsync(visit.Path + "vital-signs/")).Total.ShouldBe(2);
    }

    [Theory]
    [InlineData("""{}""", "body")]
    [InlineData("""{"heart_rate": null}""", "body")]
    [InlineData("""{"systolic": 80, "diastolic": 80}""", "diastolic")]
    [InlineData("""{"heart_rate": 72, "pulse": 72}""", "pulse")]
    [InlineData("""{"consciousness": "sleepy"}""", "consciousness")]
    public async Task A_set_that_says_nothing_or_contradicts_itself_is_refused(string body, string field)
    {
        using var visit = await app.StartedVisitAsync();

        var reply = await visit.ByDoctorAsync("vital-signs", body);

        reply.Status.ShouldBe(400, reply.Text);
        reply.ErrorDetails.TryGetProperty(field, out _).ShouldBeTrue(reply.Text);
    }

    [Fact]
    public async Task A_partial_set_is_kept_without_index_or_score()
    {
        using var visit = await app.StartedVisitAsync();

        var reply = await visit.ByDoctorAsync("vital-signs", new { heart_rate = 72, weight = 70 });

        reply.Data.GetProperty("heart_rate").GetInt32().ShouldBe(72);
        foreach (var absent in new[] { "bmi", "news2_score", "news2_risk", "systolic" })
        {
            reply.Data.GetProperty(absent).ValueKind.ShouldBe(JsonValueKind.Null, absent);
        }
    }

    [Fact]
    public async Task Each_value_is_an_observation_with_code_and_unit()
    {
        using var visit = await app.StartedVisitAsync();

        var reply = await visit.ByDoctorAsync("vital-signs", new { systolic = 120, temperature = 36.6, consciousness = "Confusion", on_oxygen = true });

        var observations = reply.Data.GetProperty("observations").EnumerateArray().ToList();
        observations.Select(o => o.GetProperty("measure").GetString()).ShouldBe(["systolic", "temperature", "consciousness", "on_oxygen"]);
        observations.Select(o => o.GetProperty("code").GetString()).ShouldBe(["8480-6", "8310-5", "67775-7", null]);
        observations.Select(o => o.GetProperty("unit").GetString()).ShouldBe(["mm[Hg]", "Cel", null, null]);
        (await visit.ReadAsync(visit.Doctor)).GetProperty("vital_signs")[0].GetRawText().ShouldBe(reply.Data.GetRawText());
        var rows = await app.SqlAsync("SELECT count(*) FROM vitals.observations WHERE patient_id = $1", visit.Patient.PatientId);
        rows.ShouldBe(4L);
    }

    [Theory]
    [InlineData(15, false)]
    [InlineData(16, true)]
    public async Task A_child_gets_no_early_warning_score_for_adults(int age, bool isScored)
    {
        using var visit = await app.StartedVisitAsync();
        var born = DateOnly.FromDateTime(app.Now.UtcDateTime).AddYears(-age);
        await app.SqlAsync("UPDATE patients.patients SET date_of_birth = $2 WHERE id = $1", visit.Patient.PatientId, born);

        var reply = await visit.ByDoctorAsync("vital-signs", new
        {
            systolic = 90,
            heart_rate = 131,
            temperature = 39.1,
            respiratory_rate = 25,
            oxygen_saturation = 91,
            consciousness = "voice",
            on_oxygen = true,
        });

        reply.Data.GetProperty("news2_score").ValueKind.ShouldBe(isScored ? JsonValueKind.Number : JsonValueKind.Null);
        if (isScored)
        {
            (reply.Data.GetProperty("news2_score").GetInt32(), reply.Data.GetProperty("news2_risk").GetString()).ShouldBe((19, "high"));
        }
    }
}
