using Careline.Accounts.Contracts;
using Careline.Clinics.Contracts;

namespace Careline.Doctors.Reviews;

/// <summary>What a patient says of a doctor after a visit. Public; the doctor's mean and count follow in the same transaction, by the database.</summary>
internal sealed class Review : IVersioned
{
    private Review()
    {
    }

    public Guid Id { get; private set; }

    public Guid DoctorId { get; private set; }

    public Guid AppointmentId { get; private set; }

    public Guid PatientId { get; private set; }

    public Guid AuthorId { get; private set; }

    /// <summary>As others read it: initials.</summary>
    public string AuthorName { get; private set; } = "";

    public int Rating { get; private set; }

    public string? Comment { get; private set; }

    public string? Reply { get; private set; }

    public DateTimeOffset? RepliedAt { get; private set; }

    public DateTimeOffset? HiddenAt { get; private set; }

    public Guid? HiddenBy { get; private set; }

    public string? HiddenReason { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public DateTimeOffset? RemovedAt { get; private set; }

    public int Version { get; private set; } = 1;

    public static Review Of(Guid id, ReviewableVisit visit, (Guid Id, string Name) author, ReviewRequest request, DateTimeOffset now) => new()
    {
        Id = id,
        DoctorId = visit.DoctorId,
        AppointmentId = visit.AppointmentId,
        PatientId = visit.PatientId,
        AuthorId = author.Id,
        AuthorName = Initials.Of(author.Name),
        Rating = request.Rating,
        Comment = request.Comment,
        CreatedAt = now,
        UpdatedAt = now,
    };

    /// <exception cref="RuleViolation">REVIEW_CLOSED: it is older than 14 days, or hidden.</exception>
    public void Replace(ReviewTextRequest request, DateTimeOffset now)
    {
        ReviewRules.CheckOpen(CreatedAt, HiddenAt, now);
        (Rating, Comment, UpdatedAt) = (request.Rating, request.Comment, now);
    }

    /// <summary>The author takes it back, at any time.</summary>
    public void Remove(DateTimeOffset now)
    {
        RemovedAt ??= now;
    }

    /// <summary>The one reply, which the doctor may word anew.</summary>
    public void SetReply(Guid? doctorId, string? text, DateTimeOffset now)
    {
        if (doctorId != DoctorId)
        {
            throw new PermissionDenied("Only the doctor may reply.");
        }

        (Reply, RepliedAt) = (text, text is null ? null : now);
    }

    /// <exception cref="RuleViolation">REVIEW_HIDDEN: already.</exception>
    public void Hide(Guid by, string reason, DateTimeOffset now)
    {
        ReviewRules.CheckShown(HiddenAt);
        (HiddenAt, HiddenBy, HiddenReason) = (now, by, reason);
    }

    public void Restore() => (HiddenAt, HiddenBy, HiddenReason) = (null, null, null);

    /// <summary>Public until an administrator hides it; a hidden one is its author's and administrators' to see.</summary>
    public static IQueryable<Review> VisibleToAnyone(CarelineDb db, Actor? actor)
    {
        var reviews = db.Set<Review>().Where(r => r.RemovedAt == null);
        if (actor is { IsAdmin: true })
        {
            return reviews;
        }

        var me = actor?.AccountId;
        return reviews.Where(r => r.HiddenAt == null || r.AuthorId == me);
    }

    internal sealed class Mapping : IEntityTypeConfiguration<Review>
    {
        public void Configure(EntityTypeBuilder<Review> builder)
        {
            builder.ToTable("reviews", "doctors");
            builder.Property(r => r.Id).ValueGeneratedNever();
        }
    }
}
