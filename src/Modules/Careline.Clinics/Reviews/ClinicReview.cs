using Careline.Accounts.Contracts;

namespace Careline.Clinics.Reviews;

/// <summary>What a patient says of a clinic after a visit there. Public; the clinic's mean and count follow in the same transaction, by the database.</summary>
internal sealed class ClinicReview : IVersioned
{
    private ClinicReview()
    {
    }

    public Guid Id { get; private set; }

    public Guid ClinicId { get; private set; }

    public Guid AppointmentId { get; private set; }

    public Guid PatientId { get; private set; }

    public Guid AuthorId { get; private set; }

    /// <summary>As others read it: initials, or nobody.</summary>
    public string AuthorName { get; private set; } = "";

    public int Rating { get; private set; }

    public int? Staff { get; private set; }

    public int? Cleanliness { get; private set; }

    public int? WaitingTime { get; private set; }

    public int? Value { get; private set; }

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

    public static ClinicReview Of(Guid id, ReviewableVisit visit, (Guid Id, string Name) author, ClinicReviewText text, DateTimeOffset now)
    {
        var review = new ClinicReview
        {
            Id = id,
            ClinicId = visit.ClinicId,
            AppointmentId = visit.AppointmentId,
            PatientId = visit.PatientId,
            AuthorId = author.Id,
            CreatedAt = now,
        };
        review.Take(text, author.Name, now);
        return review;
    }

    /// <exception cref="RuleViolation">REVIEW_CLOSED: it is older than 14 days, or hidden.</exception>
    public void Replace(ClinicReviewText text, string authorName, DateTimeOffset now)
    {
        ReviewRules.CheckOpen(CreatedAt, HiddenAt, now);
        Take(text, authorName, now);
    }

    /// <summary>The author takes it back, at any time.</summary>
    public void Remove(DateTimeOffset now) => RemovedAt ??= now;

    /// <summary>The clinic's one reply, which may be worded anew.</summary>
    public void SetReply(string? text, DateTimeOffset now) => (Reply, RepliedAt) = (text, text is null ? null : now);

    /// <summary>Hides it, with a reason, or shows it again.</summary>
    /// <exception cref="RuleViolation">REVIEW_HIDDEN: already.</exception>
    public void Moderate(bool hide, string reason, Guid by, DateTimeOffset now)
    {
        if (hide)
        {
            ReviewRules.CheckShown(HiddenAt);
        }

        (HiddenAt, HiddenBy, HiddenReason) = hide ? ((DateTimeOffset?)now, (Guid?)by, reason) : (null, null, null);
    }

    /// <summary>Public until an administrator hides it; a hidden one is its author's and administrators' to see.</summary>
    public static IQueryable<ClinicReview> VisibleToAnyone(CarelineDb db, Actor? actor)
    {
        var (isAdmin, me) = (actor is { IsAdmin: true }, actor?.AccountId);
        return db.Set<ClinicReview>().Where(r => r.RemovedAt == null && (isAdmin || r.HiddenAt == null || r.AuthorId == me));
    }

    private void Take(ClinicReviewText text, string authorName, DateTimeOffset now)
    {
        AuthorName = text.IsAnonymous ? Initials.Nobody : Initials.Of(authorName);
        (Rating, Staff, Cleanliness, WaitingTime, Value) = (text.Rating, text.Staff, text.Cleanliness, text.WaitingTime, text.Value);
        (Comment, UpdatedAt) = (text.Comment, now);
    }

    internal sealed class Mapping : IEntityTypeConfiguration<ClinicReview>
    {
        public void Configure(EntityTypeBuilder<ClinicReview> builder)
        {
            builder.ToTable("reviews", "clinics");
            builder.Property(r => r.Id).ValueGeneratedNever();
        }
    }
}

/// <summary>Somebody thinks that a review should not stand there. Open until an administrator hides or keeps it.</summary>
internal sealed class ClinicReviewReport
{
    public Guid ReviewId { get; private set; }

    public Guid AccountId { get; private set; }

    public string Reason { get; private set; } = "";

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset? AnsweredAt { get; private set; }

    public static ClinicReviewReport Of(Guid reviewId, Guid accountId, string reason, DateTimeOffset now) =>
        new() { ReviewId = reviewId, AccountId = accountId, Reason = reason, CreatedAt = now };

    internal sealed class Mapping : IEntityTypeConfiguration<ClinicReviewReport>
    {
        public void Configure(EntityTypeBuilder<ClinicReviewReport> builder)
        {
            builder.ToTable("review_reports", "clinics");
            builder.HasKey(r => new { r.ReviewId, r.AccountId });
        }
    }
}

/// <summary>What an administrator decided about a review, and why. Only added: a later decision does not take an earlier one away.</summary>
internal sealed class ClinicReviewDecision
{
    public Guid Id { get; private set; }

    public Guid ReviewId { get; private set; }

    public Guid DecidedBy { get; private set; }

    public bool IsHidden { get; private set; }

    public string Reason { get; private set; } = "";

    public DateTimeOffset At { get; private set; }

    public static ClinicReviewDecision Of(Guid id, ClinicReview review, Guid by, string reason, DateTimeOffset now) =>
        new() { Id = id, ReviewId = review.Id, DecidedBy = by, IsHidden = review.HiddenAt is not null, Reason = reason, At = now };

    internal sealed class Mapping : IEntityTypeConfiguration<ClinicReviewDecision>
    {
        public void Configure(EntityTypeBuilder<ClinicReviewDecision> builder)
        {
            builder.ToTable("review_decisions", "clinics");
            builder.Property(d => d.Id).ValueGeneratedNever();
        }
    }
}
