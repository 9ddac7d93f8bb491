using System.Text.Json;
using Careline.Tests.Support;

namespace Careline.Tests.Scheduling;

public sealed class AppointmentSightTests(SharedApp app) : IClassFixture<SharedApp>
{
    [Fact]
    public async Task Each_sees_what_concerns_them_and_only_carers_see_what_is_clinical()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync();
        using var reception = await app.StaffAsync("receptionist");
        using var nurse = await app.StaffAsync("nurse");
        using var pharmacist = await app.StaffAsync("pharmacist");
        using var adrift = await app.StaffAsync("nurse");
        using var admin = await app.AdminAsync();
        using var stranger = await app.PatientAsync();
        using var otherDoctor = await app.BookableDoctorAsync();
        var clinic = await app.ClinicAsync();
        await app.JoinAsync(doctor, clinic, "doctor");
        await app.JoinAsync(otherDoctor, clinic, "doctor");
        await app.JoinAsync(reception, clinic, "receptionist");
        await app.JoinAsync(nurse, clinic, "nurse");
        await app.JoinAsync(pharmacist, clinic, "pharmacist");
        var day = app.Day();
        var slot = await doctor.PostAsync("/api/time-slots/", new { date = day.Text(), start_time = "09:00", end_time = "09:30", clinic_id = clinic });
        var id = await patient.BookedAsync(slot.Word("id"));
        var path = $"/api/appointments/{id}/";

        foreach (var carer in (Person[])[patient, doctor, nurse])
        {
            (await carer.GetAsync(path)).Word("symptoms").ShouldBe("Dry cough at night");
            (await carer.GetAsync("/api/appointments/")).Rows.Single().GetProperty("notes").GetString().ShouldBe("Allergic to dust");
        }

        foreach (var other in (Person[])[reception, admin])
        {
            var reply = await other.GetAsync(path);
            reply.Word("reason").ShouldBe("Cough");
            reply.Data.GetProperty("symptoms").ValueKind.ShouldBe(JsonValueKind.Null);
            reply.Data.GetProperty("notes").ValueKind.ShouldBe(JsonValueKind.Null);
        }

        foreach (var outsider in (Person[])[stranger, otherDoctor, pharmacist, adrift])
        {
            (await outsider.GetAsync(path)).Status.ShouldBe(404);
            (await outsider.GetAsync(path + "history/")).Status.ShouldBe(404);
            (await outsider.PatchAsync(path, new { urgency = 7 })).Status.ShouldBe(404);
            (await outsider.PutAsync(path, new { urgency = 7 })).Status.ShouldBe(404);
            (await outsider.DeleteAsync(path)).Status.ShouldBe(404);
            (await outsider.GetAsync("/api/appointments/")).Total.ShouldBe(0);
            (await outsider.GetAsync("/api/appointments/upcoming/")).Total.ShouldBe(0);
            (await outsider.GetAsync("/api/appointments/statistics/")).Data.GetProperty("total").GetInt32().ShouldBe(0);
        }

        (await app.Anonymous.GetAsync(new Uri("/api/appointments/", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode
            .ShouldBe(System.Net.HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Staff_change_what_they_see_and_leave_what_they_do_not_see()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync();
        using var admin = await app.AdminAsync();
        var id = await patient.BookedAsync((await doctor.OfferAsync(app.Day()))[0]);

        (await admin.PutAsync($"/api/appointments/{id}/", new { reason = "Cough and fever" })).Data.GetProperty("symptoms").ValueKind.ShouldBe(JsonValueKind.Null);

        var reply = await doctor.GetAsync($"/api/appointments/{id}/");
        (reply.Word("reason"), reply.Word("symptoms")).ShouldBe(("Cough and fever", "Dry cough at night"));
    }

    [Fact]
    public async Task Somebody_elses_hold_occupies_time_but_is_shown_to_nobody_else()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync();
        using var other = await app.PatientAsync();
        var slot = (await doctor.OfferAsync(app.Day()))[0];
        var id = await patient.BookedAsync(slot);
        await app.SqlAsync("UPDATE scheduling.appointments SET status = 'held' WHERE id = $1", id);

        (await doctor.GetAsync($"/api/appointments/{id}/")).Status.ShouldBe(404);
        (await patient.GetAsync($"/api/appointments/{id}/")).Word("status").ShouldBe("held");
        (await other.BookAsync(slot)).ErrorCode.ShouldBe("SLOT_TAKEN");
    }

    [Fact]
    public async Task Reading_is_audited_for_the_patients_shown()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync();
        await patient.BookedAsync((await doctor.OfferAsync(app.Day()))[0]);

        await doctor.GetAsync("/api/appointments/");
        await patient.GetAsync("/api/appointments/");

        (await app.SqlAsync("SELECT count(*) FROM audit.events WHERE action = 'ListAppointments' AND $1 = ANY (patient_ids)", patient.PatientId)).ShouldBe(2L);
        (await app.SqlAsync("SELECT count(*) FROM audit.events WHERE action = 'BookAppointment' AND $1 = ANY (patient_ids) AND resource = 'appointment'", patient.PatientId))
            .ShouldBe(1L);
    }
}
