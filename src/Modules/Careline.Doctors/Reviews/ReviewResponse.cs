using System.Linq.Expressions;
using Careline.Accounts.Contracts;
using Careline.Clinics.Contracts;

namespace Careline.Doctors.Reviews;

/// <summary>A review of a completed visit.</summary>
/// <param name="AppointmentId">The visit, which was the caller's and took place.</param>
/// <param name="Rating">1 to 5.</param>
/// <param name="Comment">For everybody to read, under the author's initials.</param>
public sealed record ReviewRequest([Required] Guid AppointmentId, [Range(1, 5)] int Rating, [StringLength(4000)] string? Comment = null);

/// <summary>What a review says.</summary>
/// <param name="Rating">1 to 5.</param>
/// <param name="Comment">For everybody to read.</param>
public sealed record ReviewTextRequest([Range(1, 5)] int Rating, [StringLength(4000)] string? Comment = null);

/// <summary>A review, as everybody reads it.</summary>
public sealed record ReviewResponse : IVersioned
{
    /// <summary>The review.</summary>
    public required Guid Id { get; init; }

    /// <summary>The doctor.</summary>
    public required Guid DoctorId { get; init; }

    /// <summary>Initials, never the name.</summary>
    public required string AuthorName { get; init; }

    /// <summary>1 to 5.</summary>
    public required int Rating { get; init; }

    /// <summary>In the patient's words.</summary>
    public required string? Comment { get; init; }

    /// <summary>The doctor's answer.</summary>
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

    internal static Expression<Func<Review, ReviewResponse>> Projection(CarelineDb db, Actor? actor)
    {
        var me = actor?.AccountId;
        var moderates = actor is { IsAdmin: true };
        return r => new ReviewResponse
        {
            Id = r.Id,
            DoctorId = r.DoctorId,
            AuthorName = r.AuthorName,
            Rating = r.Rating,
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
                db.Set<ReviewReport>().Where(p => p.ReviewId == r.Id && p.AnsweredAt == null).OrderByDescending(p => p.CreatedAt).Select(p => p.Reason).Take(10).ToList(),
                db.Set<ReviewReport>().Count(p => p.ReviewId == r.Id && p.AnsweredAt == null)),
            Version = r.Version,
        };
    }
}
