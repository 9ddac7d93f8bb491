using Careline.Accounts.Contracts;
using Careline.Hours.Contracts;

namespace Careline.Scheduling.Slots;

/// <summary>A time that a doctor offers. It holds no state: whether it is free follows from the appointments that overlap it.</summary>
internal sealed class TimeSlot : IVersioned, IVisible<TimeSlot>
{
    public Guid Id { get; private set; }

    public Guid DoctorId { get; private set; }

    public Guid? ClinicId { get; private set; }

    public DateTimeOffset StartsAt { get; private set; }

    public DateTimeOffset EndsAt { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset? DeletedAt { get; private set; }

    public int Version { get; private set; } = 1;

    /// <summary>A doctor's own slots: others meet them in the list of times only.</summary>
    public static IQueryable<TimeSlot> VisibleTo(CarelineDb db, Actor actor)
    {
        var doctorId = actor.DoctorId;
        return db.Set<TimeSlot>().Where(s => s.DoctorId == doctorId && s.DeletedAt == null);
    }

    public static TimeSlot Offer(Guid doctorId, Guid? clinicId, Span span, DateTimeOffset now)
    {
        span.MustLieAhead(now);
        return new TimeSlot
        {
            Id = Ids.New(now),
            DoctorId = doctorId,
            ClinicId = clinicId,
            StartsAt = span.Start,
            EndsAt = span.End,
            CreatedAt = now,
        };
    }

    public void Replace(Guid? clinicId, Span span, DateTimeOffset now)
    {
        if (span.Start != StartsAt)
        {
            span.MustLieAhead(now);
        }

        ClinicId = clinicId;
        StartsAt = span.Start;
        EndsAt = span.End;
    }

    public void Withdraw(DateTimeOffset now) => DeletedAt = now;

    /// <summary>Nobody's agreed time changes under them.</summary>
    public static RuleViolation Booked() => new("SLOT_BOOKED", "This time is booked. Move or cancel the appointment first.");

    internal sealed class Mapping : IEntityTypeConfiguration<TimeSlot>
    {
        public void Configure(EntityTypeBuilder<TimeSlot> builder)
        {
            builder.ToTable("time_slots", "scheduling");
            builder.Property(s => s.Id).ValueGeneratedNever();
        }
    }
}
