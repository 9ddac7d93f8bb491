namespace Careline.Doctors.Reviews;

/// <summary>What an administrator decided about a review, and why. Only added: a later decision does not take an earlier one away.</summary>
internal sealed class ReviewDecision
{
    public Guid Id { get; private set; }

    public Guid ReviewId { get; private set; }

    public Guid DecidedBy { get; private set; }

    public bool IsHidden { get; private set; }

    public string Reason { get; private set; } = "";

    public DateTimeOffset At { get; private set; }

    public static ReviewDecision Of(Guid id, Review review, Guid by, bool isHidden, string reason, DateTimeOffset now) =>
        new() { Id = id, ReviewId = review.Id, DecidedBy = by, IsHidden = isHidden, Reason = reason, At = now };

    internal sealed class Mapping : IEntityTypeConfiguration<ReviewDecision>
    {
        public void Configure(EntityTypeBuilder<ReviewDecision> builder)
        {
            builder.ToTable("review_decisions", "doctors");
            builder.Property(d => d.Id).ValueGeneratedNever();
        }
    }
}
