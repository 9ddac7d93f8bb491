using System.Text;
using Careline.Tests.Consultations;
using Careline.Tests.Scheduling;
using Careline.Tests.Support;

namespace Careline.Tests.Contract;

internal sealed partial class Subjects
{
    private string Day => world.Day().Text();

    private async Task<Subject?> VisitAsync(Row row)
    {
        switch (row.Subject)
        {
            case "an offer":
                var (host, _) = await OfferedAsync();
                return new Subject(Known(world, row.Who)) { Query = $"doctor={host.DoctorId}&date={Day}" };
            case "a free time":
                return new Subject(By(row, await HostAsync())) { Body = new { date = Day, start_time = "09:00:00", end_time = "09:30:00" } };
            case "a free morning":
                return new Subject(By(row, await HostAsync())) { Body = new { date = Day, start_time = "09:00:00", end_time = "12:00:00", slot_duration = 30, break_minutes = 5 } };
            case "a slot" or "a slot and another time":
                var (owner, slots) = await OfferedAsync();
                return new Subject(By(row, owner)) { Values = [slots[0]], Body = new { date = Day, start_time = "15:00:00", end_time = "15:30:00" } };
            case "a taken time":
                var (busy, taken) = await OfferedAsync();
                await (await NewcomerAsync()).BookedAsync(taken[0]);
                return new Subject(Known(world, row.Who)) { Body = new { time_slot_id = taken[0], reason = "Cough" } };
            case "a start":
                var (doctor, _) = await OfferedAsync();
                return new Subject((await NewcomerAsync()).Client) { Body = new { doctor_id = doctor.DoctorId, start = At(9), reason = "Cough" } };
            case "a date and a time":
                var (other, _) = await OfferedAsync();
                return new Subject((await NewcomerAsync()).Client) { Body = new { doctor_id = other.DoctorId, date = Day, start_time = "09:00", reason = "Cough" } };
            case "working hours" or "a day off" or "extra hours" or "a kept day off" or "computed times" or "a computed time":
                return await OfHoursAsync(row);
            case "a time to hold" or "a hold" or "a hold to book" or "a wish" or "an exact wish" or "a request" or "a request to answer":
                return await OfWaitingAsync(row);
            case "a visit that comes again" or "a visit that cannot come again":
                var weekly = await HostAsync();
                await weekly.KeepHoursAsync(weekly.DoctorId);
                return new Subject((await NewcomerAsync()).Client)
                {
                    Body = new { doctor_id = weekly.DoctorId, start = At(9), frequency = "weekly", count = row.Subject.Contains("cannot", StringComparison.Ordinal) ? 52 : 3 },
                };
            case "a booked visit that was told":
                var guest = await NewcomerAsync();
                await guest.BookedAsync((await (await HostAsync()).OfferAsync(world.Day(31)))[0]);
                await Eventually.HoldsAsync(async () =>
                {
                    await world.DeliverEventsAsync();
                    return (await guest.GetAsync("/api/notifications/?mark_read=false")).Rows.Any();
                });
                return new Subject(guest.Client) { Query = "mark_read=false" };
            case "a visit in the line":
                var (seen, times) = await OfferedAsync();
                var waiting = await NewcomerAsync();
                var visit = await waiting.BookedAsync(times[0]);
                await world.SqlAsync(
                    "UPDATE scheduling.appointments SET starts_at = $2, ends_at = $2 + interval '30 minutes', local_date = ($2 AT TIME ZONE 'UTC')::date WHERE id = $1", visit, world.Now);
                (await waiting.MoveAsync(visit, "check-in")).Status.ShouldBe(200);
                return new Subject(waiting.Client) { Query = $"doctor={seen.DoctorId}" };
            case "a time squeezed in":
                var practice = await HostAsync();
                var known = await NewcomerAsync();
                await known.BookedAsync((await practice.OfferAsync(world.Day(31)))[0]);
                return new Subject(By(row, practice))
                {
                    Body = new { doctor_id = practice.DoctorId, patient_id = known.PatientId, date = Day, start_time = "20:10", override_reason = "Came by", duration_minutes = 15 },
                };
            case "a word that is no JSON":
                return new Subject(Known(world, row.Who)) { Body = new StringContent("Cough", Encoding.UTF8, "text/plain") };
            case "a key used before":
                return await UsedKeyAsync();
            default:
                return row.Subject.Contains("visit", StringComparison.Ordinal) || row.Subject is "a started appointment" or "a stale tag" ? await OfVisitAsync(row) : null;
        }
    }

    private async Task<Subject> OfVisitAsync(Row row)
    {
        var visit = await (row.Subject switch
        {
            "a planned visit" => world.VisitAsync(),
            "a visit going on" or "a started appointment" => world.StartedVisitAsync(),
            "a visit with private notes" => world.StartedVisitAsync(new Dictionary<string, object> { ["private_notes"] = "Worried" }),
            "a visit that is over" => world.CompletedVisitAsync(),
            _ => world.AppointmentAsync(),
        });
        _people.AddRange([visit.Doctor, visit.Patient]);
        var subject = new Subject((row.Who == "patient" ? visit.Patient : visit.Doctor).Client)
        {
            Values = [(row.Paths[0].StartsWith("/api/consultations/", StringComparison.Ordinal) ? visit.Id : visit.AppointmentId).ToString()],
        };
        switch (row.Subject)
        {
            case "a stale tag":
                return subject with { Headers = [("If-Match", "\"0\"")] };
            case "a booked visit to open":
                return subject with { Body = new { appointment_id = visit.AppointmentId } };
            case "a visit to book and open":
                await visit.Doctor.OfferAsync(world.Day(), 1, "11:00:00");
                return subject with { Body = new { doctor_id = visit.Doctor.DoctorId, patient_id = visit.Patient.PatientId, start = At(11) } };
            case "a booked visit and another time":
                return subject with { Body = new { time_slot_id = (await visit.Doctor.OfferAsync(world.Day(), 1, "11:00:00"))[0] } };
            case "a visit whose time has passed":
                await world.SqlAsync(
                    "UPDATE scheduling.appointments SET starts_at = $2, ends_at = $3 WHERE id = $1", visit.AppointmentId, world.Now.AddHours(-1), world.Now.AddMinutes(-30));
                return subject;
            default:
                return subject;
        }
    }

    private async Task<Subject> OfWaitingAsync(Row row)
    {
        var (doctor, slots) = await OfferedAsync();
        var patient = await NewcomerAsync();
        var subject = new Subject(By(row, patient));
        var wish = new { doctor_id = doctor.DoctorId, preferred_date = Day, day_part = "morning", urgency = "high", reason = "Cough" };
        switch (row.Subject)
        {
            case "a time to hold":
                return subject with { Body = new { doctor_id = doctor.DoctorId, time_slot_id = slots[0] } };
            case "a hold" or "a hold to book":
                var hold = (await patient.PostAsync("/api/appointments/holds/", new { time_slot_id = slots[0] })).Id;
                return row.Subject == "a hold" ? subject with { Values = [hold.ToString()] } : subject with { Body = new { doctor_id = doctor.DoctorId, hold_id = hold } };
            case "a wish":
                return subject with { Body = wish };
            case "an exact wish":
                return subject with { Body = new { doctor_id = doctor.DoctorId, start = At(9) } };
            default:
                var request = (await patient.PostAsync("/api/appointment-requests/", wish)).Id;
                object? body = row.Paths[0].EndsWith("/accept/", StringComparison.Ordinal) ? new { start = At(10) } : null;
                return (row.Subject == "a request" ? subject : new Subject(By(row, doctor))) with { Values = [request.ToString()], Body = body };
        }
    }

    private async Task<Subject> OfHoursAsync(Row row)
    {
        var doctor = await HostAsync();
        var (subject, off) = (new Subject(By(row, doctor)) { Values = [doctor.DoctorId.ToString()] }, new { kind = "day_off", date = Day, reason = "Leave" });
        switch (row.Subject)
        {
            case "working hours":
                return subject with
                {
                    Body = new
                    {
                        time_zone = "Africa/Lagos",
                        slot_minutes = 20,
                        buffer_before_minutes = 5,
                        buffer_after_minutes = 5,
                        minimum_notice_minutes = 60,
                        horizon_days = 730,
                        booking_policy = "approval",
                        rules = new[] { new { weekday = "monday", start_time = "22:30", end_time = "02:00" } },
                    },
                };
            case "a day off":
                return subject with { Body = off };
            case "extra hours":
                return subject with { Body = new { kind = "extra_day", start_date = Day, end_date = Day, start_time = "09:00", end_time = "12:00" } };
            case "a kept day off":
                var kept = await doctor.PostAsync($"/api/doctors/{doctor.DoctorId}/availability/exceptions/", off);
                return subject with { Values = [doctor.DoctorId.ToString(), kept.Id.ToString()], Body = off };
            default:
                await doctor.KeepHoursAsync(doctor.DoctorId);
                return row.Subject == "computed times" ? new Subject(Known(world, row.Who)) { Query = $"doctor={doctor.DoctorId}&date={Day}" }
                    : new Subject((await NewcomerAsync()).Client) { Body = new { time_slot_id = (await world.TimesAsync(doctor.DoctorId, world.Day()))[0] } };
        }
    }

    private async Task<Subject> UsedKeyAsync()
    {
        var (_, slots) = await OfferedAsync();
        var patient = await NewcomerAsync();
        (string, string)[] key = [("Idempotency-Key", $"{Guid.CreateVersion7()}")];
        (await patient.PostAsync("/api/appointments/", new { time_slot_id = slots[0], reason = "Cough" }, key)).Status.ShouldBe(201);
        return new Subject(patient.Client) { Body = new { time_slot_id = slots[1], reason = "Cough" }, Headers = key };
    }

    private DateTime At(int hour) => world.Day().ToDateTime(new TimeOnly(hour, 0), DateTimeKind.Utc);

    private Task<Person> HostAsync() => KeptAsync(world.BookableDoctorAsync());

    private async Task<(Person Doctor, string[] Slots)> OfferedAsync()
    {
        var doctor = await HostAsync();
        return (doctor, await doctor.OfferAsync(world.Day()));
    }
}
