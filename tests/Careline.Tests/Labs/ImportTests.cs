using System.Text.Json;
using Careline.Platform.Privacy;
using Careline.Tests.Scheduling;
using Careline.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Careline.Tests.Labs;

public sealed class ImportTests(SharedApp app) : IClassFixture<SharedApp>
{
    // Analytes of a plain numeric result: code, value, unit.
    private static readonly (string Loinc, string Value, string Unit)[] _thirty =
    [
        ("6690-2", "6.1", "10*9/L"), ("789-8", "4.6", "10*12/L"), ("718-7", "13.1", "g/dL"), ("4544-3", "39.5", "%"), ("787-2", "88", "fL"), ("785-6", "29", "pg"),
        ("786-4", "33", "g/dL"), ("788-0", "13", "%"), ("777-3", "250", "10*3/uL"), ("751-8", "3.5", "10*9/L"), ("731-0", "1.9", "10*9/L"), ("742-7", "0.4", "10*9/L"),
        ("711-2", "0.1", "10*9/L"), ("704-7", "0.02", "10*9/L"), ("2951-2", "139", "mmol/L"), ("2823-3", "4.4", "meq/L"), ("2075-0", "101", "mmol/L"), ("1963-8", "25", "mmol/L"),
        ("22664-7", "5.0", "mmol/L"), ("14682-9", "80", "umol/L"), ("1742-6", "22", "U/L"), ("1920-8", "21", "U/L"), ("6768-6", "70", "U/L"), ("1975-2", "0.6", "mg/dL"),
        ("1751-7", "4.2", "g/dL"), ("2885-2", "72", "g/L"), ("2093-3", "180", "mg/dL"), ("2571-8", "1.1", "mmol/L"),
    ];

    [Fact]
    public async Task Of_thirty_results_with_an_unknown_test_and_an_unknown_patient_28_are_imported_and_sending_again_changes_nothing()
    {
        using var order = await app.OrderedAsync("K");
        var patient = (await order.Doctor.GetAsync(order.Path)).Data.GetProperty("patient").GetProperty("number").GetString()!;
        using var admin = await app.AdminAsync();
        var message = new Oru().Patient(patient, "19800517").Order(order.Number);
        foreach (var (loinc, value, unit) in _thirty)
        {
            message.Result(loinc, value, unit);
        }

        message.Result("99999-0", "1", "mmol/L").Patient("PAT-999999").Order(order.Number).Result("2823-3", "9.9", "mmol/L");

        var first = await admin.SendAsync(message);
        var again = await admin.SendAsync(message);

        first.Status.ShouldBe(200, first.Text);
        first.Text.Segments("MSA").Single()[1..3].ShouldBe(["AE", message.ControlId]);
        first.Text.Segments("MSH").Single()[8].ShouldBe("ACK^R01^ACK");
        first.Text.Segments("ERR").Select(e => (e[2], e[3].Split('^')[0], e[5])).ShouldBe([("OBX^29^3", "103", "unknown_test"), ("OBX^30^1", "204", "unknown_patient")]);
        again.Text.ShouldBe(first.Text);
        (await order.Doctor.GetAsync($"{order.Path}results/?page_size=100")).Total.ShouldBe(28);
        var results = (await order.Doctor.GetAsync($"{Laboratory.Results}?patient={order.Patient.PatientId}&page_size=100")).Rows.ToList();
        results.ShouldAllBe(r => r.GetProperty("versions").GetInt32() == 1 && r.GetProperty("source").GetString() == "imported");
        results.Single(r => r.GetProperty("test_code").GetString() == "K").GetProperty("reading").GetProperty("canonical_value").GetDecimal().ShouldBe(4.4m);
        (await app.SqlAsync("SELECT count(*) FROM labs.quarantined_results q JOIN labs.imported_messages m ON m.id = q.message_id WHERE m.control_id = $1", message.ControlId)).ShouldBe(2L);
        (await app.SqlAsync("SELECT imported || ' ' || quarantined FROM labs.imported_messages WHERE control_id = $1", message.ControlId)).ShouldBe("28 2");
        (await order.StatusAsync()).ShouldBe("completed");
    }

    [Fact]
    public async Task The_same_message_sent_eight_times_at_once_is_taken_once()
    {
        using var order = await app.OrderedAsync("K", "NA");
        using var admin = await app.AdminAsync();
        string message = new Oru().Patient(await NumberAsync(order)).Order(order.Number).Result("2823-3", "4.4", "mmol/L");

        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => admin.SendAsync(message)));

        replies.ShouldAllBe(r => r.Status == 200);
        replies.Select(r => r.Text).Distinct().ShouldHaveSingleItem().Segments("MSA").Single()[1].ShouldBe("AA");
        (await order.Doctor.GetAsync($"{order.Path}results/")).Rows.Single().GetProperty("versions").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task A_control_id_is_not_used_for_another_message()
    {
        using var order = await app.OrderedAsync("K");
        using var admin = await app.AdminAsync();
        var patient = await NumberAsync(order);
        var id = Guid.CreateVersion7().ToString("N");
        (await admin.SendAsync(new Oru(id).Patient(patient).Order(order.Number).Result("2823-3", "4.4", "mmol/L"))).Text.Segments("MSA").Single()[1].ShouldBe("AA");

        var other = await admin.SendAsync(new Oru(id).Patient(patient).Order(order.Number).Result("2823-3", "5.9", "mmol/L"));

        other.Text.Segments("MSA").Single()[1].ShouldBe("AR");
        (await order.Doctor.GetAsync($"{order.Path}results/")).Rows.Single().GetProperty("reading").GetProperty("value").GetDecimal().ShouldBe(4.4m);
    }

    [Fact]
    public async Task A_final_result_sent_with_another_value_is_a_correction_and_a_preliminary_one_after_it_is_set_aside()
    {
        using var order = await app.OrderedAsync("K");
        using var admin = await app.AdminAsync();
        var patient = await NumberAsync(order);
        Oru Message(string value, string status) => new Oru().Patient(patient).Order(order.Number).Result("2823-3", value, "mmol/L", status: status);

        (await admin.SendAsync(Message("4.0", "P"))).Text.Segments("MSA").Single()[1].ShouldBe("AA");
        (await admin.SendAsync(Message("4.1", "F"))).Text.Segments("MSA").Single()[1].ShouldBe("AA");
        (await admin.SendAsync(Message("4.1", "F"))).Text.Segments("MSA").Single()[1].ShouldBe("AA");
        (await admin.SendAsync(Message("5.1", "F"))).Text.Segments("MSA").Single()[1].ShouldBe("AA");
        (await admin.SendAsync(Message("4.0", "P"))).Text.Segments("ERR").Single()[5].ShouldBe("state_refused");

        var result = (await order.Doctor.GetAsync($"{order.Path}results/")).Rows.Single();
        result.GetProperty("state").GetString().ShouldBe("corrected");
        var history = (await order.Doctor.GetAsync($"{Laboratory.Results}{result.GetProperty("id").GetGuid()}/versions/")).Rows
            .Select(v => $"{v.GetProperty("state").GetString()} {v.GetProperty("reading").GetProperty("value").GetDecimal()}");
        history.ShouldBe(["corrected 5.1", "final 4.1", "preliminary 4.0"]);
    }

    [Fact]
    public async Task A_final_result_from_before_a_correction_does_not_undo_it()
    {
        using var order = await app.OrderedAsync("K");
        using var admin = await app.AdminAsync();
        var patient = await NumberAsync(order);
        Oru Message(string value, string status) => new Oru().Patient(patient).Order(order.Number).Result("2823-3", value, "mmol/L", status: status);
        (await admin.SendAsync(Message("5.9", "F"))).Text.Segments("MSA").Single()[1].ShouldBe("AA");
        (await admin.SendAsync(Message("4.4", "C"))).Text.Segments("MSA").Single()[1].ShouldBe("AA");

        (await admin.SendAsync(Message("5.9", "F"))).Text.Segments("ERR").Single()[5].ShouldBe("state_refused");
        (await admin.SendAsync(Message("4.4", "F"))).Text.Segments("MSA").Single()[1].ShouldBe("AA");

        (await order.Doctor.GetAsync($"{order.Path}results/")).Rows.Single().GetProperty("reading").GetProperty("value").GetDecimal().ShouldBe(4.4m);
        (await admin.SendAsync(Message("4.5", "C"))).Text.Segments("MSA").Single()[1].ShouldBe("AA");
    }

    [Fact]
    public async Task What_cannot_be_matched_is_settled_by_hand()
    {
        var clinic = await app.ClinicAsync();
        using var nurse = await app.StaffAsync("nurse", clinic);
        using var elsewhere = await app.StaffAsync("nurse", await app.ClinicAsync());
        using var first = await app.OrderedAsync("K");
        using var order = await app.OrderedAsync(first.Doctor, first.Patient, new { patient_id = first.Patient.PatientId, tests = new[] { "K", "NA" }, clinic_id = clinic });
        var sent = await nurse.SendAsync(
            new Oru().Patient(await NumberAsync(order)).Order(order.Number).Result("2823-3", "4.4", "mmol/Liter").Result("99999-0", "140", "mmol/L"), clinic);
        sent.Text.Segments("ERR").Select(e => e[5]).ShouldBe(["unknown_unit", "unknown_test"]);

        var waiting = (await nurse.GetAsync("/api/labs/quarantine/?ordering=created_at")).Rows.ToList();
        waiting.Select(q => q.GetProperty("sent").GetProperty("value").GetString()).ShouldBe(["4.4", "140"]);
        var path = $"/api/labs/quarantine/{waiting[0].GetProperty("id").GetGuid()}/";
        (await elsewhere.GetAsync(path)).Status.ShouldBe(404);
        (await order.Doctor.GetAsync(path)).Status.ShouldBe(403);
        (await nurse.PostAsync($"{path}resolve/", new { order = "LAB-999999", test = "K", unit = "mmol/L" })).Status.ShouldBe(400);
        var settled = await nurse.PostAsync($"{path}resolve/", new { order = order.Number, test = "K", unit = "mmol/L" });

        settled.Word("status").ShouldBe("imported");
        (await nurse.PostAsync($"{path}dismiss/", new { reason = "Twice" })).ErrorCode.ShouldBe("QUARANTINE_SETTLED");
        (await nurse.PostAsync($"/api/labs/quarantine/{waiting[1].GetProperty("id").GetGuid()}/dismiss/", new { reason = "A test of the analyser" })).Word("status").ShouldBe("dismissed");
        (await nurse.GetAsync("/api/labs/quarantine/")).Total.ShouldBe(0);
        var result = (await order.Doctor.GetAsync($"{order.Path}results/")).Rows.Single();
        result.Flag().ShouldBe("normal");
        (await order.StatusAsync()).ShouldBe("partially_resulted");
    }

    [Fact]
    public async Task Each_thing_that_does_not_fit_is_set_aside_with_its_reason()
    {
        using var order = await app.OrderedAsync("K");
        using var admin = await app.AdminAsync();
        var patient = await NumberAsync(order);
        foreach (var (reason, number, birth, value, type, status) in new[]
        {
            ("unknown_order", "LAB-999999", "19800517", "4.4", "NM", "F"),
            ("patient_mismatch", order.Number, "19810517", "4.4", "NM", "F"),
            ("unreadable_value", order.Number, "", "four", "NM", "F"),
            ("unreadable_value", order.Number, "", "JVBERi0=", "ED", "F"),
            ("unknown_status", order.Number, "", "4.4", "NM", "Q"),
        })
        {
            var reply = await admin.SendAsync(new Oru().Patient(patient, birth).Order(number).Result("2823-3", value, "mmol/L", type: type, status: status));

            reply.Text.Segments("MSA").Single()[1].ShouldBe("AE");
            reply.Text.Segments("ERR").Single()[5].ShouldBe(reason);
        }

        (await order.Doctor.GetAsync($"{order.Path}results/")).Total.ShouldBe(0);
    }

    [Fact]
    public async Task What_is_no_message_is_refused_and_nobody_else_may_send_one()
    {
        using var admin = await app.AdminAsync();
        using var order = await app.OrderedAsync("K");
        using var nurse = await app.StaffAsync("nurse");

        foreach (var message in new[] { "", "hello", "MSH", "MSH|^~\\&|", new Oru(type: "ADT^A01"), new Oru(version: "3.0"), new Oru(processing: "T"), new Oru(), "MSH|||||" })
        {
            (await admin.SendAsync(message)).Text.Segments("MSA").Single()[1].ShouldBe("AR", message);
        }

        (await nurse.SendAsync(new Oru())).Status.ShouldBe(400);
        (await order.Doctor.SendAsync(new Oru())).Status.ShouldBe(403);
        (await order.Patient.SendAsync(new Oru())).Status.ShouldBe(403);
    }

    [Fact]
    public async Task The_senders_flags_are_kept_beside_ours_and_a_text_in_lines_is_one_text()
    {
        using var order = await app.OrderedAsync("K", "CUL-URINE");
        using var admin = await app.AdminAsync();
        var message = new Oru().Patient(await NumberAsync(order)).Order(order.Number).Result("2823-3", "5.4", "mmol/L", flags: "N~A", range: "3.5-5.5")
            .Line("NTE|1||Slightly \\T\\ haemolysed").Result("630-4", "Escherichia coli", "", type: "TX").Result("630-4", "> 10\\S\\5 CFU/mL", "", type: "TX");

        (await admin.SendAsync(message)).Text.Segments("MSA").Single()[1].ShouldBe("AA");

        var results = (await order.Doctor.GetAsync($"{order.Path}results/")).Rows.ToDictionary(r => r.GetProperty("test_code").GetString()!, r => r.GetProperty("reading"));
        results["K"].GetProperty("flag").GetString().ShouldBe("high");
        results["K"].GetProperty("sender_flags").GetString().ShouldBe("N,A");
        results["K"].GetProperty("sender_range").GetString().ShouldBe("3.5-5.5");
        results["K"].GetProperty("note").GetString().ShouldBe("Slightly & haemolysed");
        results["CUL-URINE"].GetProperty("text").GetString().ShouldBe("Escherichia coli\n> 10^5 CFU/mL");
    }

    [Fact]
    public async Task What_is_set_aside_is_told_to_who_settles_it_and_calls_who_ordered_where_its_sender_calls_it_critical()
    {
        var clinic = await app.ClinicAsync();
        using var nurse = await app.StaffAsync("nurse", clinic);
        using var first = await app.OrderedAsync("K");
        using var order = await app.OrderedAsync(first.Doctor, first.Patient, new { patient_id = first.Patient.PatientId, tests = new[] { "K" }, clinic_id = clinic });

        (await nurse.SendAsync(new Oru().Patient(await NumberAsync(order)).Order(order.Number).Result("99999-0", "7", "mmol/L", flags: "HH"), clinic)).Text.Segments("MSA").Single()[1].ShouldBe("AE");
        await app.DeliverEventsAsync();

        var alert = (await order.Doctor.GetAsync("/api/alerts/?mine=true&status=open")).Rows.ShouldHaveSingleItem();
        (await nurse.GetAsync("/api/notifications/?mark_read=false&category=system")).Rows.ShouldHaveSingleItem();
        (await nurse.PostAsync($"/api/labs/quarantine/{alert.GetProperty("source_id").GetGuid()}/resolve/", new { order = order.Number, test = "K" })).Word("status").ShouldBe("imported");
        await app.DeliverEventsAsync();
        var next = (await order.Doctor.GetAsync("/api/alerts/?mine=true&status=open")).Rows.ShouldHaveSingleItem();
        next.GetProperty("id").GetGuid().ShouldNotBe(alert.GetProperty("id").GetGuid());
    }

    [Fact]
    public async Task A_nurse_reaches_the_orders_of_her_laboratory_and_learns_nothing_of_others()
    {
        var clinic = await app.ClinicAsync();
        using var nurse = await app.StaffAsync("nurse", clinic);
        using var elsewhere = await app.OrderedAsync("K");
        using var own = await app.OrderedAsync(elsewhere.Doctor, elsewhere.Patient, new { patient_id = elsewhere.Patient.PatientId, tests = new[] { "K" }, clinic_id = clinic });
        var patient = await NumberAsync(elsewhere);
        var sample = await elsewhere.Doctor.PostAsync($"{elsewhere.Path}samples/", new { specimen = "serum" });

        foreach (var (number, born) in new[] { (elsewhere.Number, "19800517"), (elsewhere.Number, "19700101"), (sample.Word("accession"), ""), ("LAB-999999", "") })
        {
            var reply = await nurse.SendAsync(new Oru().Patient(patient, born).Order(number).Result("2823-3", "9.9", "mmol/L", flags: "HH"), clinic);
            reply.Text.Segments("ERR").Single()[5].ShouldBe("unknown_order");
        }

        (await elsewhere.Doctor.GetAsync($"{elsewhere.Path}results/")).Total.ShouldBe(0);
        (await nurse.SendAsync(new Oru().Patient(patient).Order(own.Number).Result("2823-3", "4.4", "mmol/L"), clinic)).Text.Segments("MSA").Single()[1].ShouldBe("AA");
        (await app.SqlAsync("SELECT count(*) FROM audit.events WHERE actor_id = $1 AND action = 'ImportLabResults' AND patient_ids = ARRAY[$2::uuid]", nurse.UserId, own.Patient.PatientId)).ShouldBe(1L);
    }

    [Fact]
    public async Task What_names_several_patients_or_orders_or_a_rejected_sample_is_not_taken()
    {
        using var order = await app.OrderedAsync("K");
        using var second = await app.OrderedAsync(order.Doctor, order.Patient, new { patient_id = order.Patient.PatientId, tests = new[] { "K" } });
        using var another = await app.OrderedAsync("K");
        using var admin = await app.AdminAsync();
        var (patient, other) = (await NumberAsync(order), await NumberAsync(another));
        var sample = await order.Doctor.PostAsync($"{order.Path}samples/", new { specimen = "serum" });
        (await order.Doctor.PostAsync($"{order.Path}samples/{sample.Id}/reject/", new { reason = "mislabelled" })).Status.ShouldBe(200);

        foreach (var (numbers, placer, filler, reason) in new[]
        {
            ($"{patient}~{other}", order.Number, "", "ambiguous"),
            (patient, order.Number, second.Number, "ambiguous"),
            (patient, order.Number, sample.Word("accession"), "sample_rejected"),
            (patient, sample.Word("accession"), "", "sample_rejected"),
        })
        {
            var reply = await admin.SendAsync(new Oru().Patient(numbers).Order(placer, filler).Result("2823-3", "4.4", "mmol/L"));
            reply.Text.Segments("ERR").Single()[5].ShouldBe(reason);
        }

        (await order.Doctor.GetAsync($"{Laboratory.Results}?patient={order.Patient.PatientId}")).Total.ShouldBe(0);
        (await admin.SendAsync(new Oru().Patient($"{patient}~{patient}").Order(order.Number, order.Number).Result("2823-3", "4.4", "mmol/L"))).Text.Segments("MSA").Single()[1].ShouldBe("AA");
    }

    [Fact]
    public async Task A_message_of_many_orders_is_settled_for_each_of_them()
    {
        using var first = await app.OrderedAsync("K");
        using var second = await app.OrderedAsync("K", "NA");
        using var admin = await app.AdminAsync();
        var message = new Oru().Patient(await NumberAsync(first)).Order(first.Number).Result("2823-3", "6.9", "mmol/L")
            .Patient(await NumberAsync(second)).Order(second.Number).Result("2823-3", "4.4", "mmol/L");

        (await admin.SendAsync(message)).Text.Segments("MSA").Single()[1].ShouldBe("AA");
        await app.DeliverEventsAsync();

        (await first.StatusAsync(), await second.StatusAsync()).ShouldBe(("completed", "partially_resulted"));
        ((await first.Doctor.GetAsync("/api/alerts/?mine=true")).Total, (await second.Doctor.GetAsync("/api/alerts/?mine=true")).Total).ShouldBe((1, 0));
    }

    [Fact]
    public async Task A_unit_that_is_known_is_not_written_over_and_what_is_set_aside_is_forgotten()
    {
        using var order = await app.OrderedAsync("K");
        using var admin = await app.AdminAsync();
        var message = new Oru().Patient(await NumberAsync(order)).Order(order.Number).Result("99999-0", "44", "mg/dL").Result("99998-2", "140", "mmol/L");
        (await admin.SendAsync(message)).Text.Segments("ERR").Length.ShouldBe(2);
        var waiting = (await admin.GetAsync("/api/labs/quarantine/")).Rows.Where(q => q.GetProperty("patient_id").ToString() == $"{order.Patient.PatientId}")
            .OrderBy(q => q.GetProperty("position").GetInt32()).Select(q => $"/api/labs/quarantine/{q.GetProperty("id").GetGuid()}/").ToList();

        (await admin.PostAsync($"{waiting[0]}resolve/", new { order = order.Number, test = "K", unit = "mmol/L" })).ErrorDetails.TryGetProperty("unit", out _).ShouldBeTrue();
        (await admin.PostAsync($"{waiting[0]}resolve/", new { order = order.Number, test = "CREA", unit = "mg%" })).Word("status").ShouldBe("imported");
        (await admin.PostAsync($"{waiting[1]}dismiss/", new { reason = "Nobody's" })).Data.GetProperty("sent").ValueKind.ShouldBe(JsonValueKind.Null);

        (await app.SqlAsync("SELECT count(content) FROM labs.quarantined_results WHERE patient_id = $1", order.Patient.PatientId)).ShouldBe(0L);
    }

    [Fact]
    public async Task An_erasure_finds_what_waits_without_a_patient_and_names_the_person()
    {
        using var order = await app.OrderedAsync("K");
        using var other = await app.OrderedAsync("K");
        using var admin = await app.AdminAsync();
        var (number, control) = (await NumberAsync(order), Guid.CreateVersion7().ToString("N"));
        var message = new Oru(control).Patient(number).Order(other.Number).Result("2823-3", "1", "mmol/L")
            .Patient("NOBODY-1").Order(order.Number).Result("2823-3", "2", "mmol/L")
            .Patient("NOBODY-2").Order("ELSE-2").Result("2823-3", "3", "mmol/L")
            .Patient(await NumberAsync(other)).Order(order.Number).Result("2823-3", "4", "mmol/L");
        (await admin.SendAsync(message)).Text.Segments("ERR").Select(e => e[5]).ShouldBe(["patient_mismatch", "unknown_patient", "unknown_patient", "patient_mismatch"]);

        await using (var scope = app.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetServices<IPersonalRecords>().Single(r => r.Schema == "labs").EraseAsync(new PersonKeys { PatientId = order.Patient.PatientId }, CancellationToken.None);
        }

        (await app.SqlAsync(
            "SELECT string_agg(q.position::text, ' ' ORDER BY q.position) FROM labs.quarantined_results q JOIN labs.imported_messages m ON m.id = q.message_id WHERE m.control_id = $1 AND q.content IS NULL",
            control)).ShouldBe("1 2");
    }

    private static async Task<string> NumberAsync(LabCase order) =>
        (await order.Doctor.GetAsync(order.Path)).Data.GetProperty("patient").GetProperty("number").GetString()!;
}
