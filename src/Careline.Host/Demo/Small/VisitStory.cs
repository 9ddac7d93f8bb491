using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Careline.Host.Demo.Small.Cast;
using Careline.Platform.Time;

namespace Careline.Host.Demo.Small;

// What happens around one visit, from booking to the last word of its document.
internal sealed class VisitStory(Practice practice, Agenda agenda, CancellationToken ct)
{
    private static readonly TimeSpan _slot = TimeSpan.FromMinutes(30);

    private Guid _appointment;
    private Guid _consultation;

    public void Tell(DemoVisit visit, bool isFirstOfPatient)
    {
        var doctor = DoctorCast.All.First(d => d.UserName == visit.Doctor);
        var (day, time) = visit.Day == 0 ? Now(doctor.Zone, visit.Outcome == DemoOutcome.CheckedIn)
            : (agenda.Workday(visit.Day, doctor.Zone), TimeOnly.Parse(visit.Time, null));
        var start = ZonedTimes.ToInstant(day, time, doctor.Zone)!.Value;
        var booked = start - TimeSpan.FromDays(3);
        agenda.Add(booked, TimeSpan.FromHours(3), () => BookAsync(visit, day, time));
        if (isFirstOfPatient)
        {
            agenda.Add(booked, TimeSpan.FromHours(3), () => WriteHistoryAsync(visit));
        }

        for (var i = 0; i < visit.Talk.Length; i++)
        {
            var (line, at) = (i, booked.AddHours(6).AddMinutes(7 * i));
            agenda.Add(at, TimeSpan.FromMinutes(50 - (7 * i)), () => WriteAsync(visit, line));
        }

        Follow(visit, doctor, booked, start);
    }

    private void Follow(DemoVisit visit, DemoDoctor doctor, DateTimeOffset booked, DateTimeOffset start)
    {
        var soon = booked + TimeSpan.FromHours(5);
        switch (visit.Outcome)
        {
            case DemoOutcome.Confirmed:
                agenda.Add(soon, TimeSpan.FromHours(1), () => MoveAsync(ConfirmingFor(visit), "confirm"));
                break;
            case DemoOutcome.Moved:
                agenda.Add(soon, TimeSpan.FromHours(1), () => MoveAsync(practice[visit.Patient], "reschedule", new
                {
                    Date = agenda.Workday(visit.Day + 1, doctor.Zone),
                    StartTime = visit.Time,
                }));
                break;
            case DemoOutcome.CancelledByPatient:
                agenda.Add(soon, TimeSpan.FromHours(1), () => MoveAsync(practice[visit.Patient], "cancel", new { Reason = "I cannot come that day." }));
                break;
            case DemoOutcome.CancelledByDoctor:
                agenda.Add(soon, TimeSpan.FromHours(1), () => MoveAsync(practice[visit.Doctor], "cancel", new { Reason = "Called to the ward." }));
                break;
            case DemoOutcome.NoShow:
                agenda.Add(start.AddMinutes(45), TimeSpan.Zero, () => MoveAsync(practice[visit.Doctor], "no-show"));
                break;
            case DemoOutcome.CheckedIn or DemoOutcome.InProgress or DemoOutcome.Completed:
                Receive(visit, start);
                break;
        }
    }

    private void Receive(DemoVisit visit, DateTimeOffset start)
    {
        agenda.Add(start.AddMinutes(-8), TimeSpan.FromMinutes(12), () => MoveAsync(ArrivingFor(visit), "check-in"));
        if (visit.Record is not { } record)
        {
            return;
        }

        agenda.Add(start, TimeSpan.FromMinutes(10), () => BeginAsync(visit, record));
        agenda.Add(start.AddMinutes(4), TimeSpan.FromMinutes(6), () => ExamineAsync(visit, record));
        if (visit.Outcome == DemoOutcome.Completed)
        {
            agenda.Add(start.AddMinutes(19), TimeSpan.Zero, () => CompleteAsync(visit, record));
            if (record.Addendum is { } addendum)
            {
                agenda.Add(start.AddHours(22), TimeSpan.FromMinutes(20), () => DocumentAsync(visit, "addenda", new { Content = addendum }));
            }
        }
    }

    private async Task BookAsync(DemoVisit visit, DateOnly day, TimeOnly time)
    {
        var booker = practice.Find(visit.Patient) ?? Staff(visit, "receptionist");
        _appointment = DemoCaller.IdOf(await booker.PostAsync("/api/appointments/", new
        {
            practice[visit.Doctor].DoctorId,
            PatientId = practice.Patients[visit.Patient],
            Date = day,
            StartTime = time,
            visit.VisitType,
            visit.Modality,
            visit.Urgency,
            visit.Reason,
            visit.Symptoms,
        }, ct));
    }

    // Only who treats may write these; the patient's own words are there since the opening.
    private async Task WriteHistoryAsync(DemoVisit visit)
    {
        var patient = PatientCast.All.First(p => p.UserName == visit.Patient);
        var path = $"/api/patients/{practice.Patients[visit.Patient]}/";
        var doctor = practice[visit.Doctor];
        foreach (var (text, code, since) in patient.Conditions)
        {
            await doctor.PostAsync(path + "conditions/", new { Text = text, Code = code, OnsetOn = new DateOnly(since, 1, 1) }, ct);
        }

        foreach (var (vaccine, on) in patient.Immunisations)
        {
            await doctor.PostAsync(path + "immunisations/", new { Vaccine = vaccine, GivenOn = on }, ct);
        }

        foreach (var (substance, reaction, severity) in patient.RegisteredAt is null ? [] : patient.Allergies)
        {
            await doctor.PostAsync(path + "allergies/", new { Substance = substance, Reaction = reaction, Severity = severity }, ct);
        }

        foreach (var (name, dosage, frequency) in patient.RegisteredAt is null ? [] : patient.Medications)
        {
            await doctor.PostAsync(path + "medications/", new { Name = name, Dosage = dosage, Frequency = frequency }, ct);
        }
    }

    // A message is known by its client_id, which is the same in every telling.
    private async Task WriteAsync(DemoVisit visit, int line)
    {
        var writer = practice[line % 2 == 0 ? visit.Patient : visit.Doctor];
        var chat = DemoCaller.IdOf(await writer.PostAsync("/api/chats/", new { AppointmentId = _appointment }, ct));
        var clientId = new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{visit.Doctor} {visit.Patient} {visit.Day} {line}")).AsSpan(0, 16));
        await writer.PostAsync($"/api/chats/{chat}/messages/", new { ClientId = clientId, Content = visit.Talk[line] }, ct);
    }

    private async Task BeginAsync(DemoVisit visit, DemoRecord record)
    {
        _consultation = DemoCaller.IdOf(await practice[visit.Doctor].PostAsync("/api/consultations/", new
        {
            AppointmentId = _appointment,
            ChiefComplaint = record.Complaint,
            HistoryOfPresentIllness = record.Illness,
        }, ct));
        await DocumentAsync(visit, "start");
    }

    private async Task ExamineAsync(DemoVisit visit, DemoRecord record)
    {
        await practice[visit.Doctor].PatchAsync($"/api/consultations/{_consultation}/", new
        {
            ExaminationFindings = Said(record.Findings),
            Assessment = Said(record.Assessment),
            TreatmentPlan = Said(record.Plan),
            FollowUpInstructions = record.FollowUp,
        }, ct);
        await MeasureAsync(visit, record);
        await DocumentAsync(visit, "notes", new { NoteType = record.Note.Type, record.Note.Title, record.Note.Content });
        await DocumentAsync(visit, "diagnoses", new
        {
            record.Diagnosis.Text,
            record.Diagnosis.Code,
            Kind = visit.Outcome == DemoOutcome.Completed ? "primary" : "provisional",
            Confidence = "high",
        });
    }

    private Task<JsonElement> MeasureAsync(DemoVisit visit, DemoRecord record) =>
        (visit.IsAtClinic ? Staff(visit, "nurse") : practice[visit.Doctor])
            .PostAsync($"/api/consultations/{_consultation}/vital-signs/", record.Vitals, ct);

    private async Task CompleteAsync(DemoVisit visit, DemoRecord record)
    {
        foreach (var medicine in record.Medicines)
        {
            await DocumentAsync(visit, "prescriptions", medicine);
        }

        await TestAsync(visit, record);
        await DocumentAsync(visit, "complete");
    }

    private async Task TestAsync(DemoVisit visit, DemoRecord record)
    {
        if (record.Results is { Length: > 0 } results)
        {
            var order = $"/api/labs/orders/{DemoCaller.IdOf(await DocumentAsync(visit, "lab-orders", new { Tests = results.Select(r => r.Test) }))}/";
            await practice[visit.Doctor].PostAsync(order + "results/", new { Results = results }, ct);
            await practice[visit.Doctor].PostAsync(order + "review/", new { Note = "As we spoke of it." }, ct);
        }
    }

    private Task<JsonElement> DocumentAsync(DemoVisit visit, string what, object? body = null) =>
        practice[visit.Doctor].PostAsync($"/api/consultations/{_consultation}/{what}/", body, ct);

    private Task<JsonElement> MoveAsync(DemoCaller by, string move, object? body = null) =>
        by.PostAsync($"/api/appointments/{_appointment}/{move}/", body, ct);

    private DemoCaller ConfirmingFor(DemoVisit visit) => visit.IsAtClinic ? Staff(visit, "receptionist") : practice[visit.Doctor];

    private DemoCaller ArrivingFor(DemoVisit visit) => visit.IsAtClinic ? Staff(visit, "receptionist") : practice[visit.Patient];

    private DemoCaller Staff(DemoVisit visit, string role)
    {
        var clinic = DoctorCast.All.First(d => d.UserName == visit.Doctor).Clinic;
        return practice[ClinicCast.Staff.First(s => s.Clinic == clinic && s.ClinicRole == role).UserName];
    }

    // The half-hour that goes on as the story ends, or the next one. The last before midnight is not offered: then the first of the new day.
    private (DateOnly Day, TimeOnly Time) Now(string zone, bool next)
    {
        var current = agenda.Today - TimeSpan.FromTicks(agenda.Today.Ticks % _slot.Ticks);
        var start = Offered(current, zone);
        return ZonedTimes.ToLocal(next ? Offered(start + _slot, zone) : start, zone);
    }

    private static DateTimeOffset Offered(DateTimeOffset start, string zone) =>
        ZonedTimes.ToLocal(start, zone).Time == new TimeOnly(23, 30) ? start + _slot : start;

    private static string? Said(string text) => text.Length == 0 ? null : text;
}
