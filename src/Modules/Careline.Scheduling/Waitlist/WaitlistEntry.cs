using Careline.Accounts.Contracts;
using Careline.Clinics.Contracts;
using Careline.Doctors.Contracts;
using Careline.Patients.Contracts;
using Careline.Platform.Time;
using Careline.Scheduling.Appointments;
using Careline.Scheduling.Slots;

namespace Careline.Scheduling.Waitlist;

/// <summary>Where somebody stands who waits for a time.</summary>
public enum WaitlistStatus
{
    /// <summary>Waits.</summary>
    Waiting,

    /// <summary>A time is kept for the person to accept.</summary>
    Offered,

    /// <summary>The person took a time.</summary>
    Accepted,

    /// <summary>The days passed, or offers were missed too often.</summary>
    Expired,

    /// <summary>The person waits no longer.</summary>
    Left,
}

/// <summary>Somebody who waits for a time of a doctor. There is one live offer to an entry at most, and the offered time is kept.</summary>
internal sealed class WaitlistEntry : IVersioned, IVisible<WaitlistEntry>
{
    public const int MostOfPatient = 5;

    /// <summary>Who lets so many offers pass is not asked again.</summary>
    private const int MostMissed = 3;

    public Guid Id { get; private set; }

    public Guid PatientId { get; private set; }

    public Guid DoctorId { get; private set; }

    public Guid? ClinicId { get; private set; }

    public Modality? Modality { get; private set; }

    public DateOnly StartDate { get; private set; }

    public DateOnly EndDate { get; private set; }

    public DayPart? DayPart { get; private set; }

    public VisitType VisitType { get; private set; }

    public Urgency Urgency { get; private set; }

    public string? Reason { get; private set; }

    public WaitlistStatus Status { get; private set; }

    /// <summary>By which the line is ordered, the earliest first: when the entry was made, moved by its urgency.</summary>
    public DateTimeOffset RankedAt { get; private set; }

    public int MissedOffers { get; private set; }

    public Guid? HoldId { get; private set; }

    public DateTimeOffset? OfferedStart { get; private set; }

    public DateTimeOffset? OfferedEnd { get; private set; }

    public DateTimeOffset? OfferExpiresAt { get; private set; }

    public Guid CreatedBy { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public int Version { get; private set; } = 1;

    /// <summary>The patient's, of those who book for the patient, and of those who run the doctor's calendar.</summary>
    public static IQueryable<WaitlistEntry> VisibleTo(CarelineDb db, Actor actor)
    {
        var rows = db.Set<WaitlistEntry>();
        if (actor.IsAdmin)
        {
            return rows;
        }

        var patientId = actor.PatientId;
        var actedFor = ProxyRow.InForce(db, actor).Where(p => p.CanBook).Select(p => p.PatientId);
        if (Appointment.IsOnlyPatient(actor))
        {
            return rows.Where(e => e.PatientId == patientId || actedFor.Contains(e.PatientId));
        }

        var (doctorId, accountId, staff) = (actor.DoctorId, actor.AccountId, db.Set<StaffRow>());
        var doctors = db.Set<DoctorRow>()
            .Where(d => d.Id == doctorId || staff.Any(mine => mine.AccountId == accountId && Appointment.CalendarRoles.Contains(mine.Role)
                && staff.Any(theirs => theirs.ClinicId == mine.ClinicId && theirs.AccountId == d.AccountId && theirs.Role == ClinicRole.Doctor)))
            .Select(d => d.Id);
        return rows.Where(e => e.PatientId == patientId || actedFor.Contains(e.PatientId) || doctors.Contains(e.DoctorId));
    }

    public static WaitlistEntry Join(Guid patientId, Guid doctorId, JoinWaitlistRequest wish, Act act) => new()
    {
        Id = Ids.New(act.At),
        PatientId = patientId,
        DoctorId = doctorId,
        ClinicId = wish.ClinicId,
        Modality = wish.Modality,
        StartDate = wish.StartDate,
        EndDate = wish.EndDate,
        DayPart = wish.DayPart,
        VisitType = wish.VisitType,
        Urgency = wish.Urgency,
        Reason = wish.Reason,
        RankedAt = act.At - HeadStart(wish.Urgency),
        CreatedBy = act.ActorId!.Value,
        CreatedAt = act.At,
        UpdatedAt = act.At,
    };

    /// <summary>
    /// Urgency is a head start and no class of its own: who waits long enough comes first, whatever others say of themselves.
    /// </summary>
    public static TimeSpan HeadStart(Urgency urgency) => urgency switch
    {
        Urgency.Emergency => TimeSpan.FromDays(30),
        Urgency.High => TimeSpan.FromDays(7),
        Urgency.Medium => TimeSpan.FromDays(2),
        _ => TimeSpan.Zero,
    };

    public VisitPlan PlanAt(VisitTime time) => new(VisitType, time.Meet(Modality), Urgency, Reason, null, null, null);

    /// <summary>Whether a time is one of those waited for.</summary>
    public bool Fits(ListedSlot slot, string zone)
    {
        var (day, time) = ZonedTimes.ToLocal(slot.Span.Start, zone);
        return day >= StartDate && day <= EndDate && (DayPart is null || DayPart == ListSlots.PartOf(time))
            && (ClinicId is null || ClinicId == slot.ClinicId) && (Modality is null || slot.Modality is null || Modality == slot.Modality);
    }

    public void Offer(Appointment hold, DateTimeOffset now)
    {
        (HoldId, OfferedStart, OfferedEnd, OfferExpiresAt) = (hold.Id, hold.StartsAt, hold.EndsAt, hold.ExpiresAt);
        (Status, UpdatedAt) = (WaitlistStatus.Offered, now);
    }

    /// <summary>Takes the offered time.</summary>
    /// <exception cref="RuleViolation">None is offered, or not any more.</exception>
    public Guid Accept(DateTimeOffset now)
    {
        var hold = Offered(now);
        End(WaitlistStatus.Accepted, now);
        return hold;
    }

    /// <summary>Goes on waiting for another time; the offered one is for the next in line.</summary>
    /// <exception cref="RuleViolation">None is offered, or not any more.</exception>
    public (Guid Hold, WaitlistRefusal Refusal) Decline(DateTimeOffset now)
    {
        var hold = Offered(now);
        var refusal = new WaitlistRefusal { EntryId = Id, StartsAt = OfferedStart!.Value };
        WaitOn(now);
        return (hold, refusal);
    }

    /// <summary>The offer ran out. Whoever missed too many waits no longer.</summary>
    public WaitlistRefusal Miss(DateTimeOffset now)
    {
        var refusal = new WaitlistRefusal { EntryId = Id, StartsAt = OfferedStart!.Value };
        MissedOffers++;
        WaitOn(now);
        if (MissedOffers >= MostMissed)
        {
            Status = WaitlistStatus.Expired;
        }

        return refusal;
    }

    /// <summary>Waits no longer. Answers the time that was kept, if one was.</summary>
    public Guid? Leave(DateTimeOffset now)
    {
        if (Status is not (WaitlistStatus.Waiting or WaitlistStatus.Offered))
        {
            throw new RuleViolation("NOT_WAITING", "This entry has ended already.");
        }

        var hold = Status == WaitlistStatus.Offered ? HoldId : null;
        End(WaitlistStatus.Left, now);
        return hold;
    }

    private Guid Offered(DateTimeOffset now) => Status == WaitlistStatus.Offered && OfferExpiresAt > now
        ? HoldId!.Value
        : throw new RuleViolation("OFFER_EXPIRED", "No time is offered at present. You are told when one is.");

    private void WaitOn(DateTimeOffset now)
    {
        (HoldId, OfferedStart, OfferedEnd) = (null, null, null);
        End(WaitlistStatus.Waiting, now);
    }

    private void End(WaitlistStatus status, DateTimeOffset now) => (Status, OfferExpiresAt, UpdatedAt) = (status, null, now);

    internal sealed class Mapping : IEntityTypeConfiguration<WaitlistEntry>, IEntityTypeConfiguration<WaitlistRefusal>
    {
        public void Configure(EntityTypeBuilder<WaitlistEntry> builder)
        {
            builder.ToTable("waitlist_entries", "scheduling");
            builder.Property(e => e.Id).ValueGeneratedNever();
        }

        public void Configure(EntityTypeBuilder<WaitlistRefusal> builder)
        {
            builder.ToTable("waitlist_refusals", "scheduling");
            builder.HasKey(r => new { r.EntryId, r.StartsAt });
        }
    }
}

/// <summary>A time that somebody declined or missed.</summary>
internal sealed class WaitlistRefusal
{
    public Guid EntryId { get; init; }

    public DateTimeOffset StartsAt { get; init; }
}
