using System.Text.Json;
using Careline.Tests.Patients;
using Careline.Tests.Support;

namespace Careline.Tests.Scheduling;

/// <summary>Whoever acts for a patient books as the patient would, and is never staff by it.</summary>
public sealed class ProxyBookingTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task A_parent_books_sees_moves_and_cancels_the_childs_visit()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var parent = await app.PatientAsync();
        var (child, _) = await parent.DependantAsync();
        var slots = await doctor.OfferAsync(app.Day());
        var own = await parent.BookedAsync(slots[0]);

        var booked = await parent.PostAsync("/api/appointments/", new { time_slot_id = slots[1], patient_id = child, symptoms = "Fever" });

        booked.Status.ShouldBe(201, booked.Text);
        booked.Word("symptoms").ShouldBe("Fever");
        Ids(await parent.GetAsync("/api/appointments/")).ShouldBe([booked.Id, own]);
        Ids(await parent.GetAsync($"/api/appointments/?patient={child}")).ShouldBe([booked.Id]);
        (await parent.GetAsync("/api/appointments/upcoming/")).Total.ShouldBe(2);
        (await parent.GetAsync("/api/appointments/statistics/")).Data.GetProperty("total").GetInt32().ShouldBe(2);
        (await doctor.GetAsync($"/api/patients/{child}/allergies/")).Status.ShouldBe(200);
        (await parent.MoveAsync(booked.Id, "reschedule", new { time_slot_id = slots[2] })).Status.ShouldBe(200);
        (await parent.PatchAsync($"/api/appointments/{booked.Id}/", new { symptoms = "Fever and rash" })).Word("symptoms").ShouldBe("Fever and rash");
        foreach (var move in (string[])["confirm", "start", "complete", "no-show"])
        {
            (await parent.MoveAsync(booked.Id, move)).Status.ShouldBe(403, move);
        }

        (await parent.MoveAsync(booked.Id, "cancel")).Word("status").ShouldBe("cancelled");
    }

    [Fact]
    public async Task A_nurse_who_acts_for_her_mother_is_no_staff_at_another_clinic()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var mother = await app.PatientAsync();
        using var nurse = await app.StaffAsync("nurse");
        using var receptionist = await app.StaffAsync("receptionist");
        var clinic = await app.ClinicAsync();
        await app.JoinAsync(doctor, clinic, "doctor");
        await app.JoinAsync(nurse, await app.ClinicAsync(), "nurse");
        await app.JoinAsync(receptionist, clinic, "receptionist");
        await app.ActForAsync(nurse, mother, ["read", "book"]);
        await app.ActForAsync(receptionist, mother, ["book"]);
        var slot = await doctor.PostAsync("/api/time-slots/", new { date = app.Day().Text(), start_time = "09:00", end_time = "09:30", clinic_id = clinic });
        var id = await mother.BookedAsync(slot.Word("id"));

        (await nurse.GetAsync($"/api/appointments/{id}/")).Word("symptoms").ShouldBe("Dry cough at night");
        foreach (var move in (string[])["confirm", "start", "complete", "no-show"])
        {
            (await nurse.MoveAsync(id, move)).Status.ShouldBe(403, move);
        }

        (await receptionist.GetAsync($"/api/appointments/{id}/")).Data.GetProperty("symptoms").ValueKind.ShouldBe(JsonValueKind.Null);
        (await receptionist.MoveAsync(id, "confirm")).Status.ShouldBe(200);
        (await nurse.MoveAsync(id, "check-in")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task To_read_is_not_to_book_and_to_book_is_not_to_read()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync();
        using var reader = await app.PatientAsync();
        using var booker = await app.PatientAsync();
        await app.ActForAsync(reader, patient, ["read"]);
        await app.ActForAsync(booker, patient, ["book"]);
        var slots = await doctor.OfferAsync(app.Day());
        var id = await patient.BookedAsync(slots[0]);
        object Wish(string slot) => new { time_slot_id = slot, patient_id = patient.PatientId, symptoms = "Cough" };

        (await reader.GetAsync($"/api/appointments/{id}/")).Status.ShouldBe(404);
        (await reader.GetAsync("/api/appointments/")).Total.ShouldBe(0);
        (await reader.PostAsync("/api/appointments/", Wish(slots[1]))).Status.ShouldBe(404);

        var seen = await booker.GetAsync($"/api/appointments/{id}/");
        seen.Word("reason").ShouldBe("Cough");
        seen.Data.GetProperty("symptoms").ValueKind.ShouldBe(JsonValueKind.Null);
        (await booker.PutAsync($"/api/appointments/{id}/", new { reason = "Cold", symptoms = "None" })).Status.ShouldBe(200);
        (await patient.GetAsync($"/api/appointments/{id}/")).Word("symptoms").ShouldBe("Dry cough at night");
        (await booker.PostAsync("/api/appointments/", Wish(slots[1]))).Data.GetProperty("symptoms").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task A_doctor_who_only_reads_for_her_mother_does_not_book_her()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var mother = await app.PatientAsync();
        await app.ActForAsync(doctor, mother, ["read"]);
        var slot = (await doctor.OfferAsync(app.Day()))[0];

        (await doctor.PostAsync("/api/appointments/", new { time_slot_id = slot, patient_id = mother.PatientId })).Status.ShouldBe(404);
    }

    [Fact]
    public async Task What_is_over_books_nothing_and_shows_nothing()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync();
        using var ended = await app.PatientAsync();
        using var expiring = await app.PatientAsync();
        var link = await app.ActForAsync(ended, patient, ["book"]);
        await app.ActForAsync(expiring, patient, ["book"], app.Now.AddMinutes(10));
        var slots = await doctor.OfferAsync(app.Day());
        var id = await patient.BookedAsync(slots[0]);
        (await expiring.GetAsync("/api/appointments/")).Total.ShouldBe(1);

        await ended.DeleteAsync($"{patient.Proxies()}{link}/");
        app.Advance(TimeSpan.FromMinutes(10));

        foreach (var person in (Person[])[ended, expiring])
        {
            (await person.GetAsync($"/api/appointments/{id}/")).Status.ShouldBe(404);
            (await person.GetAsync("/api/appointments/")).Total.ShouldBe(0);
            (await person.MoveAsync(id, "cancel")).Status.ShouldBe(404);
            (await person.PostAsync("/api/appointments/", new { time_slot_id = slots[1], patient_id = patient.PatientId })).Status.ShouldBe(404);
        }
    }

    [Fact]
    public async Task A_time_seen_taken_is_refused_to_a_child_as_to_anybody()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var parent = await app.PatientAsync();
        var (child, _) = await parent.DependantAsync();
        var slots = await doctor.OfferAsync(app.Day());
        await parent.BookedAsync(slots[0]);

        var refused = await parent.PostAsync("/api/appointments/", new { time_slot_id = slots[0], patient_id = child });

        refused.ErrorCode.ShouldBe("SLOT_TAKEN");
        refused.ErrorDetails.GetProperty("alternatives").GetArrayLength().ShouldBe(3);
    }

    private static IEnumerable<Guid> Ids(Reply reply) => reply.Rows.Select(r => r.GetProperty("id").GetGuid());
}
