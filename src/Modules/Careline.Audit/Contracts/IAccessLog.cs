namespace Careline.Audit.Contracts;

/// <summary>Who did and saw what of one patient.</summary>
public interface IAccessLog
{
    /// <summary>The patient's part of the audit, the newest first.</summary>
    Task<Feed<AuditEntry>> OfPatientAsync(Guid patientId, FeedPlace place, CancellationToken ct);
}

/// <summary>Who did something.</summary>
/// <param name="Id">The account.</param>
/// <param name="Name">What the person is called at present; null when the account is gone.</param>
/// <param name="Role">The role in which it was done.</param>
public sealed record AuditActor(Guid Id, string? Name, string? Role);

/// <summary>Who did or saw what, when, and how it ended.</summary>
public sealed record AuditEntry
{
    /// <summary>The event.</summary>
    public required Guid Id { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who; null where nobody was signed in.</summary>
    public required AuditActor? Actor { get; init; }

    /// <summary>The name of the route, or <c>sign_in_refused</c>.</summary>
    public required string Action { get; init; }

    /// <summary>The kind of thing that was read or changed.</summary>
    public required string? Resource { get; init; }

    /// <summary>The thing.</summary>
    public required Guid? ResourceId { get; init; }

    /// <summary>The patients whose data it concerned.</summary>
    public required IReadOnlyList<Guid> PatientIds { get; init; }

    /// <summary>Why: <c>treatment</c>, <c>payment</c>, <c>operations</c>, <c>break_glass</c>.</summary>
    public required string Purpose { get; init; }

    /// <summary>
    /// <c>success</c>, <c>forbidden</c> or <c>not_found</c>; of a refused sign-in <c>wrong_password</c>, <c>wrong_code</c>, <c>wrong_passkey</c>,
    /// <c>locked</c> or <c>disabled</c>.
    /// </summary>
    public required string Outcome { get; init; }

    /// <summary>The names of the fields that a change touched.</summary>
    public required IReadOnlyList<string> Fields { get; init; }

    /// <summary>The request, as the log names it.</summary>
    public required string RequestId { get; init; }
}
