namespace Careline.Patients.Proxies;

/// <summary>Somebody who acts for a patient, or is asked to.</summary>
public sealed record ProxyResponse : IVersioned
{
    /// <summary>The link.</summary>
    public required Guid Id { get; init; }

    /// <summary>The patient.</summary>
    public required Guid PatientId { get; init; }

    /// <summary>The account of who acts; null until somebody has accepted.</summary>
    public required Guid? UserId { get; init; }

    /// <summary>Who acts; null until somebody has accepted.</summary>
    public required string? Name { get; init; }

    /// <summary>Where the invitation was mailed; shown to the patient's own side only.</summary>
    public required string? Email { get; init; }

    /// <summary>What the proxy is to the patient.</summary>
    public required ProxyRelation Relation { get; init; }

    /// <summary>What the proxy may do.</summary>
    public required IReadOnlyList<ProxyRight> Rights { get; init; }

    /// <summary>invited, active, expired.</summary>
    public required ProxyStatus Status { get; init; }

    /// <summary>The status for people.</summary>
    public string StatusDisplay => EnumText<ProxyStatus>.Display(Status);

    /// <summary>First moment after it; null while open-ended.</summary>
    public required DateTimeOffset? ValidUntil { get; init; }

    /// <summary>When the invitation is worth nothing any more.</summary>
    public required DateTimeOffset? InvitationExpiresAt { get; init; }

    /// <summary>When it was begun.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Last change.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <inheritdoc />
    public required int Version { get; init; }

    internal static ProxyResponse From(Proxy proxy, string? name, bool withEmail, DateTimeOffset now) => new()
    {
        Id = proxy.Id,
        PatientId = proxy.PatientId,
        UserId = proxy.AccountId,
        Name = name,
        Email = withEmail ? proxy.Email : null,
        Relation = proxy.Relation,
        Rights = RightsOf(proxy.CanRead, proxy.CanBook),
        Status = StatusOf(proxy, now),
        ValidUntil = proxy.ValidUntil,
        InvitationExpiresAt = proxy.AccountId is null ? proxy.InvitationExpiresAt : null,
        CreatedAt = proxy.CreatedAt,
        UpdatedAt = proxy.UpdatedAt,
        Version = proxy.Version,
    };

    internal static IReadOnlyList<ProxyRight> RightsOf(bool canRead, bool canBook) =>
        (canRead, canBook) switch { (true, true) => [ProxyRight.Read, ProxyRight.Book], (true, _) => [ProxyRight.Read], _ => [ProxyRight.Book] };

    private static ProxyStatus StatusOf(Proxy proxy, DateTimeOffset now) =>
        proxy.ValidUntil <= now || (proxy.AccountId is null && proxy.InvitationExpiresAt <= now) ? ProxyStatus.Expired
        : proxy.AccountId is null ? ProxyStatus.Invited : ProxyStatus.Active;
}
