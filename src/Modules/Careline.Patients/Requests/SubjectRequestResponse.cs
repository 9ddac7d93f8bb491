using System.Linq.Expressions;
using Careline.Patients.Patients;

namespace Careline.Patients.Requests;

/// <summary>A request about the data held of a person.</summary>
public sealed record SubjectRequestResponse : IVersioned
{
    /// <summary>The request.</summary>
    public required Guid Id { get; init; }

    /// <summary>Whose data it is about.</summary>
    public required Guid PatientId { get; init; }

    /// <summary>The patient's human number.</summary>
    public required string PatientNumber { get; init; }

    /// <summary>correction, restriction, erasure.</summary>
    public required RequestKind Kind { get; init; }

    /// <summary>open, approved, rejected, done.</summary>
    public required RequestStatus Status { get; init; }

    /// <summary>What the person asks, in words.</summary>
    public required string Reason { get; init; }

    /// <summary>What was decided, in words.</summary>
    public required string? Note { get; init; }

    /// <summary>By when it is to be answered.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>Undecided beyond that.</summary>
    public required bool IsOverdue { get; init; }

    /// <summary>When it was decided.</summary>
    public required DateTimeOffset? DecidedAt { get; init; }

    /// <summary>When it was done, or a restriction lifted.</summary>
    public required DateTimeOffset? ClosedAt { get; init; }

    /// <summary>Of an erasure: until when the law keeps clinical rows, under a pseudonym.</summary>
    public required DateTimeOffset? KeptUntil { get; init; }

    /// <summary>Of an erasure: when those rows were removed.</summary>
    public required DateTimeOffset? RemovedAt { get; init; }

    /// <summary>When it came in.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <inheritdoc />
    public required int Version { get; init; }

    /// <summary>What was done about it, the oldest first.</summary>
    public required IReadOnlyList<RequestStepResponse> History { get; init; }

    internal static Expression<Func<SubjectRequest, SubjectRequestResponse>> Projection(CarelineDb db)
    {
        var now = db.Now;
        return r => new SubjectRequestResponse
        {
            Id = r.Id,
            PatientId = r.PatientId,
            PatientNumber = db.Set<Patient>().Where(p => p.Id == r.PatientId).Select(p => p.Number).First(),
            Kind = r.Kind,
            Status = r.Status,
            Reason = r.Reason,
            Note = r.Note,
            DueAt = r.DueAt,
            IsOverdue = r.Status == RequestStatus.Open && r.DueAt < now,
            DecidedAt = r.DecidedAt,
            ClosedAt = r.ClosedAt,
            KeptUntil = r.KeptUntil,
            RemovedAt = r.RemovedAt,
            CreatedAt = r.CreatedAt,
            Version = r.Version,
            History = db.Set<SubjectRequestEvent>().Where(e => e.RequestId == r.Id).OrderBy(e => e.At).ThenBy(e => e.Id)
                .Select(e => new RequestStepResponse(e.At, e.Step, e.Note)).ToList(),
        };
    }

    internal static Task<SubjectRequestResponse> ReadAsync(CarelineDb db, Guid id, CancellationToken ct) =>
        db.Set<SubjectRequest>().Where(r => r.Id == id).Select(Projection(db)).SingleAsync(ct);
}

/// <summary>One step about a request.</summary>
/// <param name="At">When.</param>
/// <param name="Step">filed, approved, rejected, done.</param>
/// <param name="Note">In words.</param>
public sealed record RequestStepResponse(DateTimeOffset At, RequestStep Step, string? Note);
