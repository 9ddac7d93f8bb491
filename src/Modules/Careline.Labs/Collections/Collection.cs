using Careline.Accounts.Contracts;
using Careline.Clinics.Contracts;
using Careline.Labs.Orders;
using Careline.Patients.Contracts;

namespace Careline.Labs.Collections;

/// <summary>
/// A time that a patient has with a clinic to have samples taken. It says who and when and nothing of what was ordered, so that the desk may see it. Each holds one of the
/// places of its time; the database lets no place be held twice.
/// </summary>
internal sealed class Collection : IVersioned, IVisible<Collection>
{
    private static readonly ClinicRole[] _staff = [ClinicRole.Administrator, ClinicRole.Receptionist, ClinicRole.Nurse];

    private Collection()
    {
    }

    public Guid Id { get; private set; }

    public Guid OrderId { get; private set; }

    public Guid PatientId { get; private set; }

    public Guid ClinicId { get; private set; }

    public CollectionMode Mode { get; private set; }

    public DateTimeOffset StartsAt { get; private set; }

    public DateTimeOffset EndsAt { get; private set; }

    /// <summary>Which of the places it holds, from 1.</summary>
    public int Place { get; private set; }

    public int Capacity { get; private set; }

    public string? Address { get; private set; }

    public string? ContactPhone { get; private set; }

    public string? Notes { get; private set; }

    public CollectionStatus Status { get; private set; }

    public string? CancelReason { get; private set; }

    public Guid BookedBy { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public int Version { get; private set; } = 1;

    public static Collection Book(Guid id, LabOrder order, CollectionTime time, CollectionRequest request, Guid by, DateTimeOffset now)
    {
        var collection = new Collection
        {
            Id = id,
            OrderId = order.Id,
            PatientId = order.PatientId,
            ClinicId = time.Plan.ClinicId,
            Mode = time.Plan.Mode,
            Address = request.Address,
            ContactPhone = request.ContactPhone,
            Notes = request.Notes,
            Status = CollectionStatus.Booked,
            BookedBy = by,
            CreatedAt = now,
        };
        collection.Take(time, now);
        return collection;
    }

    public void Move(CollectionTime time, DateTimeOffset now)
    {
        MustBeBooked();
        Take(time, now);
    }

    public void Cancel(string? reason, DateTimeOffset now)
    {
        MustBeBooked();
        (Status, CancelReason, UpdatedAt) = (CollectionStatus.Cancelled, reason, now);
    }

    /// <summary>The sample was taken.</summary>
    public void Done(DateTimeOffset now) => (Status, UpdatedAt) = (CollectionStatus.Done, now);

    public void MustBeBooked()
    {
        if (Status != CollectionStatus.Booked)
        {
            throw new RuleViolation("COLLECTION_OVER", "This time is not booked any more.", new { status = Status });
        }
    }

    /// <summary>
    /// The patient's own and those of patients for whom the actor books; who ordered; the desk, nurses and administrators of the clinic; and those who run the platform.
    /// </summary>
    public static IQueryable<Collection> VisibleTo(CarelineDb db, Actor actor)
    {
        var (me, patient, doctor, isAdmin) = (actor.AccountId, actor.PatientId, actor.DoctorId, actor.IsAdmin);
        var actedFor = ProxyRow.InForce(db, actor).Where(p => p.CanBook).Select(p => p.PatientId);
        return db.Set<Collection>().Where(c => isAdmin || c.PatientId == patient || actedFor.Contains(c.PatientId)
            || db.Set<LabOrder>().Any(o => o.Id == c.OrderId && o.DoctorId == doctor)
            || db.Set<StaffRow>().Any(s => s.ClinicId == c.ClinicId && s.AccountId == me && _staff.Contains(s.Role)));
    }

    /// <summary>What is booked for an order, to be ended in the present transaction.</summary>
    public static Task<Collection?> BookedAsync(CarelineDb db, Guid orderId, CancellationToken ct) =>
        db.Set<Collection>().AsTracking().FirstOrDefaultAsync(c => c.OrderId == orderId && c.Status == CollectionStatus.Booked, ct);

    private void Take(CollectionTime time, DateTimeOffset now) =>
        (StartsAt, EndsAt, Place, Capacity, UpdatedAt) = (time.Span.Start, time.Span.End, time.Place, time.Plan.Capacity, now);

    internal sealed class Mapping : IEntityTypeConfiguration<Collection>
    {
        public void Configure(EntityTypeBuilder<Collection> builder)
        {
            builder.ToTable("collections", "labs");
            builder.Property(c => c.Id).ValueGeneratedNever();
        }
    }
}

/// <summary>A time with the place in it that is free.</summary>
internal sealed record CollectionTime(CollectionPlan Plan, Hours.Contracts.Span Span, int Place);

/// <summary>What became of a booked time.</summary>
public enum CollectionStatus
{
    /// <summary>It holds a place.</summary>
    Booked,

    /// <summary>The sample was taken.</summary>
    Done,

    /// <summary>It was called off.</summary>
    Cancelled,
}
