using System.Security.Cryptography;
using System.Text;

namespace Careline.Notifications.Push;

/// <summary>Where a browser is written to, and with which keys (RFC 8291, section 2).</summary>
/// <param name="Endpoint">The push resource; whoever knows it can write to it.</param>
/// <param name="Key">The browser's P-256 public key, uncompressed.</param>
/// <param name="Secret">16 bytes that only the browser and we know.</param>
internal sealed record PushTarget(Uri Endpoint, byte[] Key, byte[] Secret);

/// <summary>A browser that shows what its person is told.</summary>
internal sealed class PushSubscription : IVisible<PushSubscription>
{
    public Guid Id { get; private set; }

    public Guid AccountId { get; private set; }

    public byte[] Sealed { get; private set; } = [];

    /// <summary>By which a browser that subscribes again, also under another account, is found.</summary>
    public byte[] EndpointHash { get; private set; } = [];

    public string? UserAgent { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset? LastUsedAt { get; private set; }

    public static IQueryable<PushSubscription> VisibleTo(CarelineDb db, Actor actor)
    {
        var accountId = actor.AccountId;
        return db.Set<PushSubscription>().Where(s => s.AccountId == accountId);
    }

    public static PushSubscription Of(Guid accountId, PushTarget target, string? userAgent, FieldCipher cipher, DateTimeOffset now)
    {
        var id = Ids.New(now);
        return new PushSubscription
        {
            Id = id,
            AccountId = accountId,
            Sealed = cipher.Seal(JsonSerializer.Serialize(target), PlaceOf(id)),
            EndpointHash = HashOf(target.Endpoint),
            UserAgent = userAgent,
            CreatedAt = now,
        };
    }

    /// <summary>Where and how to write; null where the row was changed past us.</summary>
    public PushTarget? Open(FieldCipher cipher) => cipher.TryOpen(Sealed, PlaceOf(Id)) is { } text ? JsonSerializer.Deserialize<PushTarget>(text) : null;

    public static byte[] HashOf(Uri endpoint) => SHA256.HashData(Encoding.UTF8.GetBytes(endpoint.AbsoluteUri));

    private static string PlaceOf(Guid id) => $"notifications.push_subscriptions.sealed:{id}";

    internal sealed class Mapping : IEntityTypeConfiguration<PushSubscription>
    {
        public void Configure(EntityTypeBuilder<PushSubscription> builder)
        {
            builder.ToTable("push_subscriptions", "notifications");
            builder.Property(s => s.Id).ValueGeneratedNever();
        }
    }
}
