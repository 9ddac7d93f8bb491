namespace Careline.Accounts.BrowserSessions;

/// <summary>What belongs to a sign-in of a browser.</summary>
internal sealed class BrowserSession
{
    public Guid Id { get; init; }

    public required byte[] Name { get; init; }

    public required byte[] Content { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<BrowserSession>
    {
        public void Configure(EntityTypeBuilder<BrowserSession> builder) => builder.ToTable("browser_sessions", "accounts");
    }
}

/// <summary>Keeps them.</summary>
internal sealed class BrowserSessions(CarelineDb db) : IBrowserSessions
{
    public Task<byte[]?> FindAsync(byte[] name, CancellationToken ct)
    {
        var now = db.Now;
        return db.Set<BrowserSession>().Where(s => s.Name == name && s.ExpiresAt > now).Select(s => (byte[]?)s.Content).FirstOrDefaultAsync(ct);
    }

    public Task KeepAsync(byte[] name, byte[] content, DateTimeOffset until, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO accounts.browser_sessions (id, name, content, expires_at) VALUES ({db.NewId()}, {name}, {content}, {until})
        ON CONFLICT (name) DO UPDATE SET content = excluded.content, expires_at = excluded.expires_at
        """,
        ct);

    public Task ForgetAsync(byte[] name, CancellationToken ct) => db.Database.ExecuteSqlAsync($"DELETE FROM accounts.browser_sessions WHERE name = {name}", ct);
}
