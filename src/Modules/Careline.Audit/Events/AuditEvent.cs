namespace Careline.Audit.Events;

/// <summary>
/// Who did or saw what, when, and how it ended. Holds ids, never names or values. Only ever added: the application's database role may neither
/// change nor remove one.
/// </summary>
internal sealed class AuditEvent
{
    public Guid Id { get; init; }

    public DateTimeOffset At { get; init; }

    public Guid? ActorId { get; init; }

    public string[] Roles { get; init; } = [];

    public Guid? SessionId { get; init; }

    public byte[]? AddressHash { get; init; }

    public string Action { get; init; } = "";

    public string? Resource { get; init; }

    public Guid? ResourceId { get; init; }

    public Guid[] PatientIds { get; init; } = [];

    public string Purpose { get; init; } = "";

    public string Outcome { get; init; } = "";

    public string[] Fields { get; init; } = [];

    public string RequestId { get; init; } = "";

    internal sealed class Mapping : IEntityTypeConfiguration<AuditEvent>
    {
        public void Configure(EntityTypeBuilder<AuditEvent> builder) => builder.ToTable("events", "audit");
    }
}
