using System.Text.Json;
using Careline.Platform.Privacy;
using Careline.Tests.Records;
using Careline.Tests.Scheduling;
using Careline.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Careline.Tests.Labs;

public sealed class ReviewTests(SharedApp app) : IClassFixture<SharedApp>
{
    [Fact]
    public async Task The_patient_is_told_that_there_is_a_result_and_nothing_of_it_and_then_reads_it()
    {
        using var order = await app.OrderedAsync("K");
        var result = await order.ResultAsync(new { test = "K", value = 5.9, unit = "mmol/L" });
        var path = $"{Laboratory.Results}{result.GetProperty("id").GetGuid()}/";
        (await order.Patient.PostAsync($"{path}review/", new { })).Status.ShouldBe(403);

        var reviewed = await order.Doctor.PostAsync($"{path}review/", new { note = "A little high; we repeat it." });

        reviewed.Status.ShouldBe(200, reviewed.Text);
        var read = await order.Patient.GetAsync(path);
        read.Data.GetProperty("review_note").GetString().ShouldBe("A little high; we repeat it.");
        read.Data.GetProperty("reading").GetProperty("value").GetDecimal().ShouldBe(5.9m);
        var mail = (await app.InboxAsync($"{order.Patient.UserName}@example.test")).Single(m => m.Contains(order.Number, StringComparison.Ordinal));
        mail.ShouldNotContain("5.9");
        mail.ShouldNotContain("otassium");
        (await app.InboxAsync($"{order.Doctor.UserName}@example.test")).Count(m => m.Contains(order.Number, StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task A_correction_takes_the_release_back_and_keeps_what_was_said_by_whom_and_why()
    {
        using var order = await app.OrderedAsync("K");
        var result = await order.ResultAsync(new { test = "K", value = 5.9, unit = "mmol/L" });
        var path = $"{Laboratory.Results}{result.GetProperty("id").GetGuid()}/";
        (await order.Doctor.PostAsync($"{order.Path}review/", new { })).Status.ShouldBe(200);
        (await order.Patient.GetAsync(path)).Status.ShouldBe(200);

        (await order.EnterAsync(new { test = "K", value = 4.4, unit = "mmol/L" })).ErrorCode.ShouldBe("RESULT_MOVE_REFUSED");
        (await order.Doctor.PostAsync($"{path}correct/", new { reason = "Haemolysed", result = new { test = "NA", value = 4.4, unit = "mmol/L" } })).Status.ShouldBe(400);
        var corrected = await order.Doctor.PostAsync($"{path}correct/", new { reason = "Haemolysed", result = new { test = "K", value = 4.4, unit = "mmol/L" } });

        corrected.Word("state").ShouldBe("corrected");
        (await order.Patient.GetAsync(path)).Status.ShouldBe(404);
        var versions = (await order.Doctor.GetAsync($"{path}versions/")).Rows.ToList();
        versions.Select(v => v.GetProperty("reading").GetProperty("value").GetDecimal()).ShouldBe([4.4m, 5.9m]);
        versions[0].GetProperty("reason").GetString().ShouldBe("Haemolysed");
        versions.ShouldAllBe(v => v.GetProperty("said_by").GetGuid() == order.Doctor.UserId);
        (await order.Doctor.PostAsync($"{path}cancel/", new { reason = "Another patient's" })).Word("state").ShouldBe("cancelled");
        (await order.Doctor.PostAsync($"{path}correct/", new { reason = "No", result = new { test = "K", value = 4.4, unit = "mmol/L" } })).ErrorCode.ShouldBe("RESULT_MOVE_REFUSED");
    }

    [Fact]
    public async Task A_result_that_was_taken_back_is_released_to_nobody_and_its_report_goes_with_what_was_wrong()
    {
        using var order = await app.OrderedAsync("K", "NA");
        var (first, second) = (await order.ResultAsync(new { test = "K", value = 5.9, unit = "mmol/L" }), await order.ResultAsync(new { test = "NA", value = 140, unit = "mmol/L" }));
        var (cancelled, corrected) = ($"{Laboratory.Results}{first.GetProperty("id").GetGuid()}/", $"{Laboratory.Results}{second.GetProperty("id").GetGuid()}/");
        foreach (var path in new[] { cancelled, corrected })
        {
            (await order.Doctor.PutAsync($"{path}report/", Documents.Form("Another patient's"))).Status.ShouldBe(200);
        }

        (await order.Doctor.PostAsync($"{cancelled}cancel/", new { reason = "Another patient's" })).Word("state").ShouldBe("cancelled");
        (await order.Doctor.PostAsync($"{corrected}correct/", new { reason = "Mixed up", result = new { test = "NA", value = 135, unit = "mmol/L" } })).Status.ShouldBe(200);
        (await order.Doctor.PostAsync($"{order.Path}review/", new { })).Status.ShouldBe(200);
        (await order.Doctor.PostAsync($"{cancelled}review/", new { })).Data.GetProperty("released_at").ValueKind.ShouldBe(JsonValueKind.Null);

        (await order.Patient.GetAsync(Laboratory.Results)).Rows.Select(r => r.GetProperty("test_code").GetString()).ShouldBe(["NA"]);
        (await order.Patient.GetAsync($"{corrected}report/")).Status.ShouldBe(404);
        (await order.Doctor.GetAsync($"{cancelled}report/")).Status.ShouldBe(404);
        (await app.SqlAsync("SELECT count(*) FROM files.files WHERE person_id = $1 AND released_at IS NULL", order.Patient.PatientId)).ShouldBe(0L);
    }

    [Fact]
    public async Task The_patient_reads_what_a_result_says_now_and_not_what_was_wrong()
    {
        using var order = await app.OrderedAsync("K");
        var result = await order.ResultAsync(new { test = "K", value = 5.9, unit = "mmol/L" });
        var path = $"{Laboratory.Results}{result.GetProperty("id").GetGuid()}/";
        (await order.Doctor.PostAsync($"{path}correct/", new { reason = "Haemolysed", result = new { test = "K", value = 4.4, unit = "mmol/L" } })).Status.ShouldBe(200);
        (await order.Doctor.PostAsync($"{path}review/", new { })).Status.ShouldBe(200);

        (await order.Patient.GetAsync($"{path}versions/")).Rows.Select(v => v.GetProperty("reading").GetProperty("value").GetDecimal()).ShouldBe([4.4m]);
        (await order.Doctor.GetAsync($"{path}versions/")).Total.ShouldBe(2);
        await using var scope = app.Services.CreateAsyncScope();
        var versions = scope.ServiceProvider.GetServices<IPersonalRecords>().Single(r => r.Schema == "labs")
            .Export(new PersonKeys { PatientId = order.Patient.PatientId }).Single(t => t.Name == "result_versions").Rows;
        var exported = JsonSerializer.Serialize(await versions.ToListAsync(TestContext.Current.CancellationToken));
        exported.ShouldContain("4.4");
        exported.ShouldNotContain("5.9");
    }

    [Fact]
    public async Task A_review_or_correction_of_another_version_than_the_one_that_was_seen_is_refused()
    {
        using var order = await app.OrderedAsync("K");
        var result = await order.ResultAsync(new { test = "K", value = 5.9, unit = "mmol/L" });
        var path = $"{Laboratory.Results}{result.GetProperty("id").GetGuid()}/";
        var seen = (await order.Doctor.GetAsync(path)).ETag!;
        var seenOrder = (await order.Doctor.GetAsync(order.Path)).ETag!;
        (await order.Doctor.PostAsync($"{path}correct/", new { reason = "Haemolysed", result = new { test = "K", value = 4.4, unit = "mmol/L", observed_at = "2199-01-01T00:00:00Z" } })).Status.ShouldBe(400);
        (await order.Doctor.PostAsync($"{path}correct/", new { reason = "Haemolysed", result = new { test = "K", value = 4.4, unit = "mmol/L" } })).Status.ShouldBe(200);
        await order.EnterAsync(new { test = "NA", value = 140, unit = "mmol/L" });

        (await order.Doctor.PostAsync($"{path}review/", new { }, ("If-Match", seen))).Status.ShouldBe(412);
        (await order.Doctor.PostAsync($"{order.Path}review/", new { }, ("If-Match", "\"99\""))).Status.ShouldBe(412);
        (await order.Patient.GetAsync(Laboratory.Results)).Total.ShouldBe(0);
        (await order.Doctor.PostAsync($"{path}review/", new { }, ("If-Match", (await order.Doctor.GetAsync(path)).ETag!))).Status.ShouldBe(200);
        (await order.Doctor.PostAsync($"{order.Path}review/", new { }, ("If-Match", seenOrder))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Strangers_the_desk_and_pharmacists_see_nothing_and_who_ordered_keeps_sight()
    {
        using var order = await app.OrderedAsync("K");
        var result = await order.ResultAsync(new { test = "K", value = 4.2, unit = "mmol/L" });
        var path = $"{Laboratory.Results}{result.GetProperty("id").GetGuid()}/";
        using var doctor = await app.BookableDoctorAsync();
        using var desk = await app.StaffAsync("receptionist", await app.ClinicAsync());
        using var pharmacist = await app.StaffAsync("pharmacist", await app.ClinicAsync());

        (await doctor.GetAsync(path)).Status.ShouldBe(404);
        (await doctor.PostAsync($"{path}correct/", "{}")).Status.ShouldBe(404);
        (await desk.GetAsync(path)).Status.ShouldBe(403);
        (await pharmacist.GetAsync(path)).Status.ShouldBe(403);
        foreach (var grant in (await order.Patient.GetAsync($"/api/patients/{order.Patient.PatientId}/grants/")).Rows)
        {
            await order.Patient.DeleteAsync($"/api/patients/{order.Patient.PatientId}/grants/{grant.GetProperty("id").GetGuid()}/");
        }

        (await order.Doctor.GetAsync(path)).Status.ShouldBe(200);
        (await order.EnterAsync(new { test = "NA", value = 140, unit = "mmol/L" })).Status.ShouldBe(403);
        (await order.Doctor.PostAsync($"{path}review/", new { })).Status.ShouldBe(200);
    }

    [Fact]
    public async Task The_nurses_of_the_orders_clinic_are_its_laboratory()
    {
        var clinic = await app.ClinicAsync();
        using var nurse = await app.StaffAsync("nurse", clinic);
        using var other = await app.StaffAsync("nurse", await app.ClinicAsync());
        using var first = await app.OrderedAsync("K");
        var order = await app.OrderedAsync(first.Doctor, first.Patient, new { patient_id = first.Patient.PatientId, tests = new[] { "K" }, clinic_id = clinic });
        (await other.GetAsync(order.Path)).Status.ShouldBe(404);

        var sample = await nurse.PostAsync($"{order.Path}samples/", new { specimen = "serum", container = "Serum tube, gel" });
        sample.Word("accession").ShouldMatch("^S[0-9A-HJKMNP-TV-Z]{10}$");
        var label = (await nurse.GetAsync($"{order.Path}samples/{sample.Id}/label/")).Data;
        label.GetProperty("lines").EnumerateArray().Select(l => l.GetString()).First().ShouldBe(sample.Word("accession"));
        (await nurse.PostAsync($"{order.Path}samples/{sample.Id}/reject/", new { reason = "haemolysed" })).Word("status").ShouldBe("rejected");
        (await order.StatusAsync()).ShouldBe("ordered");
        (await nurse.PostAsync($"{order.Path}samples/{sample.Id}/receive/")).ErrorCode.ShouldBe("SAMPLE_MOVE_REFUSED");
        var second = await nurse.PostAsync($"{order.Path}samples/", new { specimen = "serum" });
        (await nurse.PostAsync($"{order.Path}start/")).ErrorCode.ShouldBe("ORDER_MOVE_REFUSED");
        (await nurse.PostAsync($"{order.Path}samples/{second.Id}/receive/")).Word("status").ShouldBe("received");
        (await nurse.PostAsync($"{order.Path}start/")).Word("status").ShouldBe("in_progress");
        (await nurse.PostAsync($"{order.Path}results/", new { results = new[] { new { test = "K", value = 4.2, unit = "mmol/L" } } })).Status.ShouldBe(201);
        (await nurse.PostAsync($"{order.Path}review/", new { })).Status.ShouldBe(403);
        (await order.StatusAsync()).ShouldBe("completed");
    }

    [Fact]
    public async Task A_report_is_seen_by_whoever_sees_the_result()
    {
        using var order = await app.OrderedAsync("CUL-URINE");
        var result = await order.ResultAsync(new { test = "CUL-URINE", text = "See the report" });
        var path = $"{Laboratory.Results}{result.GetProperty("id").GetGuid()}/";

        (await order.Doctor.PutAsync($"{path}report/", Documents.Form("Escherichia coli"))).Word("report_name").ShouldBe("report.txt");

        (await order.Patient.GetAsync($"{path}report/")).Status.ShouldBe(404);
        (await order.Doctor.PostAsync($"{path}review/", new { })).Status.ShouldBe(200);
        (await order.Patient.GetAsync($"{path}report/")).Text.ShouldBe("Escherichia coli");
    }

    [Fact]
    public async Task A_trend_is_in_one_unit_and_says_what_it_left_out()
    {
        using var first = await app.OrderedAsync("CREA");
        await first.EnterAsync(new { test = "CREA", value = 1.0, unit = "mg/dL", observed_at = "2026-01-01T08:00:00Z" });
        foreach (var (value, unit, day) in new[] { (88.4, "umol/L", 2), (5.0, "furlongs", 3) })
        {
            var next = await app.OrderedAsync(first.Doctor, first.Patient, new { patient_id = first.Patient.PatientId, tests = new[] { "CREA" } });
            (await next.Doctor.PostAsync($"{next.Path}results/", new { results = new[] { new { test = "CREA", value, unit, observed_at = $"2026-01-0{day}T08:00:00Z" } } })).Status.ShouldBe(201);
        }

        var path = $"{Laboratory.Results}trends/?patient={first.Patient.PatientId}&loinc=2160-0";
        var trend = (await first.Doctor.GetAsync(path)).Data;
        var molar = (await first.Doctor.GetAsync($"{path}&unit=umol/L")).Data;

        trend.GetProperty("points").EnumerateArray().Select(p => decimal.Round(p.GetProperty("value").GetDecimal(), 2)).ShouldBe([1.00m, 1.00m]);
        molar.GetProperty("points").EnumerateArray().Select(p => decimal.Round(p.GetProperty("value").GetDecimal(), 1)).ShouldBe([88.4m, 88.4m]);
        trend.GetProperty("not_comparable").GetInt32().ShouldBe(1);
        (await first.Patient.GetAsync($"{Laboratory.Results}trends/?loinc=2160-0")).Data.GetProperty("points").GetArrayLength().ShouldBe(0);
        (await first.Doctor.GetAsync($"{path}&unit=mm/h")).Status.ShouldBe(400);
        using var stranger = await app.BookableDoctorAsync();
        (await stranger.GetAsync(path)).Status.ShouldBe(404);
    }

    [Fact]
    public async Task An_administrator_edits_the_catalogue_and_nobody_else()
    {
        using var admin = await app.AdminAsync();
        using var patient = await app.PatientAsync();
        var code = $"T{Guid.CreateVersion7():N}"[..20].ToUpperInvariant();
        object Test(string unit, object[] ranges) => new { code, name = "A new analyte", category = "other", kind = "numeric", specimen = "serum", unit, ranges };

        (await patient.PostAsync("/api/labs/tests/", Test("mmol/L", []))).Status.ShouldBe(403);
        (await admin.PostAsync("/api/labs/tests/", Test("furlongs", []))).Status.ShouldBe(400);
        (await admin.PostAsync("/api/labs/tests/", Test("mmol/L", [new { low = 5, high = 4 }]))).Status.ShouldBe(400);
        (await admin.PostAsync("/api/labs/tests/", Test("mmol/L", [new { low = 1, high = 4 }, new { sex = "male", low = 2, high = 5 }]))).ErrorCode.ShouldBe("RANGES_OVERLAP");
        (await admin.PostAsync("/api/labs/tests/", Test("mmol/L", [null!]))).Status.ShouldBe(400);
        var added = await admin.PostAsync("/api/labs/tests/", Test("mmol/L", [new { sex = "female", low = 1, high = 4 }, new { sex = "male", low = 2, high = 5 }]));
        added.Status.ShouldBe(201, added.Text);
        (await admin.PostAsync("/api/labs/tests/", Test("mmol/L", []))).ErrorCode.ShouldBe("CODE_TAKEN");
        var changed = await admin.PatchAsync($"/api/labs/tests/{added.Id}/", new { price = new { amount = 250000, currency = "NGN" } });

        changed.Data.GetProperty("price").GetProperty("amount").GetInt64().ShouldBe(250000);
        changed.Data.GetProperty("ranges").GetArrayLength().ShouldBe(2);
        var panel = await admin.PostAsync("/api/labs/panels/", new { code = code + "P", name = "A panel", category = "other", test_ids = new[] { added.Id } });
        panel.Status.ShouldBe(201, panel.Text);
        (await admin.PutAsync($"/api/labs/panels/{panel.Id}/", new { code = code + "P", name = "Another name", category = "other", test_ids = new[] { added.Id } })).Word("name").ShouldBe("Another name");
        (await patient.GetAsync($"/api/labs/tests/?search={code.ToLowerInvariant()}")).Total.ShouldBe(1);
        (await patient.GetAsync("/api/labs/tests/?category=lipids")).Total.ShouldBe(5);
        (await patient.GetAsync("/api/labs/panels/?page_size=100")).Total.ShouldBeGreaterThan(12);
    }

    [Fact]
    public async Task A_visit_orders_and_its_orders_are_void_when_it_is_called_off()
    {
        using var visit = await Consultations.Visits.VisitAsync(app);

        var ordered = await visit.ByDoctorAsync("lab-orders", new { panels = new[] { "LIPID" }, priority = "high" });

        ordered.Status.ShouldBe(201, ordered.Text);
        ordered.Word("priority").ShouldBe("urgent");
        (await visit.Doctor.GetAsync($"{visit.Path}lab-orders/")).Rows.Single().GetProperty("id").GetGuid().ShouldBe(ordered.Id);
        (await visit.ByDoctorAsync("lab-orders", new { tests = new[] { "K" }, dose = 2 })).Status.ShouldBe(400);
        (await visit.ByDoctorAsync("cancel", new { reason = "Away" })).Status.ShouldBe(200);
        (await visit.Doctor.GetAsync($"{Laboratory.Orders}{ordered.Id}/")).Word("status").ShouldBe("cancelled");
    }
}
