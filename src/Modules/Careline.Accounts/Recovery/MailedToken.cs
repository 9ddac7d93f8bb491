namespace Careline.Accounts.Recovery;

/// <summary>What a mailed token is good for.</summary>
internal enum TokenPurpose
{
    PasswordReset,
    EmailVerification,
}

/// <summary>A token of 256 random bits that was mailed to an address; only its hash is kept, and it serves once.</summary>
internal sealed class MailedToken
{
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(30);

    public byte[] Hash { get; private set; } = [];

    public Guid AccountId { get; private set; }

    public TokenPurpose Purpose { get; private set; }

    /// <summary>Where it was sent: it shows nothing of an address that was changed since.</summary>
    public string Email { get; private set; } = "";

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset ExpiresAt { get; private set; }

    public DateTimeOffset? UsedAt { get; private set; }

    public static (MailedToken Row, string Text) Issue(Guid accountId, TokenPurpose purpose, string email, DateTimeOffset now)
    {
        var (text, hash) = OpaqueToken.Issue();
        return (new MailedToken { Hash = hash, AccountId = accountId, Purpose = purpose, Email = email, CreatedAt = now, ExpiresAt = now + Life }, text);
    }

    /// <summary>Uses a token up: of two who come with it at once, one gets it.</summary>
    public static async Task<MailedToken?> TakeAsync(CarelineDb db, string text, TokenPurpose purpose, CancellationToken ct)
    {
        var (hash, now) = (OpaqueToken.HashOf(text), db.Now);
        var tokens = db.Set<MailedToken>().Where(t => t.Hash == hash && t.Purpose == purpose);
        var taken = await tokens.Where(t => t.UsedAt == null && t.ExpiresAt > now).ExecuteUpdateAsync(t => t.SetProperty(x => x.UsedAt, now), ct);
        return taken == 1 ? await tokens.SingleAsync(ct) : null;
    }

    internal sealed class Mapping : IEntityTypeConfiguration<MailedToken>
    {
        public void Configure(EntityTypeBuilder<MailedToken> builder)
        {
            builder.ToTable("mailed_tokens", "accounts");
            builder.HasKey(t => t.Hash);
        }
    }
}
