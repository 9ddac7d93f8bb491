using Careline.Tests.Support;

namespace Careline.Tests.Scheduling;

public sealed class OverrideTests(SharedApp app) : IClassFixture<SharedApp>
{
    [Fact]
    public async Task The_practice_books_outside_of_its_hours_for_a_reason_that_stays_in_history_and_audit()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync();
        using var reception = await app.StaffAsync("receptionist");
        using var elsewhere = await app.StaffAsync("receptionist");
        var clinic = await app.ClinicAsync();
        await app.JoinAsync(doctor, clinic, "doctor");
        await app.JoinAsync(reception, clinic, "receptionist");
        await app.JoinAsync(elsewhere, await app.ClinicAsync(), "receptionist");
        await doctor.KeepHoursAsync(doctor.DoctorId, new { slot_minutes = 20, minimum_notice_minutes = 80_000 });
        object Body(string at, string? reason = "Squeezed in") => new { doctor_id = doctor.DoctorId, patient_id = patient.PatientId, date = app.Day().Text(), start_time = at, override_reason = reason };
        Task<Reply> Book(Person by, object body) => by.PostAsync("/api/appointments/", body);

        (await Book(patient, Body("20:00"))).Status.ShouldBe(403);
        (await Book(elsewhere, Body("20:00"))).Status.ShouldBe(404);
        (await Book(reception, Body("20:00", " "))).ErrorDetails.TryGetProperty("override_reason", out _).ShouldBeTrue();
        (await Book(reception, Body("20:00", null))).ErrorCode.ShouldBe("OUTSIDE_AVAILABILITY");
        var booked = await Book(reception, Body("20:00"));

        booked.Status.ShouldBe(201, booked.Text);
        (booked.Word("status"), booked.Word("end_time")).ShouldBe(("scheduled", "20:20:00"));
        (await reception.GetAsync($"/api/appointments/{booked.Id}/history/")).Rows.Single().GetProperty("note").GetString().ShouldBe("Squeezed in");
        (await app.SqlAsync("SELECT count(*) FROM audit.events WHERE resource_id = $1 AND 'override_reason' = ANY (fields)", booked.Id)).ShouldBe(1L);
        (await Book(reception, Body("20:10"))).ErrorCode.ShouldBe("SLOT_TAKEN");
    }
}
