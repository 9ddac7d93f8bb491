using Careline.Tests.Support;

namespace Careline.Tests.Labs;

public sealed class ResultTests(SharedApp app) : IClassFixture<SharedApp>
{
    [Fact]
    public async Task A_number_is_judged_by_the_range_of_its_person_which_stays_with_it()
    {
        using var order = await app.OrderedAsync("K", "CREA");

        var potassium = await order.ResultAsync(new { test = "K", value = 5.9, unit = "mmol/L" });
        (await order.StatusAsync()).ShouldBe("partially_resulted");
        var creatinine = await order.ResultAsync(new { test = "crea", value = 88.4, unit = "umol/L" });

        potassium.Flag().ShouldBe("high");
        potassium.GetProperty("reading").GetProperty("high").GetDecimal().ShouldBe(5.3m);
        creatinine.Flag().ShouldBe("normal");
        creatinine.GetProperty("reading").GetProperty("canonical_value").GetDecimal().ShouldBe(1.00m, 0.001m);
        creatinine.GetProperty("reading").GetProperty("canonical_unit").GetString().ShouldBe("mg/dL");
        creatinine.GetProperty("reading").GetProperty("high").GetDecimal().ShouldBe(1.1m);
        (await order.StatusAsync()).ShouldBe("completed");
    }

    [Fact]
    public async Task A_unit_that_nobody_knows_is_kept_and_compared_with_nothing()
    {
        using var order = await app.OrderedAsync("K");

        var reading = (await order.ResultAsync(new { test = "K", value = 9.9, unit = "furlongs" })).GetProperty("reading");

        reading.GetProperty("unit").GetString().ShouldBe("furlongs");
        reading.GetProperty("is_comparable").GetBoolean().ShouldBeFalse();
        reading.GetProperty("flag").GetString().ShouldBe("not_judged");
    }

    [Fact]
    public async Task A_number_that_somebody_calls_critical_is_so_whatever_the_range_says()
    {
        using var order = await app.OrderedAsync("K", "NA");

        var called = await order.ResultAsync(new { test = "K", value = 5.0, unit = "mmol/L", is_critical = true });
        var beyond = await order.ResultAsync(new { test = "NA", value = 101, unit = "mmol/L", is_critical = true });

        (called.Flag(), called.GetProperty("is_critical").GetBoolean()).ShouldBe(("critical", true));
        beyond.Flag().ShouldBe("critical_low");
        await app.DeliverEventsAsync();
        (await order.Doctor.GetAsync("/api/alerts/?mine=true&status=open")).Total.ShouldBe(2);
    }

    [Fact]
    public async Task A_pregnancy_of_the_record_counts_where_the_order_does_not_say()
    {
        using var order = await app.OrderedAsync("HB");
        (await order.Doctor.PostAsync($"/api/patients/{order.Patient.PatientId}/conditions/", new { text = "Pregnancy", code = "Z34.0" })).Status.ShouldBe(201);
        using var told = await app.OrderedAsync(order.Doctor, order.Patient, new { patient_id = order.Patient.PatientId, tests = new[] { "HB" }, is_pregnant = false });

        (await order.ResultAsync(new { test = "HB", value = 11.5, unit = "g/dL" })).Flag().ShouldBe("normal");
        (await told.ResultAsync(new { test = "HB", value = 11.5, unit = "g/dL" })).Flag().ShouldBe("low");
    }

    [Fact]
    public async Task An_answer_and_words_are_results_too()
    {
        using var order = await app.OrderedAsync("MAL-RDT", "CUL-URINE");

        (await order.ResultAsync(new { test = "MAL-RDT", answer = "Positive" })).Flag().ShouldBe("abnormal");
        (await order.ResultAsync(new { test = "CUL-URINE", text = "No growth" })).Flag().ShouldBe("not_judged");
        (await order.EnterAsync(new { test = "CUL-URINE", text = "No growth", is_critical = true })).ErrorCode.ShouldBe("RESULT_MOVE_REFUSED");
        (await order.EnterAsync(new { test = "MAL-RDT", answer = "maybe" })).Status.ShouldBe(400);
        (await order.EnterAsync(new { test = "CUL-URINE", value = 3, unit = "mmol/L" })).Status.ShouldBe(400);
    }

    [Fact]
    public async Task The_patient_sees_nothing_of_a_result_that_was_not_released()
    {
        using var order = await app.OrderedAsync("K");
        var result = await order.ResultAsync(new { test = "K", value = 4.2, unit = "mmol/L" });

        (await order.Patient.GetAsync(Laboratory.Results)).Total.ShouldBe(0);
        (await order.Patient.GetAsync($"{order.Path}results/")).Total.ShouldBe(0);
        (await order.Patient.GetAsync($"{Laboratory.Results}{result.GetProperty("id").GetGuid()}/")).Status.ShouldBe(404);
        (await order.Doctor.GetAsync($"{order.Path}results/")).Total.ShouldBe(1);
    }

    [Fact]
    public async Task A_malformed_result_is_refused()
    {
        using var order = await app.OrderedAsync("K");
        foreach (var body in new[]
        {
            """{"results": [null]}""",
            """{"results": []}""",
            """{"results": [{"test": "K"}]}""",
            """{"results": [{"test": "K", "value": 4, "text": "four"}]}""",
            """{"results": [{"test": "K", "value": 4}]}""",
            """{"results": [{"test": "K", "value": 4.12345678901, "unit": "mmol/L"}]}""",
            """{"results": [{"test": "K", "value": 4, "unit": "mmol/L", "state": "corrected"}]}""",
            """{"results": [{"test": "K", "value": 4, "unit": "mmol/L", "observed_at": "2199-01-01T00:00:00Z"}]}""",
            """{"results": [{"test": "NO-SUCH", "value": 4, "unit": "mmol/L"}]}""",
            """{"results": [{"test": "K", "value": 4, "unit": "mmol/L", "colour": "red"}]}""",
        })
        {
            (await order.Doctor.PostAsync($"{order.Path}results/", body)).Status.ShouldBe(400, body);
        }
    }
}
