namespace Careline.Notifications.Preferences;

/// <summary>How somebody wants to be told.</summary>
internal sealed class ReaderPreferences : IVersioned
{
    public Guid AccountId { get; private set; }

    public string? Language { get; private set; }

    public string? TimeZone { get; private set; }

    public TimeOnly? QuietFrom { get; private set; }

    public TimeOnly? QuietUntil { get; private set; }

    public int[]? ReminderOffsets { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public int Version { get; private set; }

    public void Replace(ReplacePreferencesRequest request, DateTimeOffset now)
    {
        Language = request.Language;
        TimeZone = request.TimeZone;
        (QuietFrom, QuietUntil) = (request.QuietHours?.From, request.QuietHours?.Until);
        ReminderOffsets = request.ReminderOffsets is { } offsets ? [.. offsets.Distinct().OrderDescending()] : null;
        UpdatedAt = now;
    }

    internal sealed class Mapping : IEntityTypeConfiguration<ReaderPreferences>, IEntityTypeConfiguration<Choice>
    {
        public void Configure(EntityTypeBuilder<ReaderPreferences> builder)
        {
            builder.ToTable("preferences", "notifications");
            builder.HasKey(p => p.AccountId);
            builder.Property(p => p.AccountId).ValueGeneratedNever();
        }

        public void Configure(EntityTypeBuilder<Choice> builder)
        {
            builder.ToTable("choices", "notifications");
            builder.HasKey(c => new { c.AccountId, c.Category, c.Channel });
        }
    }
}

/// <summary>A category by a channel, switched on or off.</summary>
internal sealed class Choice
{
    public Guid AccountId { get; init; }

    public NoticeCategory Category { get; init; }

    public NoticeChannel Channel { get; init; }

    public bool IsOn { get; init; }
}
