namespace Careline.Clinics.Contracts;

/// <summary>What holds of every review, of a clinic as of a doctor. Whose it is, who replies and what is said of it the module says that has it.</summary>
public static class ReviewRules
{
    /// <summary>How long its author may change it.</summary>
    public static readonly TimeSpan Editable = TimeSpan.FromDays(14);

    /// <summary>Its author changes it for a while, and not while it is hidden.</summary>
    /// <exception cref="RuleViolation">REVIEW_CLOSED.</exception>
    public static void CheckOpen(DateTimeOffset createdAt, DateTimeOffset? hiddenAt, DateTimeOffset now)
    {
        if (hiddenAt is not null || createdAt + Editable <= now)
        {
            throw new RuleViolation("REVIEW_CLOSED", "A review can be changed for 14 days, and not while it is hidden.");
        }
    }

    /// <summary>What is hidden cannot be hidden: its reason would be lost.</summary>
    /// <exception cref="RuleViolation">REVIEW_HIDDEN.</exception>
    public static void CheckShown(DateTimeOffset? hiddenAt)
    {
        if (hiddenAt is not null)
        {
            throw new RuleViolation("REVIEW_HIDDEN", "It is hidden already.");
        }
    }

    /// <summary>Nobody reports a review of their own.</summary>
    /// <exception cref="RuleViolation">OWN_REVIEW.</exception>
    public static void CheckAnothers(Guid authorId, Guid reporterId)
    {
        if (authorId == reporterId)
        {
            throw new RuleViolation("OWN_REVIEW", "It is your own: take it back instead.");
        }
    }
}

/// <summary>The answer to a review, of the doctor or the clinic.</summary>
/// <param name="Text">For everybody to read: nothing of the visit.</param>
public sealed record ReviewReplyRequest([Required, StringLength(2000, MinimumLength = 1)] string Text);

/// <summary>Why a review is reported, hidden or shown again.</summary>
/// <param name="Reason">Administrators read it.</param>
public sealed record ReviewReasonRequest([Required, StringLength(1000, MinimumLength = 3)] string Reason);

/// <summary>The answer of the doctor or the clinic.</summary>
/// <param name="Text">The answer.</param>
/// <param name="At">When it was last worded.</param>
public sealed record ReviewReply(string Text, DateTimeOffset At);

/// <summary>What administrators read of a review beside what everybody does.</summary>
/// <param name="HiddenAt">Since when nobody else sees it.</param>
/// <param name="HiddenReason">Why.</param>
/// <param name="Reports">Reports that nobody has answered yet, newest first, at most ten.</param>
/// <param name="ReportCount">How many these are in all.</param>
public sealed record ReviewModeration(DateTimeOffset? HiddenAt, string? HiddenReason, IReadOnlyList<string> Reports, int ReportCount);
