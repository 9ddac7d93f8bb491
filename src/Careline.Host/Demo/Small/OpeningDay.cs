using System.Text.Json;
using Careline.Host.Demo.Small.Cast;
using Careline.Platform.Time;

namespace Careline.Host.Demo.Small;

// The day on which the practice opened: people register, clinics open, licences are verified, calendars and histories are written.
internal sealed class OpeningDay(DemoStage stage, Practice practice, Agenda agenda, CancellationToken ct)
{
    private static readonly TimeSpan _untilCalendarsEnd = TimeSpan.FromDays(14);

    private DateTimeOffset _at = agenda.Opening;

    public async Task RegisterAsync()
    {
        foreach (var doctor in DoctorCast.All.Append(DoctorCast.Applicant))
        {
            await RegisterAsync(Registration.Of(doctor, "doctor") with { MedicalLicenseNumber = doctor.License, Specialization = doctor.Specialty });
        }

        foreach (var patient in PatientCast.All.Where(p => p.RegisteredAt is null))
        {
            var person = await RegisterAsync(Registration.Of(patient, "patient") with { DateOfBirth = patient.Born });
            practice.Patients[patient.UserName] = person.PatientId;
        }

        foreach (var member in ClinicCast.Staff)
        {
            await RegisterAsync(Registration.Of(member, "patient"));
        }
    }

    public async Task OpenClinicsAsync()
    {
        foreach (var clinic in ClinicCast.Clinics)
        {
            Move();
            practice.Clinics[clinic.Name] = DemoCaller.IdOf(await practice.Administrator.PostAsync("/api/eclinic/clinics/", new
            {
                clinic.Name,
                TimeZone = clinic.Zone,
                clinic.Address,
                clinic.City,
                clinic.Country,
                clinic.Phone,
                clinic.Email,
                IsPharmacy = true,
                Location = new { clinic.Place.Latitude, clinic.Place.Longitude },
            }, ct));
        }

        foreach (var member in ClinicCast.Staff)
        {
            await EmployAsync(member);
        }
    }

    public async Task VerifyAndOfferAsync()
    {
        foreach (var doctor in DoctorCast.All)
        {
            Move();
            var me = practice[doctor.UserName];
            if (doctor.Clinic is { } clinic)
            {
                await JoinAsync(practice.Clinics[clinic], me, "doctor");
            }

            await DescribeAsync(me, doctor);
            await practice.Administrator.PostAsync($"/api/doctors/{me.DoctorId}/verify/", new { Decision = "verified", Note = "Found in the register." }, ct);
            await OfferAsync(me, doctor);
        }

        await DescribeAsync(practice[DoctorCast.Applicant.UserName], DoctorCast.Applicant);
    }

    public async Task WriteHistoriesAsync()
    {
        foreach (var patient in PatientCast.All)
        {
            Move();
            var writer = practice.Find(patient.UserName) ?? await RegisterAtDeskAsync(patient);
            var path = $"/api/patients/{practice.Patients[patient.UserName]}/";
            if (patient.RegisteredAt is null)
            {
                await writer.PatchAsync(path, new
                {
                    patient.Gender,
                    patient.City,
                    patient.Country,
                    patient.Language,
                    patient.BloodGroup,
                }, ct);
                await WriteOwnAsync(writer, path, patient);
            }

            await writer.PostAsync(
                path + "emergency-contacts/", new { patient.Contact.Name, patient.Contact.Relation, patient.Contact.Phone }, ct);
        }
    }

    private async Task WriteOwnAsync(DemoCaller writer, string path, DemoPatient patient)
    {
        foreach (var (substance, reaction, severity) in patient.Allergies)
        {
            await writer.PostAsync(path + "allergies/", new { Substance = substance, Reaction = reaction, Severity = severity }, ct);
        }

        foreach (var (name, dosage, frequency) in patient.Medications)
        {
            await writer.PostAsync(path + "medications/", new { Name = name, Dosage = dosage, Frequency = frequency }, ct);
        }
    }

    private async Task<DemoCaller> RegisterAtDeskAsync(DemoPatient patient)
    {
        var desk = practice[ClinicCast.Staff.First(s => s.Clinic == patient.RegisteredAt && s.ClinicRole == "receptionist").UserName];
        practice.Patients[patient.UserName] = DemoCaller.IdOf(await desk.PostAsync("/api/patients/", new
        {
            patient.FirstName,
            patient.LastName,
            patient.Gender,
            DateOfBirth = patient.Born,
            patient.Phone,
            patient.Address,
            patient.City,
            patient.Country,
            patient.Language,
        }, ct));
        return desk;
    }

    private async Task<DemoCaller> RegisterAsync(Registration registration)
    {
        Move();
        return practice[registration.Username] = await DemoCaller.RegisterAsync(stage, registration.Username, registration, ct);
    }

    private async Task EmployAsync(DemoStaff member)
    {
        Move();
        var person = practice[member.UserName];
        await practice.Administrator.PatchAsync($"/api/users/{person.UserId}/", new { member.Roles }, ct);
        await JoinAsync(practice.Clinics[member.Clinic], person, member.ClinicRole);

        // Other roles end the sessions from before.
        practice[member.UserName] = await DemoCaller.SignInAsync(stage, member.UserName, DemoSignIns.Password, ct);
    }

    private Task<JsonElement> JoinAsync(Guid clinic, DemoCaller person, string role) =>
        practice.Administrator.PostAsync($"/api/eclinic/clinics/{clinic}/staff/", new { AccountId = person.UserId, Role = role }, ct);

    private Task<JsonElement> DescribeAsync(DemoCaller me, DemoDoctor doctor) => me.PatchAsync("/api/doctors/me/", new
    {
        TimeZone = doctor.Zone,
        doctor.Bio,
        doctor.Languages,
        Modalities = (string[])["video", "audio", "chat", "in_person"],
        ExperienceYears = doctor.Years,
        Fee = new { doctor.Fee.Amount, doctor.Fee.Currency },
        LicenseCountry = doctor.Country,
        ClinicIds = doctor.Clinic is { } clinic ? [practice.Clinics[clinic]] : Array.Empty<Guid>(),
    }, ct);

    private async Task OfferAsync(DemoCaller me, DemoDoctor doctor)
    {
        var clinicId = doctor.Clinic is { } clinic ? practice.Clinics[clinic] : (Guid?)null;
        var today = ZonedTimes.ToLocal(agenda.Today, doctor.Zone).Date;
        if (doctor.IsOnDuty)
        {
            await me.PostAsync("/api/time-slots/create_bulk_slots/", new
            {
                StartDate = today,
                EndDate = today.AddDays(1),
                StartTime = "00:00",
                EndTime = "23:59",
                SlotDuration = 30,
                ClinicId = clinicId,
            }, ct);
        }

        await me.PostAsync("/api/time-slots/create_bulk_slots/", new
        {
            StartDate = ZonedTimes.ToLocal(agenda.Opening, doctor.Zone).Date.AddDays(1),
            EndDate = ZonedTimes.ToLocal(agenda.Today + _untilCalendarsEnd, doctor.Zone).Date,
            Weekdays = (string[])["monday", "tuesday", "wednesday", "thursday", "friday"],
            StartTime = "09:00",
            EndTime = "15:00",
            SlotDuration = 30,
            ClinicId = clinicId,
        }, ct);
    }

    private void Move() => stage.MoveTo(_at += TimeSpan.FromMinutes(2));

    private sealed record Registration(
        string FirstName,
        string LastName,
        string Username,
        string Email,
        string Password,
        string Phone,
        string Address,
        string UserType)
    {
        public DateOnly? DateOfBirth { get; init; }

        public string? MedicalLicenseNumber { get; init; }

        public string? Specialization { get; init; }

        public static Registration Of(DemoPerson person, string userType) => new(
            person.FirstName, person.LastName, person.UserName, person.Email, DemoSignIns.Password, person.Phone, person.Address, userType);
    }
}
