using System.Linq.Expressions;
using Careline.Accounts.Contracts;

namespace Careline.Clinics.Reviews;

/// <summary>A review of a completed visit at a clinic.</summary>
/// <param name="AppointmentId">The visit, which was the caller's and took place.</param>
/// <param name="Rating">Of the whole, 1 to 5.</param>
/// <param name="Staff">Of the people there, 1 to 5.</param>
/// <param name="Cleanliness">1 to 5.</param>
/// <param name="WaitingTime">1 to 5.</param>
/// <param name="Value">Of what it cost, 1 to 5.</param>
/// <param name="Comment">For everybody to read.</param>
/// <param name="IsAnonymous">Without even the author's initials.</param>
public sealed record ClinicReviewRequest(
    [Required] Guid AppointmentId,
    [Range(1, 5)] int Rating,
    [Range(1, 5)] int? Staff = null,
    [Range(1, 5)] int? Cleanliness = null,
    [Range(1, 5)] int? WaitingTime = null,
    [Range(1, 5)] int? Value = null,
    [StringLength(4000)] string? Comment = null,
    bool IsAnonymous = false)
{
    internal ClinicReviewText Review => new(Rating, Staff, Cleanliness, WaitingTime, Value, Comment, IsAnonymous);
}

/// <summary>What a review says.</summary>
/// <param name="Rating">Of the whole, 1 to 5.</param>
/// <param name="Staff">Of the people there, 1 to 5.</param>
/// <param name="Cleanliness">1 to 5.</param>
/// <param name="WaitingTime">1 to 5.</param>
/// <param name="Value">Of what it cost, 1 to 5.</param>
/// <param name="Comment">For everybody to read.</param>
/// <param name="IsAnonymous">Without even the author's initials.</param>
public sealed record ClinicReviewText(
    [Range(1, 5)] int Rating,
    [Range(1, 5)] int? Staff = null,
    [Range(1, 5)] int? Cleanliness = null,
    [Range(1, 5)] int? WaitingTime = null,
    [Range(1, 5)] int? Value = null,
    [StringLength(4000)] string? Comment = null,
    bool IsAnonymous = false);

/// <summary>A review of a clinic, as everybody reads it.</summary>
public sealed record ClinicReviewResponse : IVersioned
{
    /// <summary>The review.</summary>
    public required Guid Id { get; init; }

    /// <summary>The clinic.</summary>
    public required Guid ClinicId { get; init; }

    /// <summary>Initials, or nobody's.</summary>
    public required string AuthorName { get; init; }

    /// <summary>Of the whole, 1 to 5.</summary>
    public required int Rating { get; init; }

    /// <summary>Of the people there.</summary>
    public required int? Staff { get; init; }

    /// <summary>Of the cleanliness.</summary>
    public required int? Cleanliness { get; init; }

    /// <summary>Of the waiting.</summary>
    public required int? WaitingTime { get; init; }

    /// <summary>Of what it cost.</summary>
    public required int? Value { get; init; }

    /// <summary>In the patient's words.</summary>
    public required string? Comment { get; init; }

    /// <summary>The clinic's answer.</summary>
    public required ReviewReply? Reply { get; init; }

    /// <summary>When it was written.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Whether the caller wrote it.</summary>
    public required bool IsOwn { get; init; }

    /// <summary>The visit, for its author only.</summary>
    public required Guid? AppointmentId { get; init; }

    /// <summary>Whether only the author and administrators see it.</summary>
    public required bool IsHidden { get; init; }

    /// <summary>For administrators only.</summary>
    public required ReviewModeration? Moderation { get; init; }

    /// <inheritdoc />
    public required int Version { get; init; }

    internal static Expression<Func<ClinicReview, ClinicReviewResponse>> Projection(CarelineDb db, Actor? actor)
    {
        var (me, moderates, open) = (actor?.AccountId, actor is { IsAdmin: true }, db.Set<ClinicReviewReport>().Where(p => p.AnsweredAt == null));
        return r => new ClinicReviewResponse
        {
            Id = r.Id,
            ClinicId = r.ClinicId,
            AuthorName = r.AuthorName,
            Rating = r.Rating,
            Staff = r.Staff,
            Cleanliness = r.Cleanliness,
            WaitingTime = r.WaitingTime,
            Value = r.Value,
            Comment = r.Comment,
            Reply = r.Reply == null ? null : new ReviewReply(r.Reply, r.RepliedAt!.Value),
            CreatedAt = r.CreatedAt,
            UpdatedAt = r.UpdatedAt,
            IsOwn = r.AuthorId == me,
            AppointmentId = r.AuthorId == me ? r.AppointmentId : null,
            IsHidden = r.HiddenAt != null,
            Moderation = !moderates ? null : new ReviewModeration(
                r.HiddenAt,
                r.HiddenReason,
                open.Where(p => p.ReviewId == r.Id).OrderByDescending(p => p.CreatedAt).Select(p => p.Reason).Take(10).ToList(),
                open.Count(p => p.ReviewId == r.Id)),
            Version = r.Version,
        };
    }
}
