using System.Security.Cryptography;
using System.Text;
using Careline.Gateways.Contracts;

namespace Careline.Payments.Methods;

/// <summary>A way to pay that a gateway keeps: its token, and what a person knows it by. Never a number.</summary>
internal sealed class SavedMethod : IVisible<SavedMethod>
{
    private SavedMethod()
    {
    }

    public Guid Id { get; private set; }

    public Guid AccountId { get; private set; }

    public Gateway Gateway { get; private set; }

    public byte[] TokenSealed { get; private set; } = [];

    public byte[] TokenHash { get; private set; } = [];

    public string? Brand { get; private set; }

    public string? Last4 { get; private set; }

    public int? ExpiryMonth { get; private set; }

    public int? ExpiryYear { get; private set; }

    public bool IsDefault { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public static SavedMethod Of(Guid id, Guid accountId, Gateway gateway, SavedCard card, FieldCipher cipher, DateTimeOffset now) => new()
    {
        Id = id,
        AccountId = accountId,
        Gateway = gateway,
        TokenSealed = cipher.Seal(card.Token, PlaceOf(id)),
        TokenHash = HashOf(card.Token),
        Brand = card.Brand,
        Last4 = card.Last4,
        ExpiryMonth = card.ExpiryMonth,
        ExpiryYear = card.ExpiryYear,
        CreatedAt = now,
    };

    public void Prefer(bool isDefault) => IsDefault = isDefault;

    public string Token(FieldCipher cipher) => cipher.Open(TokenSealed, PlaceOf(Id));

    public static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    public static IQueryable<SavedMethod> VisibleTo(CarelineDb db, Actor actor)
    {
        var me = actor.AccountId;
        return db.Set<SavedMethod>().Where(m => m.AccountId == me);
    }

    private static string PlaceOf(Guid id) => $"payments.saved_methods.token_sealed:{id}";

    internal sealed class Mapping : IEntityTypeConfiguration<SavedMethod>
    {
        public void Configure(EntityTypeBuilder<SavedMethod> builder)
        {
            builder.ToTable("saved_methods", "payments");
            builder.Property(m => m.Id).ValueGeneratedNever();
        }
    }
}
