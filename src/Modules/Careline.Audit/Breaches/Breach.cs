using Careline.Audit.Reading;

namespace Careline.Audit.Breaches;

/// <summary>How far a breach is dealt with.</summary>
public enum BreachStatus
{
    /// <summary>The authority was not told.</summary>
    Open,

    /// <summary>The authority was told.</summary>
    Notified,

    /// <summary>Dealt with.</summary>
    Closed,
}

/// <summary>How likely harm is to the people concerned.</summary>
public enum RiskLevel
{
    /// <summary>Hardly.</summary>
    Low,

    /// <summary>Possibly.</summary>
    Medium,

    /// <summary>Likely: the people themselves are to be told.</summary>
    High,
}

/// <summary>Who is told of a breach.</summary>
public enum BreachAudience
{
    /// <summary>The data protection authority: in Nigeria the Commission (NDPC).</summary>
    Authority,

    /// <summary>The people concerned.</summary>
    Patients,

    /// <summary>The public.</summary>
    Media,
}

/// <summary>A breach of personal data, with the dates by which the law wants it told. Never removed: the law asks for the register itself.</summary>
internal sealed class Breach : IVersioned, IVisible<Breach>
{
    /// <summary>NDPA 2023, section 40; GDPR article 33(1).</summary>
    public static readonly TimeSpan AuthorityWithin = TimeSpan.FromHours(72);

    /// <summary>The latest by 45 CFR 164.404(b); it says, as the others do, without unreasonable delay.</summary>
    public static readonly TimeSpan PatientsWithin = TimeSpan.FromDays(60);

    private Breach()
    {
    }

    public Guid Id { get; private set; }

    public BreachStatus Status { get; private set; }

    public DateTimeOffset DiscoveredAt { get; private set; }

    public DateTimeOffset? OccurredFrom { get; private set; }

    public DateTimeOffset? OccurredTo { get; private set; }

    public string Description { get; private set; } = "";

    public string[] PeopleCategories { get; private set; } = [];

    public string[] DataCategories { get; private set; } = [];

    public int? PeopleEstimate { get; private set; }

    public int? RecordsEstimate { get; private set; }

    public Guid[] PatientIds { get; private set; } = [];

    public string? Consequences { get; private set; }

    public string? MeasuresTaken { get; private set; }

    public string? MeasuresProposed { get; private set; }

    public string? Advice { get; private set; }

    public string? ContactPoint { get; private set; }

    public bool? WasEncrypted { get; private set; }

    public RiskLevel? RiskLevel { get; private set; }

    public DateTimeOffset? AuthorityNotifiedAt { get; private set; }

    public DateTimeOffset? PatientsNotifiedAt { get; private set; }

    public DateTimeOffset? MediaNotifiedAt { get; private set; }

    public DateTimeOffset? ClosedAt { get; private set; }

    public Guid CreatedBy { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public int Version { get; private set; } = 1;

    public static Breach File(Guid id, BreachRequest request, Guid by, DateTimeOffset now)
    {
        var filed = new Breach { Id = id, Status = BreachStatus.Open, CreatedBy = by, CreatedAt = now, UpdatedAt = now };
        filed.Describe(request, now);
        return filed;
    }

    /// <summary>Administrators alone: the routes refuse everybody else, and this keeps a route that forgot to from telling.</summary>
    public static IQueryable<Breach> VisibleTo(CarelineDb db, Actor actor)
    {
        var mayRead = actor.Roles.Overlaps(ListEvents.Readers);
        return db.Set<Breach>().Where(_ => mayRead);
    }

    /// <exception cref="RuleViolation">It is closed.</exception>
    public void Describe(BreachRequest request, DateTimeOffset now)
    {
        RequireNotClosed();
        (DiscoveredAt, OccurredFrom, OccurredTo, Description) = (request.DiscoveredAt, request.OccurredFrom, request.OccurredTo, request.Description);
        (PeopleCategories, DataCategories) = ([.. request.PeopleCategories ?? []], [.. request.DataCategories ?? []]);
        (PeopleEstimate, RecordsEstimate) = (request.PeopleEstimate, request.RecordsEstimate);
        PatientIds = [.. (request.PatientIds ?? []).Distinct()];
        (Consequences, MeasuresTaken, MeasuresProposed) = (request.Consequences, request.MeasuresTaken, request.MeasuresProposed);
        (Advice, ContactPoint, WasEncrypted, RiskLevel) = (request.Advice, request.ContactPoint, request.WasEncrypted, request.RiskLevel);
        UpdatedAt = now;
    }

    /// <exception cref="RuleViolation">It is closed, or they are too many to be named.</exception>
    public void NamePatients(IEnumerable<Guid> patientIds, DateTimeOffset now)
    {
        RequireNotClosed();
        PatientIds = [.. PatientIds.Union(patientIds)];
        if (PatientIds.Length > BreachRequest.MostPatients)
        {
            throw new RuleViolation("TOO_MANY_PATIENTS", $"A breach names at most {BreachRequest.MostPatients} patients: shorten the time, or estimate.");
        }

        UpdatedAt = now;
    }

    /// <summary>Somebody was told; the first time of each audience is what the law's dates are compared with.</summary>
    /// <exception cref="RuleViolation">It is closed.</exception>
    /// <exception cref="InvalidInput">Nobody can have been told then.</exception>
    public BreachEvent Notify(BreachNotice notice, Guid by, DateTimeOffset now)
    {
        RequireNotClosed();
        if (notice.At > now || notice.At < DiscoveredAt)
        {
            throw new InvalidInput("at", "Must lie between the discovery and now.");
        }

        switch (notice.Who)
        {
            case BreachAudience.Authority:
                AuthorityNotifiedAt = Earlier(AuthorityNotifiedAt, notice.At);
                Status = BreachStatus.Notified;
                break;
            case BreachAudience.Patients:
                PatientsNotifiedAt = Earlier(PatientsNotifiedAt, notice.At);
                break;
            default:
                MediaNotifiedAt = Earlier(MediaNotifiedAt, notice.At);
                break;
        }

        UpdatedAt = now;
        return BreachEvent.Of(this, BreachStep.Notified, by, now, notice.Note, notice: notice);
    }

    /// <exception cref="RuleViolation">It is closed, or somebody was not told and nothing says why.</exception>
    public BreachEvent Close(string? note, Guid by, DateTimeOffset now)
    {
        RequireNotClosed();

        // GDPR art. 33(5) and the NDPA have the register show why a notice was left out.
        var isMissing = AuthorityNotifiedAt is null
            || (PatientsNotifiedAt is null && WasEncrypted != true && RiskLevel is not (Breaches.RiskLevel.Low or Breaches.RiskLevel.Medium));
        if (isMissing && string.IsNullOrWhiteSpace(note))
        {
            throw new RuleViolation("NOTICE_MISSING", "The authority or the patients were not told: say in a note why they need not be.");
        }

        (Status, ClosedAt, UpdatedAt) = (BreachStatus.Closed, now, now);
        return BreachEvent.Of(this, BreachStep.Closed, by, now, note);
    }

    private static DateTimeOffset Earlier(DateTimeOffset? known, DateTimeOffset told) => known < told ? known.Value : told;

    private void RequireNotClosed()
    {
        if (Status == BreachStatus.Closed)
        {
            throw new RuleViolation("BREACH_CLOSED", "This breach is closed.");
        }
    }

    internal sealed class Mapping : IEntityTypeConfiguration<Breach>, IEntityTypeConfiguration<BreachEvent>
    {
        public void Configure(EntityTypeBuilder<Breach> builder)
        {
            builder.ToTable("breaches", "audit");
            builder.Property(b => b.Id).ValueGeneratedNever();
        }

        public void Configure(EntityTypeBuilder<BreachEvent> builder)
        {
            builder.ToTable("breach_events", "audit");
            builder.Property(e => e.Id).ValueGeneratedNever();
            builder.HasOne<Breach>().WithMany().HasForeignKey(e => e.BreachId);
        }
    }
}

/// <summary>What was done about a breach.</summary>
public enum BreachStep
{
    /// <summary>It was entered in the register.</summary>
    Filed,

    /// <summary>What is known of it changed.</summary>
    Changed,

    /// <summary>Somebody was told.</summary>
    Notified,

    /// <summary>It was dealt with.</summary>
    Closed,
}

/// <summary>Who was told, when, and what to remember of it.</summary>
internal sealed record BreachNotice(BreachAudience Who, DateTimeOffset At, string? Note);

/// <summary>Who did what about a breach and when; the database's role may only add to it.</summary>
internal sealed class BreachEvent
{
    public Guid Id { get; private init; }

    public Guid BreachId { get; private init; }

    public DateTimeOffset At { get; private init; }

    public Guid ActorId { get; private init; }

    public BreachStep Step { get; private init; }

    public string[] Fields { get; private init; } = [];

    public BreachAudience? Who { get; private init; }

    public DateTimeOffset? ToldAt { get; private init; }

    public string? Note { get; private init; }

    public static BreachEvent Of(
        Breach breach, BreachStep step, Guid by, DateTimeOffset now, string? note = null, string[]? fields = null, BreachNotice? notice = null)
    {
        return new BreachEvent
        {
            Id = Ids.New(now),
            BreachId = breach.Id,
            At = now,
            ActorId = by,
            Step = step,
            Fields = fields ?? [],
            Who = notice?.Who,
            ToldAt = notice?.At,
            Note = note,
        };
    }
}
