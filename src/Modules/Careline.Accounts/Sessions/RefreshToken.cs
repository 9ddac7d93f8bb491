namespace Careline.Accounts.Sessions;

/// <summary>A refresh token, of which only the hash is kept. It serves once; its successor belongs to the same session.</summary>
internal sealed class RefreshToken
{
    public byte[] Hash { get; private set; } = [];

    public Guid SessionId { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset? UsedAt { get; private set; }

    /// <summary>Makes a token of 256 random bits; the text is shown once and never stored.</summary>
    public static (RefreshToken Row, string Text) Issue(Guid sessionId, DateTimeOffset now)
    {
        var (text, hash) = OpaqueToken.Issue();
        return (new RefreshToken { Hash = hash, SessionId = sessionId, CreatedAt = now }, text);
    }

    internal sealed class Mapping : IEntityTypeConfiguration<RefreshToken>
    {
        public void Configure(EntityTypeBuilder<RefreshToken> builder)
        {
            builder.ToTable("refresh_tokens", "accounts");
            builder.HasKey(t => t.Hash);
        }
    }
}
