namespace Careline.Doctors.Reviews;

/// <summary>Somebody thinks that a review should not stand there. Open until an administrator hides or keeps it.</summary>
internal sealed class ReviewReport
{
    public Guid ReviewId { get; private set; }

    public Guid AccountId { get; private set; }

    public string Reason { get; private set; } = "";

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset? AnsweredAt { get; private set; }

    public static ReviewReport Of(Guid reviewId, Guid accountId, string reason, DateTimeOffset now) =>
        new() { ReviewId = reviewId, AccountId = accountId, Reason = reason, CreatedAt = now };

    internal sealed class Mapping : IEntityTypeConfiguration<ReviewReport>
    {
        public void Configure(EntityTypeBuilder<ReviewReport> builder)
        {
            builder.ToTable("review_reports", "doctors");
            builder.HasKey(r => new { r.ReviewId, r.AccountId });
        }
    }
}
