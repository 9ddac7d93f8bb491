using Npgsql;
using NpgsqlTypes;

namespace Careline.Host.Demo.Large;

// Slots, appointments with their history, whose doctors may open whose record because of them, and what the doctor list shows as free.
internal sealed class CalendarLoad(NpgsqlConnection connection, LargePlan plan)
{
    private const int DaysOfAccessAfterVisit = 30;

    private static readonly string[] _reasons =
    [
        "Routine follow-up", "Blood pressure check", "Cough that does not go away", "Test results", "Back pain", "Skin rash", "Headaches", "Repeat prescription",
    ];

    private static readonly string[] _visitTypes = ["general", "follow_up", "routine_checkup", "specialist"];
    private static readonly string[] _modalities = ["video", "video", "audio", "in_person"];
    private static readonly string[] _urgencies = ["low", "medium", "medium", "high"];

    public async Task LoadAsync(CancellationToken ct)
    {
        var size = plan.Size;
        await new TableCopy(connection, "scheduling.time_slots", "id, doctor_id, starts_at, ends_at, created_at, version")
            .LoadAsync(Enumerable.Range(0, size.Slots), size.Slots, WriteSlot, ct);
        await new TableCopy(
            connection,
            "scheduling.appointments",
            """
            id, doctor_id, patient_id, time_slot_id, starts_at, ends_at, time_zone, local_date, status, visit_type, modality, urgency, reason,
            created_by, created_at, updated_at, version
            """).LoadAsync(plan.Bookings(), size.Appointments, WriteAppointment, ct);
        var history = plan.Bookings().SelectMany(b => b.IsConfirmed ? new[] { (b, false), (b, true) } : [(b, false)]);
        await new TableCopy(
            connection, "scheduling.appointment_events", "id, appointment_id, kind, from_status, to_status, to_start, actor_id, at")
            .LoadAsync(history, size.Appointments + plan.Bookings().Count(b => b.IsConfirmed), WriteEvent, ct);
        await new TableCopy(
            connection, "patients.care_relationships", "patient_id, account_id, reason, source_id, starts_at, ends_at")
            .LoadAsync(plan.Bookings(), size.Appointments, WriteCare, ct);
        await new TableCopy(connection, "doctors.free_days", "doctor_id, day, first_free_at")
            .LoadAsync(FreeDays(), size.Doctors * LargeSize.Days, WriteFreeDay, ct);
    }

    private void WriteSlot(RowWriter row, int number)
    {
        var doctor = number / LargeSize.SlotsPerDoctor;
        var time = plan.TimesOf(doctor)[number % LargeSize.SlotsPerDoctor];
        row.Id(LargeIds.Of(LargeKind.Slot, number)).Id(LargeIds.Of(LargeKind.Doctor, doctor)).Time(time.Start).Time(time.End).Time(plan.Now).Number(1);
    }

    private void WriteAppointment(RowWriter row, LargeBooking booking)
    {
        var booked = booking.BookedAt(plan.Now);
        row.Id(booking.Id).Id(LargeIds.Of(LargeKind.Doctor, booking.Doctor)).Id(LargeIds.Of(LargeKind.Patient, booking.Patient))
            .Id(LargeIds.Of(LargeKind.Slot, booking.Slot)).Time(booking.Time.Start).Time(booking.Time.End)
            .Text(LargePlan.RegionOf(booking.Doctor).Zone).Date(booking.Time.Day).Text(booking.IsConfirmed ? "confirmed" : "scheduled")
            .Text(Pick(_visitTypes, 3)).Text(Pick(_modalities, 4)).Text(Pick(_urgencies, 5)).Text(Pick(_reasons, 6))
            .Id(LargeIds.Of(LargeKind.PatientAccount, booking.Patient)).Time(booked).Time(booked).Number(booking.IsConfirmed ? 2 : 1);

        string Pick(string[] words, int question) => words[LargeIds.Draw(LargeKind.Appointment, booking.Number, question, words.Length)];
    }

    private void WriteEvent(RowWriter row, (LargeBooking Booking, bool IsConfirming) happened)
    {
        var (booking, isConfirming) = happened;
        var booked = booking.BookedAt(plan.Now);
        row.Id(LargeIds.Of(isConfirming ? LargeKind.Confirmed : LargeKind.Booked, booking.Number)).Id(booking.Id)
            .Text(isConfirming ? "confirmed" : "booked").Text(isConfirming ? "scheduled" : null).Text(isConfirming ? "confirmed" : "scheduled")
            .Time(booking.Time.Start)
            .Id(isConfirming ? LargeIds.Of(LargeKind.DoctorAccount, booking.Doctor) : LargeIds.Of(LargeKind.PatientAccount, booking.Patient))
            .Time(isConfirming ? booked.AddHours(1) : booked);
    }

    private void WriteCare(RowWriter row, LargeBooking booking) =>
        row.Id(LargeIds.Of(LargeKind.Patient, booking.Patient))
            .Id(LargeIds.Of(LargeKind.DoctorAccount, booking.Doctor)).Text("appointment").Id(booking.Id)
            .Time(booking.BookedAt(plan.Now)).Time(booking.Time.End.AddDays(DaysOfAccessAfterVisit));

    private static void WriteFreeDay(RowWriter row, (int Doctor, LargeTime Time) free) =>
        row.Id(LargeIds.Of(LargeKind.Doctor, free.Doctor)).Date(free.Time.Day).Value(free.Time.Start, NpgsqlDbType.TimestampTz);

    // The first time of each day, or the second where the first is booked.
    private IEnumerable<(int Doctor, LargeTime Time)> FreeDays()
    {
        for (var doctor = 0; doctor < plan.Size.Doctors; doctor++)
        {
            var times = plan.TimesOf(doctor);
            for (var first = 0; first < times.Count; first += LargeSize.SlotsPerDay)
            {
                yield return (doctor, times[plan.IsBooked(doctor, first) ? first + 1 : first]);
            }
        }
    }
}
