namespace Careline.Clinics.Rooms;

/// <summary>What a room is for.</summary>
public enum RoomKind
{
    /// <summary>Patients are seen.</summary>
    Consultation,

    /// <summary>Patients are treated.</summary>
    Treatment,

    /// <summary>Operations.</summary>
    Operating,

    /// <summary>Patients stay.</summary>
    Ward,

    /// <summary>Samples are taken and looked at.</summary>
    Laboratory,

    /// <summary>Pictures are taken.</summary>
    Imaging,

    /// <summary>Patients wait.</summary>
    Waiting,

    /// <summary>Anything else.</summary>
    Other,
}

/// <summary>What is said of a room.</summary>
/// <param name="Name">The name, once at a clinic.</param>
/// <param name="Kind">What it is for.</param>
/// <param name="Capacity">How many people fit in.</param>
/// <param name="Equipment">What stands in it.</param>
public sealed record RoomRequest(
    [Required, StringLength(100, MinimumLength = 1)] string Name,
    RoomKind Kind = RoomKind.Consultation,
    [Range(1, 1000)] int Capacity = 1,
    [MaxLength(50)] IReadOnlyList<string>? Equipment = null) : IValidatableObject
{
    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (string.IsNullOrWhiteSpace(Name))
        {
            yield return new ValidationResult("May not be blank.", [nameof(Name)]);
        }

        if (Equipment is not null && Equipment.Any(e => string.IsNullOrWhiteSpace(e) || e.Length > 100))
        {
            yield return new ValidationResult("Each is 1 to 100 characters long.", [nameof(Equipment)]);
        }
    }
}

/// <summary>A room of a clinic.</summary>
internal sealed class Room : IVersioned
{
    private Room()
    {
    }

    public Guid Id { get; private set; }

    public Guid ClinicId { get; private set; }

    public string Name { get; private set; } = "";

    public RoomKind Kind { get; private set; }

    public int Capacity { get; private set; }

    public string[] Equipment { get; private set; } = [];

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public DateTimeOffset? RemovedAt { get; private set; }

    public int Version { get; private set; } = 1;

    public static Room Furnish(Guid id, Guid clinicId, RoomRequest request, DateTimeOffset now)
    {
        var room = new Room { Id = id, ClinicId = clinicId, CreatedAt = now };
        room.Replace(request, now);
        return room;
    }

    public void Replace(RoomRequest request, DateTimeOffset now) =>
        (Name, Kind, Capacity, Equipment, UpdatedAt) = (request.Name, request.Kind, request.Capacity, [.. (request.Equipment ?? []).Distinct()], now);

    public void Remove(DateTimeOffset now) => RemovedAt ??= now;

    internal sealed class Mapping : IEntityTypeConfiguration<Room>
    {
        public void Configure(EntityTypeBuilder<Room> builder)
        {
            builder.ToTable("rooms", "clinics");
            builder.Property(r => r.Id).ValueGeneratedNever();
        }
    }
}
