using Careline.Accounts.Contracts;
using Careline.Clinics.Contracts;
using Careline.Doctors.Contracts;
using Careline.Scheduling.Appointments;

namespace Careline.Scheduling.Availability;

/// <summary>Whether a wish is granted by itself or waits for the practice.</summary>
public enum BookingPolicy
{
    /// <summary>At once.</summary>
    Instant,

    /// <summary>Once the practice accepts it.</summary>
    Approval,
}

/// <summary>What becomes of a cancellation that comes too late.</summary>
public enum LateCancellation
{
    /// <summary>Nothing.</summary>
    Free,

    /// <summary>A share of the fee is owed.</summary>
    Charged,

    /// <summary>Patients cannot cancel any more.</summary>
    Forbidden,
}

/// <summary>When and on which terms a doctor can be booked. Its hours are <see cref="WeeklyRule"/>, its other days <see cref="ScheduleException"/>.</summary>
internal sealed class Schedule : IVersioned
{
    public Guid DoctorId { get; private set; }

    public string TimeZone { get; private set; } = "UTC";

    public int SlotMinutes { get; private set; }

    public int BufferBeforeMinutes { get; private set; }

    public int BufferAfterMinutes { get; private set; }

    public int MinimumNoticeMinutes { get; private set; }

    public int HorizonDays { get; private set; }

    public int? DailyLimit { get; private set; }

    public BookingPolicy BookingPolicy { get; private set; }

    public BookingPolicy ReschedulePolicy { get; private set; }

    public int CancellationNoticeMinutes { get; private set; }

    public LateCancellation LateCancellation { get; private set; }

    public int LateFeePercent { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public int Version { get; private set; }

    /// <summary>What holds for a doctor who has set nothing: no hours, and every default. Version 0 says that it is nowhere kept.</summary>
    public static Schedule Unset(Guid doctorId, string timeZone)
    {
        var schedule = new Schedule { DoctorId = doctorId };
        schedule.Take(new ScheduleRequest(), timeZone);
        return schedule;
    }

    public static Schedule Begin(Guid doctorId, string timeZone, DateTimeOffset now)
    {
        var schedule = Unset(doctorId, timeZone);
        (schedule.CreatedAt, schedule.UpdatedAt, schedule.Version) = (now, now, 1);
        return schedule;
    }

    public void Replace(ScheduleRequest request, DateTimeOffset now)
    {
        Take(request, request.TimeZone ?? TimeZone);
        UpdatedAt = now;
    }

    /// <summary>Another exception is another schedule: a booking that was found by the old one must notice.</summary>
    public void Touch(DateTimeOffset now) => UpdatedAt = now;

    /// <summary>What a cancellation by the patient costs now; null where nothing.</summary>
    /// <exception cref="RuleViolation">It is too late, and the doctor's terms forbid it.</exception>
    public LateCancellationFee? ChargeFor(Appointment appointment, DateTimeOffset now)
    {
        if (LateCancellation == LateCancellation.Free || appointment.StartsAt - now >= TimeSpan.FromMinutes(CancellationNoticeMinutes))
        {
            return null;
        }

        return LateCancellation == LateCancellation.Charged
            ? LateCancellationFee.Of(appointment, LateFeePercent, now)
            : throw new RuleViolation("TOO_LATE_TO_CANCEL", "It is too late to cancel this appointment. Call the practice.");
    }

    private void Take(ScheduleRequest request, string timeZone)
    {
        TimeZone = timeZone;
        SlotMinutes = request.SlotMinutes;
        BufferBeforeMinutes = request.BufferBeforeMinutes;
        BufferAfterMinutes = request.BufferAfterMinutes;
        MinimumNoticeMinutes = request.MinimumNoticeMinutes;
        HorizonDays = request.HorizonDays;
        DailyLimit = request.DailyLimit;
        BookingPolicy = request.BookingPolicy;
        ReschedulePolicy = request.ReschedulePolicy;
        CancellationNoticeMinutes = request.CancellationNoticeMinutes;
        LateCancellation = request.LateCancellation;
        LateFeePercent = request.LateFeePercent;
    }

    internal sealed class Mapping : IEntityTypeConfiguration<Schedule>
    {
        public void Configure(EntityTypeBuilder<Schedule> builder)
        {
            builder.ToTable("schedules", "scheduling");
            builder.HasKey(s => s.DoctorId);
            builder.Property(s => s.DoctorId).ValueGeneratedNever();
        }
    }
}

/// <summary>A doctor as those know one who run the doctor's calendar: the doctor, and the desk of a clinic where the doctor works.</summary>
internal sealed class ScheduledDoctor : IVisible<ScheduledDoctor>
{
    public Guid Id { get; init; }

    public Guid AccountId { get; init; }

    public string TimeZone { get; init; } = "";

    public static IQueryable<ScheduledDoctor> VisibleTo(CarelineDb db, Actor actor)
    {
        var (isAdmin, doctorId, accountId) = (actor.IsAdmin, actor.DoctorId, actor.AccountId);
        ClinicRole[] desk = [ClinicRole.Administrator, ClinicRole.Receptionist];
        var staff = db.Set<StaffRow>();
        return db.Set<DoctorRow>()
            .Where(d => isAdmin || d.Id == doctorId || staff.Any(mine => mine.AccountId == accountId && desk.Contains(mine.Role)
                && staff.Any(theirs => theirs.ClinicId == mine.ClinicId && theirs.AccountId == d.AccountId && theirs.Role == ClinicRole.Doctor)))
            .Select(d => new ScheduledDoctor { Id = d.Id, AccountId = d.AccountId, TimeZone = d.TimeZone });
    }
}
