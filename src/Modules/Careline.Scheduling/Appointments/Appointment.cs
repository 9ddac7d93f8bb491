using Careline.Doctors.Contracts;
using Careline.Platform.Time;

namespace Careline.Scheduling.Appointments;

/// <summary>Who acts, nobody for what time does by itself; when; and why, where that must be said.</summary>
internal sealed record Act(Guid? ActorId, DateTimeOffset At, string? Note = null);

/// <summary>The time that an appointment takes, and the slot and clinic that it comes from.</summary>
internal sealed record VisitTime(DateTimeOffset Start, DateTimeOffset End, Guid? SlotId, Guid? ClinicId)
{
    /// <summary>The only way to meet then, if there is but one.</summary>
    public Modality? Modality { get; init; }

    /// <summary>What it costs, where that is not the doctor's own fee.</summary>
    public (long Amount, string Currency)? Fee { get; init; }

    /// <summary>The service that it is, if it is one.</summary>
    public Guid? ServiceId { get; init; }

    /// <summary>The version of the doctor's schedule by which the time was found, where there is one.</summary>
    public int? ScheduleVersion { get; init; }

    /// <summary>How the two meet then.</summary>
    /// <exception cref="RuleViolation">The doctor sees nobody so at that time.</exception>
    public Modality Meet(Modality? wanted) => Modality is null || wanted is null || wanted == Modality
        ? wanted ?? Modality ?? Doctors.Contracts.Modality.Video
        : throw new RuleViolation("MODALITY_NOT_OFFERED", $"At this time patients are only seen by {EnumText<Modality>.Of(Modality.Value).Replace('_', ' ')}.");
}

/// <summary>What a visit is about: all that may be changed without moving it.</summary>
internal sealed record VisitPlan(
    VisitType VisitType, Modality Modality, Urgency Urgency, string? Reason, string? Symptoms, string? Notes, string? ContactPhone);

/// <summary>An agreed time. Each change answers the line of history that must be saved with it.</summary>
internal sealed partial class Appointment : IVersioned, IVisible<Appointment>
{
    public Guid Id { get; private set; }

    public string Number { get; private set; } = null!;

    public Guid DoctorId { get; private set; }

    public Guid PatientId { get; private set; }

    public Guid? ClinicId { get; private set; }

    public Guid? ServiceId { get; private set; }

    public Guid? TimeSlotId { get; private set; }

    public DateTimeOffset StartsAt { get; private set; }

    public DateTimeOffset EndsAt { get; private set; }

    /// <summary>The doctor's zone when it was booked: the wall-clock time that was agreed stays what it was.</summary>
    public string TimeZone { get; private set; } = "";

    /// <summary>The day of the start in <see cref="TimeZone"/>: what lists are filtered by.</summary>
    public DateOnly LocalDate { get; private set; }

    public AppointmentStatus Status { get; private set; }

    public VisitType VisitType { get; private set; }

    public Modality Modality { get; private set; }

    public Urgency Urgency { get; private set; }

    public string? Reason { get; private set; }

    public string? Symptoms { get; private set; }

    public string? Notes { get; private set; }

    public string? ContactPhone { get; private set; }

    public long? FeeAmount { get; private set; }

    public string? FeeCurrency { get; private set; }

    public DateTimeOffset? CheckedInAt { get; private set; }

    /// <summary>Since when the patient, who is there, is prepared and waits for the doctor alone.</summary>
    public DateTimeOffset? ReadyAt { get; private set; }

    public DateTimeOffset? StartedAt { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    public string? CancelReason { get; private set; }

    public Guid? CancelledBy { get; private set; }

    public DateTimeOffset? CancelledAt { get; private set; }

    public DateTimeOffset? HiddenAt { get; private set; }

    /// <summary>Until when a hold or a request stands; null for what is agreed.</summary>
    public DateTimeOffset? ExpiresAt { get; private set; }

    public Guid CreatedBy { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public int Version { get; private set; } = 1;

    public static (Appointment Appointment, AppointmentEvent Event) Book(
        DoctorRow doctor, Guid patientId, VisitTime time, VisitPlan plan, Act act)
    {
        var appointment = Begin(doctor, patientId, time, plan, act);
        return (appointment, appointment.Describe(AppointmentEventKind.Booked, act, null, null, act.Note));
    }

    /// <summary>Keeps a time for whoever fills a form.</summary>
    public static (Appointment Appointment, AppointmentEvent Event) Hold(
        DoctorRow doctor, Guid patientId, VisitTime time, Act act, DateTimeOffset until)
    {
        var plan = new VisitPlan(VisitType.General, time.Meet(null), Urgency.Medium, null, null, null, null);
        var appointment = Begin(doctor, patientId, time, plan, act);
        (appointment.Status, appointment.ExpiresAt) = (AppointmentStatus.Held, until);
        return (appointment, appointment.Describe(AppointmentEventKind.Held, act, null, null, null));
    }

    /// <summary>Keeps a time for what is not yet decided, such as a proposal. Nobody sees the row: what it is kept for tells of it.</summary>
    public static (Appointment Appointment, AppointmentEvent Event) Keep(
        DoctorRow doctor, Guid patientId, VisitTime time, Act act, DateTimeOffset until)
    {
        var kept = Hold(doctor, patientId, time, act, until);
        kept.Appointment.HiddenAt = act.At;
        return kept;
    }

    /// <summary>Lets those concerned see a time that was kept for them, who now take it.</summary>
    public void Reveal() => HiddenAt = null;

    /// <summary>Asks for a time, or for a part of a day, which has no length.</summary>
    public static (Appointment Appointment, AppointmentEvent Event) Request(
        DoctorRow doctor, Guid patientId, VisitTime time, VisitPlan plan, Act act, DateTimeOffset until)
    {
        var appointment = Begin(doctor, patientId, time, plan, act);
        (appointment.Status, appointment.ExpiresAt) = (AppointmentStatus.Requested, until);
        return (appointment, appointment.Describe(AppointmentEventKind.Requested, act, null, null, null));
    }

    /// <summary>What a hold costs by the way to meet for which it is used.</summary>
    public void Charge(VisitTime time, DoctorRow doctor) => (FeeAmount, FeeCurrency) = (time.Fee?.Amount ?? doctor.FeeAmount, time.Fee?.Currency ?? doctor.FeeCurrency);

    /// <summary>What it is about now.</summary>
    public VisitPlan Plan => new(VisitType, Modality, Urgency, Reason, Symptoms, Notes, ContactPhone);

    /// <summary>Turns a hold into what it was held for: the appointment or, where the practice has to agree, the request for it.</summary>
    /// <exception cref="RuleViolation">It is no hold any more.</exception>
    public AppointmentEvent UseHold(VisitPlan plan, Act act, DateTimeOffset? requestedUntil)
    {
        if (Status != AppointmentStatus.Held || ExpiresAt <= act.At || HiddenAt is not null)
        {
            throw Moves.Occupies(Status) && Status != AppointmentStatus.Held
                ? Moves.Illegal(Status, "booked")
                : new RuleViolation("HOLD_EXPIRED", "The time is no longer held. Choose a time again.");
        }

        Take(plan);
        (Status, ExpiresAt) = requestedUntil is null ? (AppointmentStatus.Scheduled, null) : (AppointmentStatus.Requested, requestedUntil);
        UpdatedAt = act.At;
        var kind = requestedUntil is null ? AppointmentEventKind.Booked : AppointmentEventKind.Requested;
        return Describe(kind, act, AppointmentStatus.Held, StartsAt, null);
    }

    /// <summary>The practice agrees, and says when, where only a part of a day was asked for.</summary>
    public AppointmentEvent Accept(Party by, Act act, VisitTime? time)
    {
        var (status, start) = (Status, StartsAt);
        Status = Moves.Follow(Move.Accept, Status, by);
        if (ExpiresAt <= act.At)
        {
            throw new RuleViolation("REQUEST_EXPIRED", "The request was not answered in time.");
        }

        if (time is not null)
        {
            Take(time);
        }

        (ExpiresAt, UpdatedAt) = (null, act.At);
        return Describe(AppointmentEventKind.Accepted, act, status, start, null);
    }

    public AppointmentEvent Reject(Party by, Act act, string? reason)
    {
        var happened = Go(Move.Reject, AppointmentEventKind.Rejected, by, act, reason);
        EndedAt = act.At;
        return happened;
    }

    /// <summary>Ends a hold or request that nobody followed up. A hold was nobody's business but the holder's, and leaves sight.</summary>
    public AppointmentEvent Expire(DateTimeOffset now)
    {
        var status = Status;
        HiddenAt = status == AppointmentStatus.Held ? now : HiddenAt;
        (Status, EndedAt, UpdatedAt) = (AppointmentStatus.Expired, now, now);
        return Describe(AppointmentEventKind.Expired, new Act(null, now), status, StartsAt, null);
    }

    public AppointmentEvent Confirm(Party by, Act act) => Go(Move.Confirm, AppointmentEventKind.Confirmed, by, act);

    public AppointmentEvent CheckIn(Party by, Act act)
    {
        var happened = Go(Move.CheckIn, AppointmentEventKind.CheckedIn, by, act);
        CheckedInAt = act.At;
        return happened;
    }

    public AppointmentEvent GetReady(Party by, Act act)
    {
        var happened = Go(Move.GetReady, AppointmentEventKind.Ready, by, act);
        ReadyAt = act.At;
        return happened;
    }

    /// <summary>Whoever leaves the queue may come back to it: the appointment is as it was before.</summary>
    public AppointmentEvent Leave(Party by, Act act)
    {
        var happened = Go(Move.Leave, AppointmentEventKind.Left, by, act);
        (CheckedInAt, ReadyAt) = (null, null);
        return happened;
    }

    public AppointmentEvent Start(Party by, Act act)
    {
        var happened = Go(Move.Start, AppointmentEventKind.Started, by, act);
        StartedAt = act.At;
        return happened;
    }

    public AppointmentEvent Complete(Party by, Act act)
    {
        var happened = Go(Move.Complete, AppointmentEventKind.Completed, by, act);
        EndedAt = act.At;
        return happened;
    }

    public AppointmentEvent MarkNoShow(Party by, Act act)
    {
        var happened = Go(Move.MarkNoShow, AppointmentEventKind.NoShow, by, act);
        if (act.At < StartsAt)
        {
            throw new RuleViolation("TOO_EARLY_FOR_NO_SHOW", "A patient can be marked as not shown once the appointment's start has passed.");
        }

        EndedAt = act.At;
        return happened;
    }

    public AppointmentEvent Cancel(Party by, Act act, string? reason)
    {
        var happened = Go(Move.Cancel, AppointmentEventKind.Cancelled, by, act, reason);
        CancelReason = reason;
        CancelledBy = act.ActorId;
        CancelledAt = act.At;
        EndedAt = act.At;
        return happened;
    }

    public AppointmentEvent Reschedule(Party by, Act act, VisitTime time)
    {
        var (status, start) = (Status, StartsAt);
        Status = Moves.Follow(Move.Reschedule, Status, by);
        Take(time);
        UpdatedAt = act.At;
        return Describe(AppointmentEventKind.Rescheduled, act, status, start, null);
    }

    /// <summary>Changes what the visit is about, never its time or state.</summary>
    public AppointmentEvent Replace(VisitPlan plan, Act act)
    {
        if (!Moves.Occupies(Status))
        {
            throw new RuleViolation("APPOINTMENT_ENDED", "An appointment that has ended cannot be changed.");
        }

        Take(plan);
        UpdatedAt = act.At;
        return Describe(AppointmentEventKind.Changed, act, Status, StartsAt, null);
    }

    /// <summary>Removes a called-off appointment from sight. What took place, and what was missed, stays: it is part of the record.</summary>
    public AppointmentEvent Hide(Act act)
    {
        if (Status is not (AppointmentStatus.Cancelled or AppointmentStatus.Rejected or AppointmentStatus.Expired))
        {
            throw Moves.Illegal(Status, "deleted");
        }

        HiddenAt = act.At;
        UpdatedAt = act.At;
        return Describe(AppointmentEventKind.Hidden, act, Status, StartsAt, null);
    }

    /// <summary>Whether a remote visit may be entered: from a little before its start, for as long as nobody has ended it that day.</summary>
    public bool CanBeJoinedAt(DateTimeOffset now) => Modality != Modality.InPerson
        && (Status == AppointmentStatus.InProgress
            || (Status is AppointmentStatus.Scheduled or AppointmentStatus.Confirmed or AppointmentStatus.CheckedIn
                && now >= StartsAt - VisitDoors.OpenBefore && now < EndsAt + VisitDoors.StayOpenAfter));

    private AppointmentEvent Go(Move move, AppointmentEventKind kind, Party by, Act act, string? note = null)
    {
        var status = Status;
        Status = Moves.Follow(move, Status, by);
        UpdatedAt = act.At;
        return Describe(kind, act, status, StartsAt, note);
    }

    private static Appointment Begin(DoctorRow doctor, Guid patientId, VisitTime time, VisitPlan plan, Act act)
    {
        var appointment = new Appointment
        {
            Id = Ids.New(act.At),
            DoctorId = doctor.Id,
            PatientId = patientId,
            ClinicId = time.ClinicId,
            TimeZone = doctor.TimeZone,
            Status = AppointmentStatus.Scheduled,
            ServiceId = time.ServiceId,
            FeeAmount = time.Fee?.Amount ?? doctor.FeeAmount,
            FeeCurrency = time.Fee?.Currency ?? doctor.FeeCurrency,
            CreatedBy = act.ActorId!.Value,
            CreatedAt = act.At,
            UpdatedAt = act.At,
        };
        appointment.Take(plan);
        appointment.Take(time);
        return appointment;
    }

    private void Take(VisitPlan plan)
    {
        VisitType = plan.VisitType;
        Modality = plan.Modality;
        Urgency = plan.Urgency;
        Reason = plan.Reason;
        Symptoms = plan.Symptoms;
        Notes = plan.Notes;
        ContactPhone = plan.ContactPhone;
    }

    private void Take(VisitTime time)
    {
        TimeSlotId = time.SlotId;
        StartsAt = time.Start;
        EndsAt = time.End;
        LocalDate = ZonedTimes.ToLocal(time.Start, TimeZone).Date;
    }

    private AppointmentEvent Describe(AppointmentEventKind kind, Act act, AppointmentStatus? fromStatus, DateTimeOffset? fromStart, string? note) =>
        new()
        {
            Id = Ids.New(act.At),
            AppointmentId = Id,
            Kind = kind,
            FromStatus = fromStatus,
            ToStatus = Status,
            FromStart = fromStart,
            ToStart = StartsAt,
            ActorId = act.ActorId,
            Note = note,
            At = act.At,
        };

    internal sealed class Mapping : IEntityTypeConfiguration<Appointment>, IEntityTypeConfiguration<AppointmentRow>
    {
        public void Configure(EntityTypeBuilder<Appointment> builder)
        {
            builder.ToTable("appointments", "scheduling");
            builder.Property(a => a.Id).ValueGeneratedNever();
            builder.Property(a => a.Number).ValueGeneratedOnAdd();
            builder.Ignore(a => a.Plan);
        }

        public void Configure(EntityTypeBuilder<AppointmentRow> builder) => builder.HasNoKey().ToView("appointment_rows", "scheduling");
    }
}
