using Careline.Scheduling.Appointments;
using Careline.Scheduling.Slots;

namespace Careline.Scheduling.Requests;

/// <summary>What a request is about, beside its appointment: a part of a day, and until when it can be answered; neither for an exact time.</summary>
internal sealed record AppointmentWish(DayPart? DayPart, DateTimeOffset? Until = null);

/// <summary>What was asked for. The request itself, with its time and state, is the appointment of the same id.</summary>
internal sealed class AppointmentRequest : IVisible<AppointmentRequest>
{
    public Guid Id { get; private set; }

    public DateOnly PreferredDate { get; private set; }

    /// <summary>Null where an exact time was asked for.</summary>
    public DayPart? DayPart { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>Whoever sees the appointment.</summary>
    public static IQueryable<AppointmentRequest> VisibleTo(CarelineDb db, Actor actor)
    {
        var seen = Appointment.VisibleTo(db, actor);
        return db.Set<AppointmentRequest>().Where(r => seen.Any(a => a.Id == r.Id));
    }

    public static AppointmentRequest Of(Appointment appointment, DayPart? part) =>
        new() { Id = appointment.Id, PreferredDate = appointment.LocalDate, DayPart = part, CreatedAt = appointment.UpdatedAt };

    internal sealed class Mapping : IEntityTypeConfiguration<AppointmentRequest>
    {
        public void Configure(EntityTypeBuilder<AppointmentRequest> builder)
        {
            builder.ToTable("appointment_requests", "scheduling");
            builder.Property(r => r.Id).ValueGeneratedNever();
        }
    }
}
