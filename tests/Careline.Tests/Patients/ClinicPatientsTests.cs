using System.Text.Json;
using Careline.Tests.Clinics;
using Careline.Tests.Scheduling;
using Careline.Tests.Support;

namespace Careline.Tests.Patients;

public sealed class ClinicPatientsTests(SharedApp app) : IClassFixture<SharedApp>
{
    [Fact]
    public async Task A_clinic_knows_whom_its_desk_registers_and_who_has_a_visit_there()
    {
        var clinic = await app.OpenedClinicAsync();
        using var desk = await app.StaffAsync("receptionist", clinic);
        using var doctor = await app.BookableDoctorAsync();
        await app.JoinAsync(doctor, clinic, "doctor");
        using var visitor = await app.PatientAsync("Visitor");
        var registered = (await desk.PostAsync("/api/patients/", new { first_name = "Desk", last_name = "Registered", phone = "+2348020004321" })).Id;
        var slot = await doctor.PostAsync("/api/time-slots/", new { date = app.Day().Text(), start_time = "08:00:00", end_time = "08:30:00", clinic_id = clinic });
        await visitor.BookedAsync(slot.Word("id"));
        var path = $"{Running.Path}{clinic}/patients/";

        var known = await desk.GetAsync(path);

        known.Rows.Select(r => (r.GetProperty("id").GetGuid(), r.GetProperty("source").GetString())).ShouldBe([(visitor.PatientId, "visited"), (registered, "registered")]);
        var mine = (await desk.GetAsync(path + "?source=registered")).Rows.Single();
        (mine.GetProperty("registered_by").GetGuid(), mine.GetProperty("phone").GetString(), mine.GetProperty("name").GetString()).ShouldBe((desk.UserId, "+2348020004321", "Desk Registered"));
        mine.EnumerateObject().Select(p => p.Name).ShouldBe(["id", "number", "name", "phone", "email", "source", "since", "registered_by"]);
        (await desk.GetAsync(path + "?search=visitor")).Rows.Single().GetProperty("id").GetGuid().ShouldBe(visitor.PatientId);
        (await desk.GetAsync(path + "?ordering=name")).Rows.First().GetProperty("id").GetGuid().ShouldBe(registered);
        (await desk.GetAsync(path + "?source=born")).Status.ShouldBe(400);
    }

    [Fact]
    public async Task Who_cares_sees_those_in_care_and_who_works_elsewhere_nobody()
    {
        var clinic = await app.OpenedClinicAsync();
        using var boss = await app.BossAsync(clinic);
        using var elsewhere = await app.BossAsync(await app.OpenedClinicAsync("Elsewhere"));
        using var doctor = await app.BookableDoctorAsync();
        using var colleague = await app.BookableDoctorAsync();
        using var nurse = await app.StaffAsync("nurse", clinic);
        await app.JoinAsync(doctor, clinic, "doctor");
        await app.JoinAsync(colleague, clinic, "doctor");
        using var patient = await app.PatientAsync();
        var slot = await doctor.PostAsync("/api/time-slots/", new { date = app.Day().Text(), start_time = "08:00:00", end_time = "08:30:00", clinic_id = clinic });
        await patient.BookedAsync(slot.Word("id"));
        var path = $"{Running.Path}{clinic}/patients/";

        (await boss.GetAsync(path)).Has(patient.PatientId).ShouldBeTrue();
        (await doctor.GetAsync(path)).Has(patient.PatientId).ShouldBeTrue();
        (await colleague.GetAsync(path)).Total.ShouldBe(0);
        (await nurse.GetAsync(path)).Total.ShouldBe(0);
        (await elsewhere.GetAsync(path)).Status.ShouldBe(404);
        (await patient.GetAsync(path)).Status.ShouldBe(404);

        // A restricted record is nobody's there but those in the present visit.
        await app.SqlAsync("UPDATE patients.patients SET restricted_at = $2 WHERE id = $1", patient.PatientId, app.Now);
        (await boss.GetAsync(path)).Total.ShouldBe(0);
    }

    [Fact]
    public async Task Registering_again_changes_nothing_of_how_it_began()
    {
        var clinic = await app.OpenedClinicAsync();
        using var desk = await app.StaffAsync("receptionist", clinic);
        using var other = await app.StaffAsync("receptionist", clinic);
        var registered = await desk.PostAsync("/api/patients/", new { first_name = "Twice", last_name = "Known" });

        (await other.PatchAsync($"/api/patients/{registered.Id}/", new { clinic_id = clinic })).Status.ShouldBe(200);

        var row = (await desk.GetAsync($"{Running.Path}{clinic}/patients/")).Rows.Single();
        row.GetProperty("registered_by").GetGuid().ShouldBe(desk.UserId);
        row.GetProperty("since").ValueKind.ShouldBe(JsonValueKind.String);
    }
}
