namespace Careline.Gateways.Sandbox;

/// <summary>A webhook on its way.</summary>
internal sealed class SandboxDelivery
{
    public const int MostTries = 10;

    public Guid Id { get; private set; }

    public Gateway Gateway { get; private set; }

    public string EventId { get; private set; } = "";

    public string Body { get; private set; } = "";

    public DateTimeOffset DueAt { get; private set; }

    public int Tries { get; private set; }

    public DateTimeOffset? DeliveredAt { get; private set; }

    public static SandboxDelivery Of(Gateway gateway, SandboxEvent told, DateTimeOffset dueAt) =>
        new() { Id = Ids.New(dueAt), Gateway = gateway, EventId = told.Id, Body = told.Body, DueAt = dueAt };

    public void Delivered(DateTimeOffset now) => DeliveredAt = now;

    /// <summary>It was not taken: again later, each time twice as late.</summary>
    public void Failed(DateTimeOffset now) => (Tries, DueAt) = (Tries + 1, now + TimeSpan.FromSeconds(5 << Math.Min(Tries, 10)));

    internal sealed class Mapping : IEntityTypeConfiguration<SandboxDelivery>
    {
        public void Configure(EntityTypeBuilder<SandboxDelivery> builder)
        {
            builder.ToTable("sandbox_deliveries", "gateways");
            builder.Property(d => d.Id).ValueGeneratedNever();
        }
    }
}
