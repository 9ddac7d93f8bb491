using Careline.Tests.Scheduling;
using Careline.Tests.Support;

namespace Careline.Tests.Prescriptions;

public sealed class WritePrescriptionTests(SharedApp app) : IClassFixture<SharedApp>
{
    private static readonly object _warfarin = new { medication_name = "Warfarin", strength = "5 mg", dosage = "5 mg", frequency = "once_daily", route = "oral" };
    private static readonly object _ibuprofen = new { medication_name = "Ibuprofen", strength = "400 mg", dosage = "400 mg", frequency = "thrice_daily", route = "oral" };

    [Fact]
    public async Task A_doctor_writes_changes_and_signs_a_prescription_which_the_patient_then_reads()
    {
        using var ward = await app.WardAsync();
        var draft = await ward.WriteAsync(Sheets.Paracetamol);
        draft.Status.ShouldBe(201, draft.Text);
        draft.Word("status").ShouldBe("draft");
        (await ward.Patient.GetAsync($"/api/prescriptions/{draft.Id}/")).Status.ShouldBe(404);

        var changed = await ward.Doctor.PatchAsync($"/api/prescriptions/{draft.Id}/", new { general_advice = "Rest", next_visit = "2030-01-31" }, ("If-Match", draft.ETag!));
        changed.Status.ShouldBe(200, changed.Text);
        changed.Word("general_advice").ShouldBe("Rest");
        changed.Data.GetProperty("lines").GetArrayLength().ShouldBe(1);
        var replaced = await ward.Doctor.PutAsync($"/api/prescriptions/{draft.Id}/", new { lines = new[] { Sheets.Paracetamol, Sheets.FolicAcid } });
        replaced.Data.GetProperty("lines").EnumerateArray().Select(l => l.GetProperty("position").GetInt32()).ShouldBe([1, 2]);
        replaced.Data.GetProperty("general_advice").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        (await ward.Doctor.PutAsync($"/api/prescriptions/{draft.Id}/", new { lines = new[] { Sheets.Paracetamol } }, ("If-Match", draft.ETag!))).Status.ShouldBe(412);
        (await ward.Doctor.PutAsync($"/api/prescriptions/{draft.Id}/", new { lines = new[] { Sheets.Paracetamol } })).Status.ShouldBe(200);

        var signed = await ward.Doctor.PostAsync($"/api/prescriptions/{draft.Id}/sign/");

        signed.Status.ShouldBe(200, signed.Text);
        signed.Word("status").ShouldBe("active");
        signed.Code().ShouldMatch("^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$");
        (await ward.Patient.GetAsync($"/api/prescriptions/{draft.Id}/")).Data.GetRawText().ShouldBe(signed.Data.GetRawText());
        await app.DeliverEventsAsync();
        (await ward.Patient.GetAsync("/api/notifications/?mark_read=false")).Text.ShouldContain("Your prescription is ready");
        foreach (var again in new[] { await ward.Doctor.PostAsync($"/api/prescriptions/{draft.Id}/sign/"), await ward.Doctor.DeleteAsync($"/api/prescriptions/{draft.Id}/"), await ward.Doctor.PatchAsync($"/api/prescriptions/{draft.Id}/", new { general_advice = "Run" }) })
        {
            again.Status.ShouldBe(409, again.Text);
            again.ErrorCode.ShouldBe("PRESCRIPTION_FINAL");
        }
    }

    [Fact]
    public async Task What_may_harm_is_not_signed_before_the_doctor_says_why_and_a_change_asks_again()
    {
        using var ward = await app.WardAsync();
        var draft = await ward.WriteAsync(_warfarin, _ibuprofen);
        draft.Status.ShouldBe(201, draft.Text);
        var finding = draft.Data.GetProperty("safety").GetProperty("findings").EnumerateArray().First(f => f.GetProperty("interrupts").GetBoolean());

        var stopped = await ward.Doctor.PostAsync($"/api/prescriptions/{draft.Id}/sign/");
        stopped.Status.ShouldBe(409, stopped.Text);
        stopped.ErrorCode.ShouldBe("SAFETY_ALERT");
        stopped.ErrorDetails.GetProperty("findings")[0].GetProperty("finding").GetString().ShouldBe(finding.GetProperty("finding").GetString());

        (await ward.Doctor.PostAsync($"/api/prescriptions/{draft.Id}/overrides/", new { finding = "nothing", reason = "Short course" })).Status.ShouldBe(400);
        (await ward.Doctor.PostAsync($"/api/prescriptions/{draft.Id}/overrides/", new { finding = finding.GetProperty("finding").GetString(), reason = " " })).Status.ShouldBe(400);
        await ward.OverrideAllAsync(draft.Id, "Short course");
        var more = new { medication_name = "Ibuprofen", strength = "800 mg", dosage = "800 mg", frequency = "thrice_daily", route = "oral" };
        (await ward.Doctor.PutAsync($"/api/prescriptions/{draft.Id}/", new { lines = new[] { _warfarin, more } })).Status.ShouldBe(200);
        (await ward.Doctor.PostAsync($"/api/prescriptions/{draft.Id}/sign/")).ErrorCode.ShouldBe("SAFETY_ALERT");

        (await ward.Doctor.PutAsync($"/api/prescriptions/{draft.Id}/", new { lines = new[] { _warfarin, _ibuprofen } })).Status.ShouldBe(200);
        var signed = await ward.Doctor.PostAsync($"/api/prescriptions/{draft.Id}/sign/");
        signed.Status.ShouldBe(200, signed.Text);
        signed.Data.GetProperty("safety").GetProperty("findings").EnumerateArray().First(f => f.GetProperty("interrupts").GetBoolean())
            .GetProperty("override_reason").GetString().ShouldBe("Short course");
    }

    [Fact]
    public async Task An_unknown_medicine_shows_on_the_prescription_as_not_checked()
    {
        using var ward = await app.WardAsync();

        var signed = await ward.SignedAsync(new { medication_name = "Grandmother's drops", dosage = "10 drops", frequency = "at night" });

        signed.Data.GetProperty("lines")[0].GetProperty("safety_check").GetString().ShouldBe("not_checked");
        signed.Data.GetProperty("safety").GetProperty("not_checked").EnumerateArray().ShouldContain(g => g.GetProperty("medicine").GetProperty("name").GetString() == "Grandmother's drops");
        (await app.Anonymous.AskAsync($"/api/prescriptions/verify/{signed.Code()}/")).Data.GetProperty("lines")[0].GetProperty("safety_check").GetString().ShouldBe("not_checked");
        await app.SqlAsync("UPDATE prescriptions.prescription_lines SET safety_check = 'checked' WHERE prescription_id = $1", signed.Id);
        (await app.Anonymous.AskAsync($"/api/prescriptions/verify/{signed.Code()}/")).Word("validity").ShouldBe("altered");
    }

    [Fact]
    public async Task Going_on_with_a_medicine_does_not_stop_the_doctor_but_a_second_course_beside_the_first_does()
    {
        using var ward = await app.WardAsync();
        (await ward.Patient.PostAsync($"/api/patients/{ward.Patient.PatientId}/medications/", new { name = "Folic acid" })).Status.ShouldBe(201);
        object Folate(int days) => new { medication_name = "Folic acid", strength = "5 mg", dosage = "5 mg", frequency = "once_daily", route = "oral", duration_days = days };

        var renewed = await ward.SignedAsync(Folate(10));
        renewed.Data.GetProperty("safety").GetProperty("findings").EnumerateArray().ShouldContain(f => f.GetProperty("code").GetString() == "DUP-INGREDIENT" && !f.GetProperty("interrupts").GetBoolean());
        var again = await ward.SignedAsync(Folate(90));
        var beside = await ward.Doctor.PostAsync($"/api/prescriptions/{again.Id}/repeat/");

        (await ward.Doctor.PostAsync($"/api/prescriptions/{beside.Id}/sign/")).ErrorCode.ShouldBe("SAFETY_ALERT");
    }

    [Fact]
    public async Task A_correction_supersedes_once_it_is_signed_and_only_one_is_begun()
    {
        using var ward = await app.WardAsync();
        var first = await ward.SignedAsync(Sheets.Paracetamol);
        var correction = await ward.Doctor.PostAsync($"/api/prescriptions/{first.Id}/supersede/");
        correction.Status.ShouldBe(201, correction.Text);
        (await ward.Doctor.PostAsync($"/api/prescriptions/{first.Id}/supersede/")).ErrorCode.ShouldBe("CORRECTION_BEGUN");
        (await ward.Patient.GetAsync($"/api/prescriptions/{first.Id}/")).Word("status").ShouldBe("active");

        (await ward.Doctor.PostAsync($"/api/prescriptions/{correction.Id}/sign/")).Status.ShouldBe(200);

        var former = await ward.Patient.GetAsync($"/api/prescriptions/{first.Id}/");
        former.Word("status").ShouldBe("superseded");
        former.Data.GetProperty("superseded_by_id").GetGuid().ShouldBe(correction.Id);
        (await ward.Doctor.PostAsync($"/api/prescriptions/{first.Id}/supersede/")).ErrorCode.ShouldBe("PRESCRIPTION_NOT_ACTIVE");
    }

    [Fact]
    public async Task A_cancelled_prescription_is_told_to_the_patient_and_may_be_prescribed_again()
    {
        using var ward = await app.WardAsync();
        var first = await ward.SignedAsync(Sheets.Paracetamol);
        (await ward.Doctor.PostAsync($"/api/prescriptions/{first.Id}/cancel/", new { reason = "" })).Status.ShouldBe(400);

        var cancelled = await ward.Doctor.PostAsync($"/api/prescriptions/{first.Id}/cancel/", new { reason = "Wrong patient" });

        cancelled.Word("status").ShouldBe("cancelled");
        cancelled.Data.GetProperty("lines")[0].GetProperty("status").GetString().ShouldBe("stopped");
        (await ward.Doctor.PostAsync($"/api/prescriptions/{first.Id}/cancel/", new { reason = "Again" })).Status.ShouldBe(409);
        await app.DeliverEventsAsync();
        (await ward.Patient.GetAsync("/api/notifications/?mark_read=false")).Text.ShouldContain("A prescription was called off");
        var again = await ward.Doctor.PostAsync($"/api/prescriptions/{first.Id}/repeat/");
        again.Status.ShouldBe(201, again.Text);
        again.Data.GetProperty("lines")[0].GetProperty("instructions").GetString().ShouldBe("After meals");
    }

    [Fact]
    public async Task Only_who_treats_the_patient_and_is_licensed_prescribes()
    {
        using var ward = await app.WardAsync();
        using var stranger = await app.BookableDoctorAsync();
        using var pending = await app.DoctorAsync(verified: false);
        (await stranger.PostAsync("/api/prescriptions/", new { patient_id = ward.Patient.PatientId })).Status.ShouldBe(404);
        (await ward.Patient.PostAsync("/api/prescriptions/", new { patient_id = ward.Patient.PatientId })).Status.ShouldBe(403);
        var draft = await ward.WriteAsync(Sheets.Paracetamol);
        (await stranger.PostAsync($"/api/prescriptions/{draft.Id}/sign/")).Status.ShouldBe(404);
        (await ward.Doctor.PostAsync($"/api/prescriptions/", new { patient_id = ward.Patient.PatientId, lines = Array.Empty<object>() })).Status.ShouldBe(201);

        await app.SqlAsync("UPDATE doctors.doctors SET verification = 'pending' WHERE id = $1", ward.Doctor.DoctorId);
        var refused = await ward.Doctor.PostAsync($"/api/prescriptions/{draft.Id}/sign/");
        refused.Status.ShouldBe(403, refused.Text);
        refused.ErrorCode.ShouldBe("NOT_VERIFIED");
    }

    [Fact]
    public async Task Another_doctor_who_treats_the_patient_reads_it_and_changes_nothing()
    {
        using var ward = await app.WardAsync();
        using var second = await app.BookableDoctorAsync();
        await ward.Patient.BookedAsync((await second.OfferAsync(app.Day(4), 1))[0]);
        var draft = await ward.WriteAsync(Sheets.FolicAcid);
        var signed = await ward.SignedAsync(Sheets.Paracetamol);
        (await second.GetAsync($"/api/prescriptions/{signed.Id}/")).Status.ShouldBe(200);

        foreach (var refused in new[]
        {
            await second.PostAsync($"/api/prescriptions/{draft.Id}/sign/"), await second.PutAsync($"/api/prescriptions/{draft.Id}/", new { lines = Array.Empty<object>() }),
            await second.DeleteAsync($"/api/prescriptions/{draft.Id}/"), await second.PostAsync($"/api/prescriptions/{signed.Id}/cancel/", new { reason = "Mine" }),
            await second.PostAsync($"/api/prescriptions/{signed.Id}/supersede/"), await second.PostAsync($"/api/prescriptions/{signed.Id}/send/", new { clinic_id = Guid.CreateVersion7() }),
        })
        {
            refused.Status.ShouldBe(403, refused.Text);
        }
    }

    [Fact]
    public async Task One_decision_does_not_pass_another_finding_of_the_same_rule()
    {
        using var ward = await app.WardAsync();
        var allergies = $"/api/patients/{ward.Patient.PatientId}/allergies/";
        (await ward.Patient.PostAsync(allergies, new { substance = "Sulfamethoxazole" })).Status.ShouldBe(201);
        var draft = await ward.WriteAsync(new { medication_name = "Septrin", dosage = "1 tablet", frequency = "twice_daily", route = "oral" });
        await ward.OverrideAllAsync(draft.Id, "Desensitised");
        (await ward.Patient.PostAsync(allergies, new { substance = "Trimethoprim" })).Status.ShouldBe(201);

        (await ward.Doctor.PostAsync($"/api/prescriptions/{draft.Id}/sign/")).ErrorCode.ShouldBe("SAFETY_ALERT");
    }

    [Theory]
    [InlineData("POST", "/api/prescriptions/", """{"patient_id": "PATIENT", "lines": [null]}""")]
    [InlineData("PUT", "/api/prescriptions/DRAFT/", """{"lines": [null]}""")]
    [InlineData("PATCH", "/api/prescriptions/DRAFT/", """{"lines": [null]}""")]
    [InlineData("POST", "/api/prescriptions/templates/", """{"name": "Nothing", "sheet": {"lines": [null]}}""")]
    public async Task A_list_that_holds_nothing_is_refused(string method, string path, string body)
    {
        using var ward = await app.WardAsync();
        var draft = await ward.WriteAsync(Sheets.Paracetamol);

        var reply = await ward.Doctor.Client.SendAsync(
            method, path.Replace("DRAFT", $"{draft.Id}", StringComparison.Ordinal), body.Replace("PATIENT", $"{ward.Patient.PatientId}", StringComparison.Ordinal));

        reply.Status.ShouldBe(400, reply.Text);
    }

    [Fact]
    public async Task An_empty_prescription_is_not_signed()
    {
        using var ward = await app.WardAsync();
        var draft = await ward.WriteAsync();

        (await ward.Doctor.PostAsync($"/api/prescriptions/{draft.Id}/sign/")).ErrorCode.ShouldBe("PRESCRIPTION_EMPTY");
    }

    [Fact]
    public async Task A_template_begins_a_prescription_and_is_its_doctors_alone()
    {
        using var ward = await app.WardAsync();
        using var other = await app.BookableDoctorAsync();
        var template = await ward.Doctor.PostAsync("/api/prescriptions/templates/", new { name = "Cold", sheet = new { lines = new[] { Sheets.Paracetamol }, fluid_advice = "Tea" } });
        template.Status.ShouldBe(201, template.Text);
        (await other.GetAsync($"/api/prescriptions/templates/{template.Id}/")).Status.ShouldBe(404);
        (await ward.Doctor.GetAsync("/api/prescriptions/templates/?search=col")).Total.ShouldBe(1);

        var draft = await ward.Doctor.PostAsync("/api/prescriptions/", new { patient_id = ward.Patient.PatientId, template_id = template.Id });

        draft.Status.ShouldBe(201, draft.Text);
        draft.Word("fluid_advice").ShouldBe("Tea");
        draft.Data.GetProperty("lines")[0].GetProperty("medication_name").GetString().ShouldBe("Paracetamol");
        (await ward.Doctor.DeleteAsync($"/api/prescriptions/templates/{template.Id}/")).Status.ShouldBe(204);
        (await ward.Doctor.PostAsync("/api/prescriptions/", new { patient_id = ward.Patient.PatientId, template_id = template.Id })).Status.ShouldBe(400);
    }
}
