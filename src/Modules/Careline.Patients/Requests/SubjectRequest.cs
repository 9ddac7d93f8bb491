using Careline.Accounts.Contracts;
using Careline.Patients.Patients;

namespace Careline.Patients.Requests;

/// <summary>What a person asks about the data held of them.</summary>
public enum RequestKind
{
    /// <summary>Something is wrong (GDPR art. 16).</summary>
    Correction,

    /// <summary>It is to be used no further than the present treatment (art. 18).</summary>
    Restriction,

    /// <summary>It is to go (art. 17).</summary>
    Erasure,
}

/// <summary>How far a request is.</summary>
public enum RequestStatus
{
    /// <summary>Nobody has decided.</summary>
    Open,

    /// <summary>To be done, or in force.</summary>
    Approved,

    /// <summary>Refused, for the reason in the note.</summary>
    Rejected,

    /// <summary>Done; of a restriction, lifted.</summary>
    Done,
}

/// <summary>A person's request about the data held of them, with the date by which the law wants it answered.</summary>
internal sealed class SubjectRequest : IVersioned, IVisible<SubjectRequest>
{
    private SubjectRequest()
    {
    }

    public Guid Id { get; private set; }

    public Guid PatientId { get; private set; }

    public RequestKind Kind { get; private set; }

    public RequestStatus Status { get; private set; }

    public string Reason { get; private set; } = "";

    public string? Note { get; private set; }

    public DateTimeOffset DueAt { get; private set; }

    public DateTimeOffset? DecidedAt { get; private set; }

    public Guid? DecidedBy { get; private set; }

    public DateTimeOffset? ClosedAt { get; private set; }

    /// <summary>Of an erasure: until when clinical rows stay under the pseudonym.</summary>
    public DateTimeOffset? KeptUntil { get; private set; }

    /// <summary>Of an erasure: when they were removed.</summary>
    public DateTimeOffset? RemovedAt { get; private set; }

    public Guid CreatedBy { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public int Version { get; private set; } = 1;

    public static SubjectRequest File(Guid id, Guid patientId, SubjectRequestRequest request, Guid by, RequestTerm term) => new()
    {
        Id = id,
        PatientId = patientId,
        Kind = request.Kind,
        Status = RequestStatus.Open,
        Reason = request.Reason,
        DueAt = term.DueAt,
        CreatedBy = by,
        CreatedAt = term.Now,
        UpdatedAt = term.Now,
    };

    /// <summary>The patient's own; administrators, who answer them, all.</summary>
    public static IQueryable<SubjectRequest> VisibleTo(CarelineDb db, Actor actor)
    {
        var me = actor.PatientId;
        return actor.IsAdmin ? db.Set<SubjectRequest>() : db.Set<SubjectRequest>().Where(r => r.PatientId == me);
    }

    /// <exception cref="RuleViolation">It was decided already.</exception>
    public SubjectRequestEvent Decide(RequestDecision decision, string? note, Guid by, DateTimeOffset now)
    {
        Require(RequestStatus.Open, "REQUEST_DECIDED", "This request was decided already.");
        Status = decision == RequestDecision.Approved ? RequestStatus.Approved : RequestStatus.Rejected;
        (Note, DecidedAt, DecidedBy, UpdatedAt) = (note, now, by, now);
        return SubjectRequestEvent.Of(this, decision == RequestDecision.Approved ? RequestStep.Approved : RequestStep.Rejected, by, note, now);
    }

    /// <exception cref="RuleViolation">There is nothing to close.</exception>
    public SubjectRequestEvent Close(string? note, Guid by, DateTimeOffset now)
    {
        Require(RequestStatus.Approved, "REQUEST_NOT_APPROVED", "Only an approved request can be closed.");
        Status = RequestStatus.Done;
        (ClosedAt, UpdatedAt) = (now, now);
        return SubjectRequestEvent.Of(this, RequestStep.Done, by, note, now);
    }

    /// <summary>Says until when the law keeps what the erasure left.</summary>
    public void Keep(DateTimeOffset until) => KeptUntil = until;

    /// <summary>What the law kept is gone.</summary>
    public void Remove(DateTimeOffset now) => (RemovedAt, UpdatedAt) = (now, now);

    private void Require(RequestStatus status, string code, string message)
    {
        if (Status != status)
        {
            throw new RuleViolation(code, message);
        }
    }

    internal sealed class Mapping : IEntityTypeConfiguration<SubjectRequest>, IEntityTypeConfiguration<SubjectRequestEvent>
    {
        public void Configure(EntityTypeBuilder<SubjectRequest> builder)
        {
            builder.ToTable("data_requests", "patients");
            builder.Property(r => r.Id).ValueGeneratedNever();
            builder.HasOne<Patient>().WithMany().HasForeignKey(r => r.PatientId);
        }

        public void Configure(EntityTypeBuilder<SubjectRequestEvent> builder)
        {
            builder.ToTable("data_request_events", "patients");
            builder.Property(e => e.Id).ValueGeneratedNever();
            builder.HasOne<SubjectRequest>().WithMany().HasForeignKey(e => e.RequestId);
        }
    }
}

/// <summary>When a request came in and when it is to be answered.</summary>
internal sealed record RequestTerm(DateTimeOffset Now, DateTimeOffset DueAt);

/// <summary>What was done about a request.</summary>
public enum RequestStep
{
    /// <summary>It came in.</summary>
    Filed,

    /// <summary>It was granted.</summary>
    Approved,

    /// <summary>It was refused.</summary>
    Rejected,

    /// <summary>It was carried out, or its effect ended.</summary>
    Done,
}

/// <summary>Who did what about a request and when; only ever added.</summary>
internal sealed class SubjectRequestEvent
{
    public Guid Id { get; private init; }

    public Guid RequestId { get; private init; }

    public DateTimeOffset At { get; private init; }

    public Guid ActorId { get; private init; }

    public RequestStep Step { get; private init; }

    public string? Note { get; private init; }

    public static SubjectRequestEvent Of(SubjectRequest request, RequestStep step, Guid by, string? note, DateTimeOffset now) =>
        new() { Id = Ids.New(now), RequestId = request.Id, At = now, ActorId = by, Step = step, Note = note };
}
