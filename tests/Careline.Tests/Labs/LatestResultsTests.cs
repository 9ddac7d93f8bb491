using Careline.Labs.Contracts;
using Careline.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Careline.Tests.Labs;

public sealed class LatestResultsTests(SharedApp app) : IClassFixture<SharedApp>
{
    [Fact]
    public async Task The_newest_final_result_is_known_by_each_of_its_codes_in_the_catalogues_unit()
    {
        using var order = await app.OrderedAsync("CREA", "K");
        await order.EnterAsync(
            new { test = "CREA", value = 88.4, unit = "umol/L", observed_at = "2026-01-02T08:00:00Z" },
            new { test = "K", value = 4.1, unit = "mmol/L", state = "preliminary" });

        var latest = await AskAsync(l => l.OfAsync(order.Patient.PatientId, ["2160-0", "14682-9", "2823-3", "2951-2", "nonsense"], CancellationToken.None));

        latest.Keys.Order().ShouldBe(["14682-9", "2160-0"]);
        latest["2160-0"].Value!.Value.ShouldBe(1.0m, 0.001m);
        latest["2160-0"].Unit.ShouldBe("mg/dL");
    }

    [Fact]
    public async Task Kidney_function_is_calculated_from_creatinine_and_the_laboratorys_own_estimate_goes_before_it()
    {
        using var order = await app.OrderedAsync("CREA", "EGFR");
        (await KidneyAsync(order)).ShouldBeNull();
        await order.EnterAsync(new { test = "CREA", value = 2.5, unit = "mg/dL", observed_at = "2026-05-18T08:00:00Z" });

        // Born in May 1980: 46 years, female.
        var calculated = (await KidneyAsync(order)).ShouldNotBeNull();
        (calculated.Egfr, calculated.IsCalculated).ShouldBe((23m, true));
        await order.EnterAsync(new { test = "EGFR", value = 25, unit = "mL/min/1.73m2", observed_at = "2026-05-18T08:00:00Z" });
        (await KidneyAsync(order)).ShouldNotBeNull().IsCalculated.ShouldBeFalse();
    }

    [Fact]
    public async Task Nothing_is_calculated_of_a_child_or_of_somebody_whose_sex_or_unit_is_not_known()
    {
        using var order = await app.OrderedAsync("CREA");
        await order.EnterAsync(new { test = "CREA", value = 1.0, unit = "mg/dL" });
        foreach (var change in new[] { "date_of_birth = '2015-01-01'", "date_of_birth = NULL", "date_of_birth = '1980-05-17', gender = 'unknown'" })
        {
            await app.SqlAsync($"UPDATE patients.patients SET {change} WHERE id = $1", order.Patient.PatientId);
            (await KidneyAsync(order)).ShouldBeNull(change);
        }

        using var other = await app.OrderedAsync("CREA");
        await other.EnterAsync(new { test = "CREA", value = 1.0, unit = "furlongs" });
        (await KidneyAsync(other)).ShouldBeNull();
    }

    [Fact]
    public async Task Kidney_function_is_calculated_in_the_equations_unit_whatever_the_catalogues_is()
    {
        using var order = await app.OrderedAsync("CREA");
        await order.EnterAsync(new { test = "CREA", value = 2.5, unit = "mg/dL", observed_at = "2026-05-18T08:00:00Z" });
        foreach (var (value, unit, expected) in new[] { ("221", "umol/L", (decimal?)23), ("221", "furlongs", null), ("25", "g/L", null), ("0.0025", "g/dL", 23) })
        {
            await app.SqlAsync($"UPDATE labs.results SET canonical_value = {value}, canonical_unit = '{unit}' WHERE patient_id = $1", order.Patient.PatientId);
            ((await KidneyAsync(order))?.Egfr).ShouldBe(expected, unit);
        }
    }

    [Theory]
    [InlineData("EGFR", 4000, "mL/min/1.73m2")]
    [InlineData("EGFR", 0, "mL/min/1.73m2")]
    [InlineData("CREA", 88, "mg/dL")]
    [InlineData("CREA", 0.005, "mg/dL")]
    public async Task What_no_living_person_has_is_no_kidney_function(string test, double value, string unit)
    {
        using var order = await app.OrderedAsync("CREA", "EGFR");
        await order.EnterAsync(new { test, value, unit });

        (await KidneyAsync(order)).ShouldBeNull();
    }

    private Task<KidneyFunction?> KidneyAsync(LabCase order) => AskAsync(l => l.KidneyFunctionAsync(order.Patient.PatientId, CancellationToken.None));

    private async Task<T> AskAsync<T>(Func<ILatestResults, Task<T>> ask)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await ask(scope.ServiceProvider.GetRequiredService<ILatestResults>());
    }
}
