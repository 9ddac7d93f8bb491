using Careline.Gateways.Contracts;

namespace Careline.Payments.Webhooks;

/// <summary>A message of a gateway whose signature held: what it says, sealed, and the hash of what it was.</summary>
internal sealed class WebhookMessage
{
    public Guid Id { get; private set; }

    public Gateway Gateway { get; private set; }

    public string DeliveryKey { get; private set; } = "";

    public string Event { get; private set; } = "";

    public byte[] BodyHash { get; private set; } = [];

    public byte[] FactsSealed { get; private set; } = [];

    public DateTimeOffset ReceivedAt { get; private set; }

    /// <summary>How facts are written.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    /// <summary>Where the facts are sealed for.</summary>
    public static string PlaceOf(Guid id) => $"payments.webhooks.facts_sealed:{id}";

    internal sealed class Mapping : IEntityTypeConfiguration<WebhookMessage>
    {
        public void Configure(EntityTypeBuilder<WebhookMessage> builder)
        {
            builder.ToTable("webhooks", "payments");
            builder.Property(w => w.Id).ValueGeneratedNever();
        }
    }
}

/// <summary>A gateway said something.</summary>
/// <param name="WebhookId">The message.</param>
internal sealed record WebhookReceived(Guid WebhookId);
