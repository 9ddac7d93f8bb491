using System.Text.Json;
using Careline.Tests.Consultations;
using Careline.Tests.Support;

namespace Careline.Tests.Vitals;

/// <summary>Which score a patient gets, and why another gets none.</summary>
public sealed class ScoresInAVisitTests(SharedApp app) : IClassFixture<SharedApp>
{
    private static readonly Dictionary<string, object> _sickChild = new()
    {
        ["systolic"] = 80,
        ["heart_rate"] = 171,
        ["respiratory_rate"] = 72,
        ["oxygen_saturation"] = 96,
        ["on_oxygen"] = false,
        ["respiratory_effort"] = "mild",
        ["capillary_refill"] = 2,
    };

    [Fact]
    public async Task A_child_gets_the_childrens_score_and_a_high_one_raises_an_alert()
    {
        using var visit = await BornAsync(months: 24);

        var set = (await visit.ByDoctorAsync("vital-signs", _sickChild)).Data;

        // Pulse 4, pressure 1, breaths 4, effort 1.
        (set.GetProperty("pews_score").GetInt32(), Null(set, "pews_why"), Null(set, "news2_score"), Word(set, "news2_why")).ShouldBe((10, true, true, "child"));
        var alert = (await visit.Doctor.GetAsync("/api/alerts/")).Rows.ShouldHaveSingleItem();
        (Word(alert, "title"), Word(alert, "severity")).ShouldBe(("early_warning_high", "critical"));

        var partial = (await visit.ByDoctorAsync("vital-signs", new { heart_rate = 100 })).Data;
        (Null(partial, "pews_score"), Word(partial, "pews_why")).ShouldBe((true, "incomplete"));
    }

    [Fact]
    public async Task What_is_plausible_of_a_child_only_is_refused_of_a_grown_up()
    {
        using var visit = await BornAsync(months: 12 * 30);

        var reply = await visit.ByDoctorAsync("vital-signs", new { respiratory_rate = 72, systolic = 45 });

        reply.Status.ShouldBe(400);
        reply.ErrorDetails.EnumerateObject().Select(fault => fault.Name).ShouldBe(["systolic", "respiratory_rate"], ignoreOrder: true);
        (await visit.ByDoctorAsync("vital-signs", new { oxygen_flow = 2 })).Status.ShouldBe(400);
        var set = (await visit.ByDoctorAsync("vital-signs", new { respiratory_rate = 16 })).Data;
        (Word(set, "news2_why"), Word(set, "pews_why")).ShouldBe(("incomplete", "adult"));
    }

    [Theory]
    [InlineData("O24.4", "pregnancy")]
    [InlineData("Z34.9", "pregnancy")]
    [InlineData("I10", null)]
    public async Task In_pregnancy_there_is_no_score_and_the_answer_says_why(string code, string? why)
    {
        using var visit = await BornAsync(months: 12 * 30);
        var condition = await visit.Doctor.PostAsync($"/api/patients/{visit.Patient.PatientId}/conditions/", new { text = "As coded", code });
        condition.Status.ShouldBe(201, condition.Text);

        var set = (await visit.ByDoctorAsync("vital-signs", AlertLadderTests.ScoreOfSeven)).Data;

        (Null(set, "news2_score"), Word(set, "news2_why")).ShouldBe((why is not null, why));
        (await visit.Doctor.GetAsync("/api/alerts/")).Total.ShouldBe(why is null ? 1 : 0);
    }

    [Fact]
    public async Task A_doctors_target_of_88_to_92_switches_the_oxygen_scale()
    {
        using var visit = await BornAsync(months: 12 * 60);
        var targets = $"/api/patients/{visit.Patient.PatientId}/vital-targets/";
        var before = (await visit.ByDoctorAsync("vital-signs", AlertLadderTests.ScoreOfSeven)).Data;
        (await visit.Doctor.PostAsync(targets, new { measure = "oxygen_saturation", low = 88, high = 92 })).Data.GetProperty("is_for_hypercapnic_failure").GetBoolean().ShouldBeTrue();

        var after = (await visit.ByDoctorAsync("vital-signs", AlertLadderTests.ScoreOfSeven)).Data;

        (before.GetProperty("news2_score").GetInt32(), before.GetProperty("news2_scale").GetInt32()).ShouldBe((7, 1));
        (after.GetProperty("news2_score").GetInt32(), after.GetProperty("news2_scale").GetInt32()).ShouldBe((4, 2));
    }

    private async Task<Visit> BornAsync(int months)
    {
        var visit = await app.StartedVisitAsync();
        var born = DateOnly.FromDateTime(app.Now.UtcDateTime).AddMonths(-months);
        await app.SqlAsync("UPDATE patients.patients SET date_of_birth = $2 WHERE id = $1", visit.Patient.PatientId, born);
        return visit;
    }

    private static bool Null(JsonElement row, string name) => row.GetProperty(name).ValueKind == JsonValueKind.Null;

    private static string? Word(JsonElement row, string name) => row.GetProperty(name).GetString();
}
