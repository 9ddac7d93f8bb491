namespace Careline.Accounts.SecondFactors;

/// <summary>An authenticator app that belongs to an account; it counts once a first code was shown.</summary>
internal sealed class Authenticator
{
    /// <summary>Failures in a row after which codes of the app open nothing more until a recovery code did.</summary>
    public const int MostFailures = 100;

    public Guid AccountId { get; private set; }

    public byte[] Secret { get; private set; } = [];

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset? ConfirmedAt { get; private set; }

    public long LastStep { get; private set; }

    public int Failures { get; private set; }

    public static Authenticator Enrol(Guid accountId, byte[] secret, FieldCipher cipher, DateTimeOffset now) =>
        new() { AccountId = accountId, Secret = cipher.Seal(Convert.ToBase64String(secret), PlaceOf(accountId)), CreatedAt = now };

    /// <summary>The step of a code that the app shows now, or null; also where the secret cannot be read, since a recovery code still opens.</summary>
    public long? StepOf(string code, FieldCipher cipher, DateTimeOffset now) =>
        cipher.TryOpen(Secret, PlaceOf(AccountId)) is { } secret ? Totp.StepOf(Convert.FromBase64String(secret), code, now) : null;

    public void Confirm(long step, DateTimeOffset now) => (ConfirmedAt, LastStep) = (now, step);

    private static string PlaceOf(Guid accountId) => $"accounts.authenticators.secret:{accountId}";

    internal sealed class Mapping
        : IEntityTypeConfiguration<Authenticator>, IEntityTypeConfiguration<RecoveryCode>, IEntityTypeConfiguration<MfaChallenge>
    {
        public void Configure(EntityTypeBuilder<Authenticator> builder)
        {
            builder.ToTable("authenticators", "accounts");
            builder.HasKey(a => a.AccountId);
            builder.Property(a => a.AccountId).ValueGeneratedNever();
        }

        public void Configure(EntityTypeBuilder<RecoveryCode> builder)
        {
            builder.ToTable("recovery_codes", "accounts");
            builder.HasKey(c => new { c.AccountId, c.Hash });
        }

        public void Configure(EntityTypeBuilder<MfaChallenge> builder)
        {
            builder.ToTable("mfa_challenges", "accounts");
            builder.HasKey(c => c.Hash);
        }
    }
}
