using System.Linq.Expressions;

namespace Careline.Audit.Breaches;

/// <summary>A breach of personal data, and by when who is to be told.</summary>
public sealed record BreachResponse : IVersioned
{
    /// <summary>The breach.</summary>
    public required Guid Id { get; init; }

    /// <summary>open, notified once the authority was told, closed.</summary>
    public required BreachStatus Status { get; init; }

    /// <summary>When the practice came to know of it.</summary>
    public required DateTimeOffset DiscoveredAt { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset? OccurredFrom { get; init; }

    /// <summary>When it ended.</summary>
    public required DateTimeOffset? OccurredTo { get; init; }

    /// <summary>What happened.</summary>
    public required string Description { get; init; }

    /// <summary>Whom it concerns.</summary>
    public required IReadOnlyList<string> PeopleCategories { get; init; }

    /// <summary>What was exposed.</summary>
    public required IReadOnlyList<string> DataCategories { get; init; }

    /// <summary>About how many people.</summary>
    public required int? PeopleEstimate { get; init; }

    /// <summary>About how many records.</summary>
    public required int? RecordsEstimate { get; init; }

    /// <summary>How many patients are known exactly.</summary>
    public required int PatientCount { get; init; }

    /// <summary>What is likely to follow.</summary>
    public required string? Consequences { get; init; }

    /// <summary>What was done against it.</summary>
    public required string? MeasuresTaken { get; init; }

    /// <summary>What is going to be done.</summary>
    public required string? MeasuresProposed { get; init; }

    /// <summary>What the people concerned should do.</summary>
    public required string? Advice { get; init; }

    /// <summary>Whom to ask.</summary>
    public required string? ContactPoint { get; init; }

    /// <summary>Whether nobody can read what was exposed.</summary>
    public required bool? WasEncrypted { get; init; }

    /// <summary>low, medium, high; null until it is assessed.</summary>
    public required RiskLevel? RiskLevel { get; init; }

    /// <summary>When the authority was first told.</summary>
    public required DateTimeOffset? AuthorityNotifiedAt { get; init; }

    /// <summary>When the people concerned were first told.</summary>
    public required DateTimeOffset? PatientsNotifiedAt { get; init; }

    /// <summary>When the public was first told.</summary>
    public required DateTimeOffset? MediaNotifiedAt { get; init; }

    /// <summary>By when the authority is to be told: 72 hours after the discovery (NDPA 2023, s. 40; GDPR art. 33).</summary>
    public DateTimeOffset NotifyBy => DiscoveredAt + Breach.AuthorityWithin;

    /// <summary>By when the people concerned are to be told at the latest: 60 days after the discovery (45 CFR 164.404(b)); the law wants it without delay.</summary>
    public DateTimeOffset PatientsNotifyBy => DiscoveredAt + Breach.PatientsWithin;

    /// <summary>The authority was not told in time, and still is not.</summary>
    public bool IsOverdue => IsAuthorityWaiting && AsOf > NotifyBy;

    /// <summary>Full hours until the authority is to be told, negative beyond that; null once it was, or the breach is closed.</summary>
    public int? HoursLeft => IsAuthorityWaiting ? (int)Math.Floor((NotifyBy - AsOf).TotalHours) : null;

    /// <summary>The people concerned were not told in time, and still are not, though the risk is not low and what was exposed can be read.</summary>
    public bool IsPatientsNoticeOverdue => Status != BreachStatus.Closed && PatientsNotifiedAt is null && RiskLevel != Breaches.RiskLevel.Low
        && WasEncrypted != true && AsOf > PatientsNotifyBy;

    /// <summary>When it was closed.</summary>
    public required DateTimeOffset? ClosedAt { get; init; }

    /// <summary>When it was filed.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Last change.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <inheritdoc />
    public required int Version { get; init; }

    /// <summary>The patients who are known exactly; left out of lists.</summary>
    public IReadOnlyList<Guid>? PatientIds { get; init; }

    /// <summary>What was done about it, the oldest first; left out of lists.</summary>
    public IReadOnlyList<BreachStepResponse>? History { get; init; }

    internal DateTimeOffset AsOf { get; init; }

    private bool IsAuthorityWaiting => Status != BreachStatus.Closed && AuthorityNotifiedAt is null;

    internal static Expression<Func<Breach, BreachResponse>> Projection(DateTimeOffset now) => b => new BreachResponse
    {
        Id = b.Id,
        Status = b.Status,
        DiscoveredAt = b.DiscoveredAt,
        OccurredFrom = b.OccurredFrom,
        OccurredTo = b.OccurredTo,
        Description = b.Description,
        PeopleCategories = b.PeopleCategories,
        DataCategories = b.DataCategories,
        PeopleEstimate = b.PeopleEstimate,
        RecordsEstimate = b.RecordsEstimate,
        PatientCount = b.PatientIds.Length,
        Consequences = b.Consequences,
        MeasuresTaken = b.MeasuresTaken,
        MeasuresProposed = b.MeasuresProposed,
        Advice = b.Advice,
        ContactPoint = b.ContactPoint,
        WasEncrypted = b.WasEncrypted,
        RiskLevel = b.RiskLevel,
        AuthorityNotifiedAt = b.AuthorityNotifiedAt,
        PatientsNotifiedAt = b.PatientsNotifiedAt,
        MediaNotifiedAt = b.MediaNotifiedAt,
        ClosedAt = b.ClosedAt,
        CreatedAt = b.CreatedAt,
        UpdatedAt = b.UpdatedAt,
        Version = b.Version,
        AsOf = now,
    };

    /// <summary>One breach whole, with the names of who did what about it.</summary>
    internal static async Task<BreachResponse> ReadAsync(CarelineDb db, IActorNames names, Guid id, CancellationToken ct)
    {
        var breaches = db.Set<Breach>().Where(b => b.Id == id);
        var found = await breaches.Select(Projection(db.Now)).FirstOrDefaultAsync(ct) ?? throw new NotFound();
        var events = await db.Set<BreachEvent>().Where(e => e.BreachId == id).OrderBy(e => e.At).ThenBy(e => e.Id).ToListAsync(ct);
        var known = await names.OfAsync([.. events.Select(e => e.ActorId).Distinct()], ct);
        return found with
        {
            PatientIds = await breaches.Select(b => b.PatientIds).SingleAsync(ct),
            History = events.ConvertAll(e => new BreachStepResponse(
                e.At, e.Step, new AuditActor(e.ActorId, known.GetValueOrDefault(e.ActorId), null), e.Fields, e.Who, e.ToldAt, e.Note)),
        };
    }
}

/// <summary>One step about a breach.</summary>
/// <param name="At">When it was entered.</param>
/// <param name="Step">filed, changed, notified, closed.</param>
/// <param name="Actor">Who entered it.</param>
/// <param name="Fields">The names of the fields that a change touched.</param>
/// <param name="Who">Of a notice: who was told.</param>
/// <param name="ToldAt">Of a notice: when.</param>
/// <param name="Note">In words.</param>
public sealed record BreachStepResponse(
    DateTimeOffset At, BreachStep Step, AuditActor Actor, IReadOnlyList<string> Fields, BreachAudience? Who, DateTimeOffset? ToldAt, string? Note);
