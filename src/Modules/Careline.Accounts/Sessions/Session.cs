namespace Careline.Accounts.Sessions;

/// <summary>One sign-in on one device. Ending it kills its access tokens and its refresh tokens at once.</summary>
internal sealed class Session : IVisible<Session>
{
    public Guid Id { get; private set; }

    public Guid AccountId { get; private set; }

    public string? UserAgent { get; private set; }

    /// <summary>Where the sign-in came from, as the network said.</summary>
    public string? Address { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset LastSeenAt { get; private set; }

    public DateTimeOffset ExpiresAt { get; private set; }

    /// <summary>When the person last showed who they are: at sign-in or step-up, not by a refresh.</summary>
    public DateTimeOffset AuthenticatedAt { get; private set; }

    /// <summary>Step-ups tried since the last that succeeded.</summary>
    public int StepUpTries { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    public string? EndReason { get; private set; }

    /// <summary>One's own, while they last.</summary>
    public static IQueryable<Session> VisibleTo(CarelineDb db, Actor actor)
    {
        var (accountId, now) = (actor.AccountId, db.Now);
        return db.Set<Session>().Where(s => s.AccountId == accountId && s.EndedAt == null && s.ExpiresAt > now);
    }

    public static Session Begin(Guid accountId, Device device, DateTimeOffset now, DateTimeOffset endsAt) => new()
    {
        Id = Ids.New(now),
        AccountId = accountId,
        UserAgent = device.UserAgent is { Length: > 300 } agent ? agent[..300] : device.UserAgent,
        Address = device.Address,
        CreatedAt = now,
        LastSeenAt = now,
        ExpiresAt = endsAt,
        AuthenticatedAt = now,
    };

    /// <summary>Lives on for another span. No use of it: a forgotten screen that renews its tokens would never be signed off.</summary>
    public void Continue(DateTimeOffset endsAt) => ExpiresAt = endsAt;

    internal sealed class Mapping : IEntityTypeConfiguration<Session>
    {
        public void Configure(EntityTypeBuilder<Session> builder) => builder.ToTable("sessions", "accounts");
    }
}

/// <summary>What is known of a device that signs in.</summary>
internal sealed record Device(string? UserAgent, string? Address)
{
    public static Device Of(HttpContext http)
    {
        var (agent, address) = (http.Request.Headers.UserAgent.ToString(), http.Connection.RemoteIpAddress);
        return new Device(agent.Length > 0 ? agent : null, (address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address)?.ToString());
    }
}
