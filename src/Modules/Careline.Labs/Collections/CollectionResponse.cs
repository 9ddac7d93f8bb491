using Careline.Clinics.Contracts;
using Careline.Labs.Orders;
using Careline.Patients.Contracts;
using Careline.Platform.Time;

namespace Careline.Labs.Collections;

/// <summary>A time that a patient has with a clinic to have samples taken.</summary>
public sealed record CollectionResponse : IVersioned
{
    /// <summary>Names it.</summary>
    public Guid Id { get; init; }

    /// <summary>The order's number.</summary>
    public string OrderNumber { get; init; } = "";

    /// <summary>Of whom.</summary>
    public LabParty Patient { get; init; } = new();

    /// <summary>By which clinic.</summary>
    public Guid ClinicId { get; init; }

    /// <summary>The clinic's name.</summary>
    public string ClinicName { get; init; } = "";

    /// <summary>Where.</summary>
    public CollectionMode Mode { get; init; }

    /// <summary>What became of it.</summary>
    public CollectionStatus Status { get; init; }

    /// <summary>The same for people.</summary>
    public string StatusDisplay => EnumText<CollectionStatus>.Display(Status);

    /// <summary>When it begins.</summary>
    public DateTimeOffset Start { get; init; }

    /// <summary>When it ends.</summary>
    public DateTimeOffset End { get; init; }

    /// <summary>By whose wall clock the following are said.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>The day.</summary>
    public DateOnly Date => ZonedTimes.ToLocal(Start, TimeZone).Date;

    /// <summary>The time of day.</summary>
    public TimeOnly StartTime => ZonedTimes.ToLocal(Start, TimeZone).Time;

    /// <summary>Where the patient is, for a collection at home.</summary>
    public string? Address { get; init; }

    /// <summary>Where the patient is called.</summary>
    public string? ContactPhone { get; init; }

    /// <summary>How to find the house, and the like.</summary>
    public string? Notes { get; init; }

    /// <summary>Why it was called off.</summary>
    public string? CancelReason { get; init; }

    /// <inheritdoc />
    public int Version { get; init; }

    internal static IQueryable<CollectionResponse> From(CarelineDb db, IQueryable<Collection> collections) =>
        from c in collections
        join order in db.Set<LabOrder>() on c.OrderId equals order.Id
        join patient in db.Set<PatientRow>() on c.PatientId equals patient.Id
        join clinic in db.Set<ClinicRow>() on c.ClinicId equals clinic.Id
        select new CollectionResponse
        {
            Id = c.Id,
            OrderNumber = order.Number,
            Patient = new LabParty { Id = patient.Id, Name = patient.Name, Number = patient.Number },
            ClinicId = c.ClinicId,
            ClinicName = clinic.Name,
            Mode = c.Mode,
            Status = c.Status,
            Start = c.StartsAt,
            End = c.EndsAt,
            TimeZone = clinic.TimeZone,
            Address = c.Address,
            ContactPhone = c.ContactPhone,
            Notes = c.Notes,
            CancelReason = c.CancelReason,
            Version = c.Version,
        };

    internal static Task<CollectionResponse> OneAsync(CarelineDb db, Guid id, CancellationToken ct) => From(db, db.Set<Collection>().Where(c => c.Id == id)).FirstAsync(ct);
}
