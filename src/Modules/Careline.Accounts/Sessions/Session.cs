using Careline.Platform.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Careline.Accounts.Sessions;

/// <summary>One sign-in on one device. Ending it kills its access tokens and its refresh tokens at once.</summary>
internal sealed class Session
{
    public Guid Id { get; private set; }

    public Guid AccountId { get; private set; }

    public string? UserAgent { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset LastSeenAt { get; private set; }

    public DateTimeOffset ExpiresAt { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    public string? EndReason { get; private set; }

    public static Session Begin(Guid accountId, string? userAgent, DateTimeOffset now, TimeSpan life) => new()
    {
        Id = Ids.New(now),
        AccountId = accountId,
        UserAgent = userAgent is { Length: > 300 } ? userAgent[..300] : userAgent,
        CreatedAt = now,
        LastSeenAt = now,
        ExpiresAt = now + life,
    };

    /// <summary>Used: it lives on for another full span.</summary>
    public void Continue(DateTimeOffset now, TimeSpan life)
    {
        LastSeenAt = now;
        ExpiresAt = now + life;
    }

    internal sealed class Mapping : IEntityTypeConfiguration<Session>
    {
        public void Configure(EntityTypeBuilder<Session> builder) => builder.ToTable("sessions", "accounts");
    }
}
