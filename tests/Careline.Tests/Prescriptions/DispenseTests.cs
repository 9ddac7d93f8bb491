using Careline.Prescriptions.Signatures;
using Careline.Tests.Scheduling;
using Careline.Tests.Support;

namespace Careline.Tests.Prescriptions;

public sealed class DispenseTests(SharedApp app) : IClassFixture<SharedApp>
{
    [Fact]
    public async Task A_pharmacy_verifies_a_paper_and_hands_it_out_in_parts_and_never_more()
    {
        using var ward = await app.WardAsync();
        var (clinic, pharmacist) = await app.PharmacyAsync();
        var sheet = await ward.SignedAsync(Sheets.Paracetamol);
        var typed = sheet.Code().ToLowerInvariant().Replace("0", "o", StringComparison.Ordinal);

        var verified = await app.Anonymous.AskAsync($"/api/prescriptions/verify/{typed}/");

        verified.Status.ShouldBe(200, verified.Text);
        verified.Word("validity").ShouldBe("valid");
        verified.Text.ShouldNotContain(ward.Patient.PatientId.ToString());
        verified.Data.GetProperty("lines")[0].GetProperty("allowed").GetInt32().ShouldBe(15);

        (await pharmacist.GetAsync($"/api/prescriptions/{sheet.Id}/")).Status.ShouldBe(404);
        var part = await pharmacist.PostAsync($"/api/prescriptions/verify/{sheet.Code()}/dispense/", Out(sheet, 10));
        part.Status.ShouldBe(201, part.Text);
        (await pharmacist.PostAsync($"/api/prescriptions/verify/{sheet.Code()}/dispense/", Out(sheet, 6))).ErrorCode.ShouldBe("DISPENSED_ALREADY");
        (await pharmacist.PostAsync($"/api/prescriptions/verify/{sheet.Code()}/dispense/", Out(sheet, 5))).Status.ShouldBe(201);
        (await ward.Patient.GetAsync($"/api/prescriptions/{sheet.Id}/")).Word("status").ShouldBe("completed");
        (await app.Anonymous.AskAsync($"/api/prescriptions/verify/{sheet.Code()}/")).Word("validity").ShouldBe("used_up");
        (await pharmacist.PostAsync($"/api/prescriptions/verify/{sheet.Code()}/dispense/", Out(sheet, 1))).ErrorCode.ShouldBe("NOT_DISPENSABLE");
        (await ward.Patient.GetAsync($"/api/prescriptions/{sheet.Id}/dispenses/")).Rows.Sum(d => d.GetProperty("quantity").GetInt32()).ShouldBe(15);
        (await app.Anonymous.AskAsync("/api/prescriptions/verify/0000-0000-0000/")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Sixty_four_counters_at_once_hand_out_once()
    {
        using var ward = await app.WardAsync();
        var (_, pharmacist) = await app.PharmacyAsync();
        var sheet = await ward.SignedAsync(Sheets.Paracetamol);

        var replies = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => pharmacist.PostAsync($"/api/prescriptions/verify/{sheet.Code()}/dispense/", Out(sheet, 15))));

        replies.Count(r => r.Status == 201).ShouldBe(1);
        replies.Where(r => r.Status != 201).ShouldAllBe(r => r.Status == 409);
        (await app.SqlAsync("SELECT sum(quantity)::int FROM prescriptions.dispenses WHERE prescription_id = $1", sheet.Id)).ShouldBe(15);
    }

    [Fact]
    public async Task What_is_sent_to_a_pharmacy_is_seen_there_and_nowhere_else_and_a_mistake_is_taken_back()
    {
        using var ward = await app.WardAsync();
        var (clinic, pharmacist) = await app.PharmacyAsync();
        var (elsewhere, other) = await app.PharmacyAsync("Hill Pharmacy");
        var sheet = await ward.SignedAsync(Sheets.Paracetamol);
        (await ward.Patient.PostAsync($"/api/prescriptions/{sheet.Id}/send/", new { clinic_id = Guid.CreateVersion7() })).Status.ShouldBe(400);

        (await ward.Patient.PostAsync($"/api/prescriptions/{sheet.Id}/send/", new { clinic_id = clinic })).Status.ShouldBe(200);

        (await pharmacist.GetAsync($"/api/prescriptions/?pharmacy={clinic}")).Rows.Select(p => p.GetProperty("id").GetGuid()).ShouldBe([sheet.Id]);
        (await other.GetAsync($"/api/prescriptions/{sheet.Id}/")).Status.ShouldBe(404);
        (await other.PostAsync($"/api/prescriptions/{sheet.Id}/dispense/", Out(sheet, 1))).Status.ShouldBe(404);
        await app.DeliverEventsAsync();
        (await pharmacist.GetAsync("/api/notifications/?mark_read=false")).Text.ShouldContain("A prescription has come in");
        var handed = await pharmacist.PostAsync($"/api/prescriptions/{sheet.Id}/dispense/", Out(sheet, 15));
        handed.Status.ShouldBe(201, handed.Text);

        var back = await pharmacist.PostAsync($"/api/prescriptions/{sheet.Id}/dispenses/{handed.Data[0].GetProperty("id").GetGuid()}/reverse/", new { reason = "Wrong strength" });

        back.Status.ShouldBe(200, back.Text);
        (await ward.Patient.GetAsync($"/api/prescriptions/{sheet.Id}/")).Word("status").ShouldBe("active");
        (await pharmacist.PostAsync($"/api/prescriptions/{sheet.Id}/dispense/", Out(sheet, 15))).Status.ShouldBe(201);
        (await pharmacist.PostAsync($"/api/prescriptions/{sheet.Id}/dispenses/{handed.Data[0].GetProperty("id").GetGuid()}/reverse/", new { reason = "Again" })).Status.ShouldBe(409);
        (await ward.Patient.PostAsync($"/api/prescriptions/{sheet.Id}/dispense/", Out(sheet, 1))).Status.ShouldBe(403);
    }

    [Theory]
    [InlineData("UPDATE prescriptions.prescription_lines SET dosage = '5 g' WHERE prescription_id = $1")]
    [InlineData("UPDATE prescriptions.prescription_lines SET quantity = 1500 WHERE prescription_id = $1")]
    [InlineData("UPDATE prescriptions.prescription_lines SET frequency = 'hourly' WHERE prescription_id = $1")]
    [InlineData("UPDATE prescriptions.prescription_lines SET refills = 5 WHERE prescription_id = $1")]
    [InlineData("UPDATE prescriptions.prescriptions SET valid_until = valid_until + interval '1 year' WHERE id = $1")]
    [InlineData("UPDATE prescriptions.prescriptions SET signed_content = replace(signed_content, '500 mg', '5 g') WHERE id = $1")]
    [InlineData("UPDATE prescriptions.prescriptions SET number = 'RX-999999999' WHERE id = $1")]
    [InlineData("UPDATE prescriptions.prescriptions SET signature = set_byte(signature, 10, 255 - get_byte(signature, 10)) WHERE id = $1")]
    [InlineData("DELETE FROM prescriptions.prescription_lines WHERE prescription_id = $1")]
    [InlineData("UPDATE prescriptions.prescription_lines SET dispensed = dispensed + 1 WHERE prescription_id = $1")]
    public async Task What_was_changed_in_the_database_does_not_verify_and_is_not_handed_out(string statement)
    {
        using var ward = await app.WardAsync();
        var (_, pharmacist) = await app.PharmacyAsync();
        var sheet = await ward.SignedAsync(Sheets.Paracetamol, Sheets.FolicAcid);
        var line = sheet.Line();

        await app.SqlAsync(statement, sheet.Id);

        var verified = await app.Anonymous.AskAsync($"/api/prescriptions/verify/{sheet.Code()}/");
        verified.Word("validity").ShouldBe("altered");
        verified.Data.GetProperty("lines").GetArrayLength().ShouldBe(0);
        (await pharmacist.PostAsync($"/api/prescriptions/verify/{sheet.Code()}/dispense/", new { lines = new[] { new { line_id = line, quantity = 1 } } })).Status.ShouldBeOneOf(400, 409);
        (await app.SqlAsync("SELECT count(*)::int FROM prescriptions.dispenses WHERE prescription_id = $1", sheet.Id)).ShouldBe(0);
    }

    [Theory]
    [InlineData("UPDATE prescriptions.prescriptions SET status = 'active' WHERE id = $1")]
    [InlineData("UPDATE prescriptions.prescriptions SET status = 'active', ended_at = NULL, end_reason = NULL WHERE id = $1")]
    public async Task What_was_called_off_is_not_brought_back_in_the_database(string statement)
    {
        using var ward = await app.WardAsync();
        var (_, pharmacist) = await app.PharmacyAsync();
        var sheet = await ward.SignedAsync(Sheets.Paracetamol);
        (await ward.Doctor.PostAsync($"/api/prescriptions/{sheet.Id}/cancel/", new { reason = "Rash" })).Status.ShouldBe(200);

        await app.SqlAsync(statement, sheet.Id);

        (await app.Anonymous.AskAsync($"/api/prescriptions/verify/{sheet.Code()}/")).Word("validity").ShouldBe("altered");
        (await pharmacist.PostAsync($"/api/prescriptions/verify/{sheet.Code()}/dispense/", Out(sheet, 1))).ErrorCode.ShouldBe("NOT_DISPENSABLE");
    }

    [Fact]
    public async Task What_was_handed_out_is_not_forgotten_in_the_database()
    {
        using var ward = await app.WardAsync();
        var (_, pharmacist) = await app.PharmacyAsync();
        var sheet = await ward.SignedAsync(Sheets.Paracetamol);
        (await pharmacist.PostAsync($"/api/prescriptions/verify/{sheet.Code()}/dispense/", Out(sheet, 10))).Status.ShouldBe(201);

        await app.SqlAsync("UPDATE prescriptions.prescription_lines SET dispensed = 0 WHERE prescription_id = $1", sheet.Id);

        (await pharmacist.PostAsync($"/api/prescriptions/verify/{sheet.Code()}/dispense/", Out(sheet, 15))).ErrorCode.ShouldBe("NOT_DISPENSABLE");
    }

    [Fact]
    public async Task What_is_handed_out_whole_is_still_taken_still_checked_and_can_still_be_stopped()
    {
        using var ward = await app.WardAsync();
        var (_, pharmacist) = await app.PharmacyAsync();
        var sheet = await ward.SignedAsync(new { medication_name = "Warfarin", strength = "5 mg", dosage = "5 mg", frequency = "once_daily", route = "oral", duration_days = 90, quantity = 90 });
        (await pharmacist.PostAsync($"/api/prescriptions/verify/{sheet.Code()}/dispense/", Out(sheet, 90))).Status.ShouldBe(201);
        (await ward.Patient.GetAsync($"/api/prescriptions/{sheet.Id}/")).Word("status").ShouldBe("completed");

        var checkedAgain = await ward.Doctor.PostAsync("/api/prescriptions/check-interactions/", new { patient_id = ward.Patient.PatientId, medicines = new[] { new { medication_name = "Ibuprofen" } } });
        checkedAgain.Data.GetProperty("interrupts").GetBoolean().ShouldBeTrue(checkedAgain.Text);
        (await ward.Patient.GetAsync("/api/prescriptions/schedule/")).Data.GetArrayLength().ShouldBe(1);
        var cancelled = await ward.Doctor.PostAsync($"/api/prescriptions/{sheet.Id}/cancel/", new { reason = "Wrong dose" });

        cancelled.Word("status").ShouldBe("cancelled");
        (await ward.Patient.GetAsync("/api/prescriptions/schedule/")).Data.GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task A_mistake_made_with_a_paper_is_taken_back_too()
    {
        using var ward = await app.WardAsync();
        var (_, pharmacist) = await app.PharmacyAsync();
        var sheet = await ward.SignedAsync(Sheets.Paracetamol);
        (await pharmacist.GetAsync($"/api/prescriptions/{sheet.Id}/")).Status.ShouldBe(404);
        var handed = await pharmacist.PostAsync($"/api/prescriptions/verify/{sheet.Code()}/dispense/", Out(sheet, 15));

        (await pharmacist.PostAsync($"/api/prescriptions/{sheet.Id}/dispenses/{handed.Data[0].GetProperty("id").GetGuid()}/reverse/", new { reason = "Wrong person" })).Status.ShouldBe(200);
        (await pharmacist.PostAsync($"/api/prescriptions/verify/{sheet.Code()}/dispense/", Out(sheet, 15))).Status.ShouldBe(201);
    }

    [Fact]
    public async Task A_pharmacist_of_a_clinic_that_is_no_pharmacy_hands_out_nothing()
    {
        using var ward = await app.WardAsync();
        var (clinic, pharmacist) = await app.PharmacyAsync();
        var sheet = await ward.SignedAsync(Sheets.Paracetamol);

        // While a new name is looked at, patients get their medicines all the same.
        await app.SqlAsync("UPDATE clinics.clinics SET is_verified = false WHERE id = $1", clinic);
        (await pharmacist.PostAsync($"/api/prescriptions/verify/{sheet.Code()}/dispense/", Out(sheet, 1))).Status.ShouldBe(201);
        await app.SqlAsync("UPDATE clinics.clinics SET is_trusted = false WHERE id = $1", clinic);
        (await pharmacist.PostAsync($"/api/prescriptions/verify/{sheet.Code()}/dispense/", Out(sheet, 1))).Status.ShouldBe(403);
    }

    [Fact]
    public async Task A_cancelled_prescription_says_so_at_once()
    {
        using var ward = await app.WardAsync();
        var (_, pharmacist) = await app.PharmacyAsync();
        var sheet = await ward.SignedAsync(Sheets.Paracetamol);
        (await ward.Doctor.PostAsync($"/api/prescriptions/{sheet.Id}/cancel/", new { reason = "Rash" })).Status.ShouldBe(200);

        (await pharmacist.GetAsync($"/api/prescriptions/verify/{sheet.Code()}/")).Word("validity").ShouldBe("cancelled");
        var refused = await pharmacist.PostAsync($"/api/prescriptions/verify/{sheet.Code()}/dispense/", Out(sheet, 1));
        refused.ErrorCode.ShouldBe("NOT_DISPENSABLE");
        refused.ErrorDetails.GetProperty("validity").GetString().ShouldBe("cancelled");
    }

    [Fact]
    public async Task Pharmacies_are_found_near_a_place()
    {
        var (near, _) = await app.PharmacyAsync("Atoll Pharmacy", new { latitude = -10.0, longitude = -150.0 });
        var (far, _) = await app.PharmacyAsync("Reef Pharmacy", new { latitude = -10.3, longitude = -150.0 });

        var found = await app.Anonymous.AskAsync("/api/pharmacies/?near=-10.01,-150&radius_km=100");

        found.Rows.Select(p => p.GetProperty("id").GetGuid()).ShouldBe([near, far]);
        found.Data[0].GetProperty("distance_km").GetDouble().ShouldBe(1.112, 0.01);
        (await app.Anonymous.AskAsync("/api/pharmacies/?near=-10.01,-150&radius_km=10")).Total.ShouldBe(1);
        (await app.Anonymous.AskAsync("/api/pharmacies/?search=atoll")).Total.ShouldBe(1);
        (await app.Anonymous.AskAsync("/api/pharmacies/?near=here")).Status.ShouldBe(400);
    }

    [Theory]
    [InlineData("7K3M-0QXW-92AB", "7K3M0QXW92AB")]
    [InlineData(" 7k3moqxw92ab", "7K3M0QXW92AB")]
    [InlineData("7K3M-OQXW-92AL", "7K3M0QXW92A1")]
    [InlineData("7K3M-0QXW-92A", null)]
    [InlineData("7K3M-0QXW-92AU", null)]
    [InlineData("", null)]
    public void A_typed_code_is_read_as_people_type(string typed, string? code) => VerifyCode.Read(typed).ShouldBe(code);

    private static object Out(Reply sheet, int quantity) => new { lines = new[] { new { line_id = sheet.Line(), quantity, batch = "B-7" } } };
}
