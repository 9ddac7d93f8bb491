using System.Text.Json;
using Careline.Tests.Clinics;
using Careline.Tests.Scheduling;
using Careline.Tests.Support;

namespace Careline.Tests.Doctors;

/// <summary>Doctors at several clinics: what a visit costs there, and who says so.</summary>
public sealed class PracticeTests(TestApp app) : IClassFixture<TestApp>
{
    private static readonly object[] _fees = [new { modality = "in_person", amount = 9_000, currency = "NGN" }, new { modality = "video", amount = 4_000, currency = "NGN" }];

    [Fact]
    public async Task A_visit_costs_what_the_clinic_and_the_way_to_meet_say_and_else_the_doctors_fee()
    {
        var (doctor, clinic) = await WorkingAsync();
        using var patient = await app.PatientAsync();
        (await doctor.PutAsync(At(doctor, clinic), new { fees = _fees })).Status.ShouldBe(200);
        var (there, elsewhere) = (await SlotsAsync(doctor, clinic, "08:00:00", 4), await doctor.OfferAsync(app.Day(), 1, "14:00:00"));

        (await FeeAsync(patient, there[0], "in_person")).ShouldBe((9_000, "NGN"));
        (await FeeAsync(patient, there[1], "video")).ShouldBe((4_000, "NGN"));
        (await FeeAsync(patient, there[2], "audio")).ShouldBe((1_000, "NGN"));
        (await FeeAsync(patient, elsewhere[0], "in_person")).ShouldBe((1_000, "NGN"));

        // What was booked keeps its fee.
        (await doctor.PutAsync(At(doctor, clinic), new { fees = Array.Empty<object>() })).Status.ShouldBe(200);
        (await FeeAsync(patient, there[3], "in_person")).ShouldBe((1_000, "NGN"));
        (await patient.GetAsync("/api/appointments/?ordering=start")).Rows.First().GetProperty("fee").GetProperty("amount").GetInt64().ShouldBe(9_000);
    }

    [Fact]
    public async Task A_hold_that_is_used_for_another_way_to_meet_costs_what_that_one_does()
    {
        var (doctor, clinic) = await WorkingAsync();
        using var patient = await app.PatientAsync();
        (await doctor.PutAsync(At(doctor, clinic), new { fees = _fees })).Status.ShouldBe(200);
        var slots = await SlotsAsync(doctor, clinic, "08:00:00", 2);
        var (one, other) = ((await patient.PostAsync("/api/appointments/holds/", new { time_slot_id = slots[0] })).Id, (await patient.PostAsync("/api/appointments/holds/", new { time_slot_id = slots[1] })).Id);

        var same = await patient.PostAsync("/api/appointments/", new { hold_id = one });
        var changed = await patient.PostAsync("/api/appointments/", new { hold_id = other, modality = "in_person" });

        same.Data.GetProperty("fee").GetProperty("amount").GetInt64().ShouldBe(4_000);
        changed.Data.GetProperty("fee").GetProperty("amount").GetInt64().ShouldBe(9_000);
    }

    [Fact]
    public async Task A_cheap_visit_is_not_made_a_dear_one_by_its_patient()
    {
        var (doctor, clinic) = await WorkingAsync();
        using var patient = await app.PatientAsync();
        (await doctor.PutAsync(At(doctor, clinic), new { fees = _fees })).Status.ShouldBe(200);
        var slots = await SlotsAsync(doctor, clinic, "08:00:00", 2);
        var visit = $"/api/appointments/{(await patient.PostAsync("/api/appointments/", new { time_slot_id = slots[0], modality = "video" })).Id}/";
        var plain = $"/api/appointments/{(await patient.PostAsync("/api/appointments/", new { time_slot_id = slots[1], modality = "audio" })).Id}/";

        (await patient.PatchAsync(visit, new { modality = "in_person" })).ErrorCode.ShouldBe("PRICE_DIFFERS");
        (await patient.PatchAsync(visit, new { modality = "chat" })).ErrorCode.ShouldBe("PRICE_DIFFERS");
        (await patient.PatchAsync(visit, new { reason = "Cough" })).Status.ShouldBe(200);
        (await patient.PatchAsync(plain, new { modality = "chat" })).Status.ShouldBe(200);
        (await doctor.PatchAsync(visit, new { modality = "in_person" })).Data.GetProperty("fee").GetProperty("amount").GetInt64().ShouldBe(4_000);
    }

    [Fact]
    public async Task Profile_and_list_show_the_clinics_with_their_fees()
    {
        var (doctor, clinic) = await WorkingAsync();
        await app.IndexAsync();

        (await doctor.PutAsync(At(doctor, clinic), new { fees = _fees, specializations = new[] { "cardiology" }, slot_minutes = 20 })).Status.ShouldBe(200);

        var listed = (await app.Anonymous.AskAsync($"/api/doctors/?clinic={clinic}")).Rows.Single();
        var read = (await app.Anonymous.AskAsync($"/api/doctors/{doctor.DoctorId}/")).Data;
        foreach (var shown in new[] { listed, read })
        {
            var at = shown.GetProperty("clinics").EnumerateArray().Single();
            at.GetProperty("id").GetGuid().ShouldBe(clinic);
            at.GetProperty("fees").EnumerateArray().Select(f => f.GetProperty("amount").GetInt64()).Order().ShouldBe([4_000, 9_000]);
        }

        var practice = (await app.Anonymous.AskAsync($"/api/doctors/{doctor.DoctorId}/clinics/")).Rows.Single();
        (practice.GetProperty("slot_minutes").GetInt32(), practice.GetProperty("specializations")[0].GetString()).ShouldBe((20, "Cardiology"));
        (await doctor.DeleteAsync(At(doctor, clinic))).Status.ShouldBe(204);
        (await doctor.DeleteAsync(At(doctor, clinic))).Status.ShouldBe(404);
        (await app.Anonymous.AskAsync($"/api/doctors/?clinic={clinic}")).Total.ShouldBe(0);
    }

    [Fact]
    public async Task The_doctor_and_the_clinics_administrators_say_it_and_nobody_else()
    {
        var (doctor, clinic) = await WorkingAsync();
        using var boss = await app.BossAsync(clinic);
        using var elsewhere = await app.BossAsync(await app.OpenedClinicAsync("Elsewhere"));
        using var nurse = await app.StaffAsync("nurse", clinic);
        using var other = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync();
        var hidden = await app.OpenedClinicAsync("Not the doctor's");

        (await boss.PutAsync(At(doctor, clinic), new { fees = _fees })).Status.ShouldBe(200);

        // Whether patients read that the doctor works there is for the doctor to say.
        (await app.Anonymous.AskAsync($"/api/doctors/{doctor.DoctorId}/clinics/")).Total.ShouldBe(0);
        (await doctor.PatchAsync("/api/doctors/me/", new { clinic_ids = new[] { clinic } })).Status.ShouldBe(200);
        (await app.Anonymous.AskAsync($"/api/doctors/{doctor.DoctorId}/clinics/")).Total.ShouldBe(1);
        foreach (var (person, status) in new[] { (elsewhere, 404), (nurse, 403), (other, 404), (patient, 404) })
        {
            (await person.PutAsync(At(doctor, clinic), new { fees = _fees })).Status.ShouldBe(status);
            (await person.DeleteAsync(At(doctor, clinic))).Status.ShouldBe(status);
        }

        (await doctor.PutAsync(At(doctor, hidden), new { fees = _fees })).Status.ShouldBe(404);
        (await doctor.PutAsync(At(doctor, clinic), new { fees = _fees }, ("If-Match", "\"9\""))).Status.ShouldBe(412);
        (await doctor.PutAsync(At(doctor, clinic), new { specializations = new[] { "oncology" } })).Status.ShouldBe(400);
    }

    [Theory]
    [InlineData("""{"fees": [{"modality": "video", "amount": -1, "currency": "NGN"}]}""")]
    [InlineData("""{"fees": [{"modality": "video", "amount": 1, "currency": "naira"}]}""")]
    [InlineData("""{"fees": [{"modality": "video", "amount": 1, "currency": "NGN"}, {"modality": "video", "amount": 2, "currency": "NGN"}]}""")]
    [InlineData("""{"fees": [null]}""")]
    [InlineData("""{"fees": [{"modality": "smoke", "amount": 1, "currency": "NGN"}]}""")]
    [InlineData("""{"slot_minutes": 0}""")]
    [InlineData("""{"doctor_id": "01890000-0000-7000-8000-000000000000"}""")]
    public async Task Shapeless_terms_are_refused(string body)
    {
        var (doctor, clinic) = await WorkingAsync();

        (await doctor.PutAsync(At(doctor, clinic), body)).Status.ShouldBe(400);
    }

    [Fact]
    public async Task Who_leaves_a_clinic_has_no_terms_there_from_that_moment()
    {
        var (doctor, clinic) = await WorkingAsync();
        using var patient = await app.PatientAsync();
        (await doctor.PutAsync(At(doctor, clinic), new { fees = _fees })).Status.ShouldBe(200);
        var slots = await SlotsAsync(doctor, clinic, "08:00:00", 1);
        using var admin = await app.AdminAsync();
        var staff = $"{Running.Path}{clinic}/staff/";
        var member = (await admin.GetAsync(staff)).Rows.Single(r => r.GetProperty("account_id").GetGuid() == doctor.UserId).GetProperty("id").GetGuid();

        (await admin.DeleteAsync($"{staff}{member}/")).Status.ShouldBe(204);

        (await app.Anonymous.AskAsync($"/api/doctors/{doctor.DoctorId}/clinics/")).Total.ShouldBe(0);
        (await FeeAsync(patient, slots[0], "in_person")).ShouldBe((1_000, "NGN"));
        await app.DeliverEventsAsync();
        (await doctor.GetAsync("/api/doctors/me/")).Data.GetProperty("clinics").GetArrayLength().ShouldBe(0);
        (await app.SqlAsync("SELECT count(*) FROM doctors.practices WHERE doctor_id = $1", doctor.DoctorId)).ShouldBe(0L);
    }

    [Fact]
    public async Task Where_a_doctor_takes_no_patients_only_the_practice_books()
    {
        var (doctor, clinic) = await WorkingAsync();
        using var patient = await app.PatientAsync();
        using var desk = await app.StaffAsync("receptionist", clinic);
        (await doctor.PutAsync(At(doctor, clinic), new { accepts_patients = false })).Status.ShouldBe(200);
        var slots = await SlotsAsync(doctor, clinic, "08:00:00", 1);

        (await patient.BookAsync(slots[0])).ErrorCode.ShouldBe("DOCTOR_NOT_BOOKABLE");
        (await desk.PostAsync("/api/appointments/", new { time_slot_id = slots[0], patient_id = patient.PatientId })).Status.ShouldBe(201);
    }

    [Fact]
    public async Task Visits_last_as_long_as_the_clinic_says()
    {
        var (doctor, clinic) = await WorkingAsync();
        var rules = Enum.GetNames<DayOfWeek>().Select(d => new { weekday = d.ToLowerInvariant(), start_time = "09:00", end_time = "10:00", clinic_id = clinic });
        await doctor.KeepHoursAsync(doctor.DoctorId, new { rules });
        (await app.TimesAsync(doctor.DoctorId, app.Day())).Length.ShouldBe(2);

        (await doctor.PutAsync(At(doctor, clinic), new { slot_minutes = 20 })).Status.ShouldBe(200);

        (await app.TimesAsync(doctor.DoctorId, app.Day())).Length.ShouldBe(3);
    }

    private static string At(Person doctor, Guid clinic) => $"/api/doctors/{doctor.DoctorId}/clinics/{clinic}/";

    private static async Task<(long Amount, string? Currency)> FeeAsync(Person patient, string slot, string modality)
    {
        var booked = await patient.PostAsync("/api/appointments/", new { time_slot_id = slot, modality });
        booked.Status.ShouldBe(201, booked.Text);
        return booked.Data.TryGetProperty("fee", out var fee) && fee.ValueKind == JsonValueKind.Object
            ? (fee.GetProperty("amount").GetInt64(), fee.GetProperty("currency").GetString()) : (0, null);
    }

    private async Task<(Person Doctor, Guid Clinic)> WorkingAsync()
    {
        var doctor = await app.BookableDoctorAsync();
        (await doctor.PatchAsync("/api/doctors/me/", new { fee = new { amount = 1_000, currency = "NGN" } })).Status.ShouldBe(200);
        var clinic = await app.OpenedClinicAsync();
        await app.JoinAsync(doctor, clinic, "doctor");
        return (doctor, clinic);
    }

    private async Task<string[]> SlotsAsync(Person doctor, Guid clinic, string from, int count)
    {
        var slots = new List<string>();
        var start = TimeOnly.Parse(from, System.Globalization.CultureInfo.InvariantCulture);
        for (var i = 0; i < count; i++)
        {
            var slot = await doctor.PostAsync("/api/time-slots/", new
            {
                date = app.Day().Text(),
                start_time = start.AddMinutes(30 * i),
                end_time = start.AddMinutes(30 * (i + 1)),
                clinic_id = clinic,
            });
            slots.Add(slot.Word("id"));
        }

        return [.. slots];
    }
}
