using Microsoft.AspNetCore.Identity;

namespace Careline.Accounts.Passkeys;

/// <summary>A key in a person's device, of which we know the public half.</summary>
internal sealed class Passkey : IVisible<Passkey>
{
    /// <summary>More than anybody has devices; fewer than would make a sign-in slow.</summary>
    public const int MostPerAccount = 20;

    public Guid Id { get; private set; }

    public Guid AccountId { get; private set; }

    public byte[] CredentialId { get; private set; } = [];

    public byte[] PublicKey { get; private set; } = [];

    public string Name { get; private set; } = "";

    public long SignCount { get; private set; }

    public bool IsBackupEligible { get; private set; }

    public bool IsBackedUp { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset? LastUsedAt { get; private set; }

    /// <summary>One's own.</summary>
    public static IQueryable<Passkey> VisibleTo(CarelineDb db, Actor actor)
    {
        var accountId = actor.AccountId;
        return db.Set<Passkey>().Where(p => p.AccountId == accountId);
    }

    public static Passkey Register(Guid accountId, string name, UserPasskeyInfo proven, DateTimeOffset now) => new()
    {
        Id = Ids.New(now),
        AccountId = accountId,
        CredentialId = proven.CredentialId,
        PublicKey = proven.PublicKey,
        Name = name,
        SignCount = proven.SignCount,
        IsBackupEligible = proven.IsBackupEligible,
        IsBackedUp = proven.IsBackedUp,
        CreatedAt = now,
    };

    /// <summary>As Identity reads it; what the device said at registration was checked then and is not kept.</summary>
    public UserPasskeyInfo ToIdentity() => new(
        CredentialId, PublicKey, CreatedAt, (uint)SignCount, transports: null, isUserVerified: true, IsBackupEligible, IsBackedUp,
        attestationObject: [], clientDataJson: []);

    internal sealed class Mapping : IEntityTypeConfiguration<Passkey>, IEntityTypeConfiguration<PasskeyChallenge>
    {
        public void Configure(EntityTypeBuilder<Passkey> builder)
        {
            builder.ToTable("passkeys", "accounts");
            builder.Property(p => p.Id).ValueGeneratedNever();
        }

        public void Configure(EntityTypeBuilder<PasskeyChallenge> builder)
        {
            builder.ToTable("passkey_challenges", "accounts");
            builder.Property(c => c.Id).ValueGeneratedNever();
        }
    }
}
