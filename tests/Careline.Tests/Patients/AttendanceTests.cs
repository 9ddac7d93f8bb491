using System.Collections.Frozen;
using Careline.Accounts.Contracts;
using Careline.Patients.Contracts;
using Careline.Platform.Security;
using Careline.Tests.Scheduling;
using Careline.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Careline.Tests.Patients;

/// <summary>While a patient is at a clinic, its nurses have the record; before, afterwards and elsewhere nobody has it for that.</summary>
public sealed class AttendanceTests(TestApp app) : IClassFixture<TestApp>
{
    private static readonly string[] _record =
        ["", "allergies/", "conditions/", "medications/", "immunisations/", "emergency-contacts/", "notes/", "insurance/", "summary/"];

    [Fact]
    public async Task A_nurse_of_the_clinic_reads_and_writes_from_check_in_to_the_end_of_the_visit()
    {
        using var visit = await BookedAsync();
        using var nurse = await app.StaffAsync(Roles.Nurse, visit.Clinic);
        await ShouldAnswerAsync(nurse, visit, 404);

        (await visit.Desk.MoveAsync(visit.Appointment, "check-in")).Status.ShouldBe(200);

        await ShouldAnswerAsync(nurse, visit, 200);
        (await nurse.GetAsync("/api/patients/")).Rows.Single().GetProperty("id").GetGuid().ShouldBe(visit.Patient.PatientId);
        (await nurse.PostAsync($"{visit.Path}conditions/", new { text = "Asthma" })).Status.ShouldBe(201);
        (await nurse.PostAsync($"{visit.Path}notes/", new { content = "Afraid of needles." })).Status.ShouldBe(201);
        (await nurse.PatchAsync(visit.Path, new { blood_group = "O+" })).Data.GetProperty("blood_group").GetString().ShouldBe("O+");
        (await visit.Doctor.MoveAsync(visit.Appointment, "start")).Status.ShouldBe(200);
        await ShouldAnswerAsync(nurse, visit, 200);

        (await visit.Doctor.MoveAsync(visit.Appointment, "complete")).Status.ShouldBe(200);

        await ShouldAnswerAsync(nurse, visit, 404);
        (await nurse.GetAsync("/api/patients/")).Total.ShouldBe(0);
        (await nurse.PostAsync($"{visit.Path}conditions/", "{]")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Nobody_else_at_the_clinic_and_no_nurse_of_another_reads_what_is_clinical()
    {
        using var visit = await BookedAsync();
        using var elsewhere = await app.StaffAsync(Roles.Nurse, await Practice.ClinicAsync(app));
        using var adrift = await app.StaffAsync(Roles.Nurse);
        using var pharmacist = await app.StaffAsync(Roles.Pharmacist, visit.Clinic);
        using var colleague = await app.BookableDoctorAsync();
        await app.JoinAsync(colleague, visit.Clinic, "doctor");
        using var atTheDesk = await app.StaffAsync(Roles.Nurse);
        await app.JoinAsync(atTheDesk, visit.Clinic, "receptionist");
        (await visit.Desk.MoveAsync(visit.Appointment, "check-in")).Status.ShouldBe(200);

        foreach (var outsider in (Person[])[elsewhere, adrift, colleague])
        {
            await ShouldAnswerAsync(outsider, visit, 404);
        }

        (await pharmacist.GetAsync(visit.Path)).Status.ShouldBe(404);
        foreach (var desk in (Person[])[visit.Desk, atTheDesk])
        {
            (await desk.GetAsync(visit.Path)).Data.GetProperty("allergies").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
            (await desk.GetAsync($"{visit.Path}allergies/")).Status.ShouldBe(403);
            (await desk.GetAsync($"{visit.Path}notes/")).Status.ShouldBe(403);
        }
    }

    [Fact]
    public async Task Who_leaves_the_staff_loses_sight_at_once()
    {
        using var visit = await BookedAsync();
        using var admin = await app.AdminAsync();
        using var nurse = await app.StaffAsync(Roles.Nurse);
        var staff = $"/api/eclinic/clinics/{visit.Clinic}/staff/";
        var member = await admin.PostAsync(staff, new { account_id = nurse.UserId, role = "nurse" });
        (await visit.Desk.MoveAsync(visit.Appointment, "check-in")).Status.ShouldBe(200);
        await ShouldAnswerAsync(nurse, visit, 200);

        (await admin.DeleteAsync($"{staff}{member.Id}/")).Status.ShouldBe(204);

        await ShouldAnswerAsync(nurse, visit, 404);
    }

    [Fact]
    public async Task A_visit_that_begins_without_check_in_opens_too_and_one_called_off_closes()
    {
        using var begun = await BookedAsync();
        using var calledOff = await BookedAsync();
        using var nurse = await app.StaffAsync(Roles.Nurse, begun.Clinic);
        await app.JoinAsync(nurse, calledOff.Clinic, "nurse");

        (await begun.Doctor.MoveAsync(begun.Appointment, "start")).Status.ShouldBe(200);
        (await calledOff.Patient.MoveAsync(calledOff.Appointment, "check-in")).Status.ShouldBe(200);
        await ShouldAnswerAsync(nurse, begun, 200);
        await ShouldAnswerAsync(nurse, calledOff, 200);

        (await calledOff.Patient.MoveAsync(calledOff.Appointment, "cancel")).Status.ShouldBe(200);
        await ShouldAnswerAsync(nurse, calledOff, 404);
        await ShouldAnswerAsync(nurse, begun, 200);
    }

    [Fact]
    public async Task A_visit_of_another_day_opens_nothing_yet_and_one_that_nobody_ends_closes_a_day_after_its_time()
    {
        using var early = await BookedAsync(ahead: 3);
        using var nurse = await app.StaffAsync(Roles.Nurse, early.Clinic);

        (await early.Desk.MoveAsync(early.Appointment, "check-in")).Status.ShouldBe(200);
        await ShouldAnswerAsync(nurse, early, 404);

        app.Advance(early.StartsAt.AddHours(-23) - app.Now);
        using var onTheDay = await app.SignInAsync(nurse.UserName);
        await ShouldAnswerAsync(onTheDay, early, 200);

        app.Advance(TimeSpan.FromHours(48));
        using var afterwards = await app.SignInAsync(nurse.UserName);
        using var doctor = await app.SignInAsync(early.Doctor.UserName);
        await ShouldAnswerAsync(afterwards, early, 404);
        (await doctor.MoveAsync(early.Appointment, "start")).Status.ShouldBe(200);
        await ShouldAnswerAsync(afterwards, early, 404);
    }

    [Fact]
    public async Task A_restricted_record_stays_open_to_the_nurses_of_the_visit()
    {
        using var visit = await BookedAsync();
        using var admin = await app.AdminAsync();
        using var nurse = await app.StaffAsync(Roles.Nurse, visit.Clinic);
        (await visit.Desk.MoveAsync(visit.Appointment, "check-in")).Status.ShouldBe(200);
        var request = await visit.Patient.PostAsync("/api/patients/me/data-requests/", new { kind = "restriction", reason = "Until it is corrected" });

        (await admin.PostAsync($"/api/data-requests/{request.Id}/decide/", new { decision = "approved" })).Status.ShouldBe(200);

        await ShouldAnswerAsync(nurse, visit, 200);
        (await visit.Desk.GetAsync(visit.Path)).Status.ShouldBe(404);
        (await visit.Doctor.MoveAsync(visit.Appointment, "start")).Status.ShouldBe(200);
        (await visit.Doctor.MoveAsync(visit.Appointment, "complete")).Status.ShouldBe(200);
        await ShouldAnswerAsync(nurse, visit, 404);
    }

    [Fact]
    public async Task A_nurse_who_comes_as_a_patient_is_a_patient()
    {
        using var visit = await BookedAsync();
        await app.SqlAsync("UPDATE accounts.accounts SET roles = '{patient,nurse}' WHERE id = $1", visit.Patient.UserId);
        await app.JoinAsync(visit.Patient, visit.Clinic, "nurse");
        using var self = await app.SignInAsync(visit.Patient.UserName);

        (await visit.Desk.MoveAsync(visit.Appointment, "check-in")).Status.ShouldBe(200);

        (await self.PostAsync($"{visit.Path}allergies/", new { substance = "Latex" })).Status.ShouldBe(201);
        (await self.PostAsync($"{visit.Path}conditions/", new { text = "None at all" })).Status.ShouldBe(403);
        (await self.GetAsync($"{visit.Path}notes/")).Status.ShouldBe(403);
    }

    [Fact]
    public async Task The_patient_reads_what_the_nurse_did_and_the_audit_keeps_it()
    {
        using var visit = await BookedAsync();
        using var nurse = await app.StaffAsync(Roles.Nurse, visit.Clinic);
        (await visit.Desk.MoveAsync(visit.Appointment, "check-in")).Status.ShouldBe(200);

        await nurse.GetAsync(visit.Path);
        await nurse.GetAsync($"{visit.Path}allergies/");
        await nurse.PostAsync($"{visit.Path}medications/", new { name = "Iron" });

        var told = (await visit.Patient.GetAsync($"{visit.Path}access-log/")).Rows.Take(3).ToList();
        told.ConvertAll(r => r.GetProperty("action").GetString()).ShouldBe(["Added to your medicines", "Looked at your allergies", "Opened your record"]);
        foreach (var row in told)
        {
            row.GetProperty("actor").GetProperty("id").GetGuid().ShouldBe(nurse.UserId);
            row.GetProperty("actor").GetProperty("role").GetString().ShouldBe("nurse");
            row.GetProperty("purpose").GetString().ShouldBe("treatment");
        }

        (await app.SqlAsync(
            "SELECT string_agg(action, ',' ORDER BY id) FROM audit.events WHERE actor_id = $1 AND patient_ids @> ARRAY[$2]",
            nurse.UserId, visit.Patient.PatientId)).ShouldBe("GetPatient,ListAllergy,AddMedication");
    }

    [Fact]
    public async Task Only_a_nurses_query_looks_at_who_is_there()
    {
        foreach (var role in (string[])[Roles.Patient, Roles.Doctor, Roles.Receptionist, Roles.Admin, Roles.Nurse])
        {
            var actor = new Actor(Guid.CreateVersion7(), Guid.CreateVersion7(), FrozenSet.Create(role), FrozenDictionary<string, Guid>.Empty);
            var queries = await app.LookAsync(db => Task.FromResult(string.Concat(
                ClinicalCare.PatientsOf(db, actor).ToQueryString(),
                ClinicalCare.TreatedBy(db, actor).ToQueryString(),
                ClinicalCare.OnlyActedForBy(db, actor).ToQueryString(),
                Careline.Patients.Patients.Patient.VisibleTo(db, actor).ToQueryString())));

            queries.Contains("attendances", StringComparison.Ordinal).ShouldBe(role == Roles.Nurse, role);
        }
    }

    private static async Task ShouldAnswerAsync(Person reader, AtClinic visit, int status)
    {
        foreach (var part in _record)
        {
            (await reader.GetAsync(visit.Path + part)).Status.ShouldBe(status, part);
        }
    }

    // The first moment of tomorrow is always less than a day away.
    private async Task<AtClinic> BookedAsync(int ahead = 1)
    {
        var clinic = await Practice.ClinicAsync(app);
        var doctor = await app.BookableDoctorAsync();
        await app.JoinAsync(doctor, clinic, "doctor");
        var patient = await app.PatientAsync();
        var day = app.Day(ahead);
        var slot = await doctor.PostAsync("/api/time-slots/", new { date = day.Text(), start_time = "00:00:00", end_time = "00:30:00", clinic_id = clinic });
        var appointment = await patient.BookedAsync(slot.Word("id"));
        return new AtClinic(clinic, appointment, new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero), patient, doctor, await app.StaffAsync(Roles.Receptionist, clinic));
    }

    private sealed record AtClinic(Guid Clinic, Guid Appointment, DateTimeOffset StartsAt, Person Patient, Person Doctor, Person Desk) : IDisposable
    {
        public string Path => $"/api/patients/{Patient.PatientId}/";

        public void Dispose()
        {
            Patient.Dispose();
            Doctor.Dispose();
            Desk.Dispose();
        }
    }
}
