namespace Careline.Notifications.Feed;

/// <summary>What somebody was told within Careline.</summary>
internal sealed class Notification : IVisible<Notification>
{
    public Guid Id { get; private set; }

    public Guid AccountId { get; private set; }

    public NoticeCategory Category { get; private set; }

    public NoticeSeverity Severity { get; private set; }

    /// <summary>The name of the phrase, by which clients know what happened without reading it.</summary>
    public string Phrase { get; private set; } = "";

    public string Title { get; private set; } = "";

    public string Body { get; private set; } = "";

    public string? AboutKind { get; private set; }

    public Guid? AboutId { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset? ReadAt { get; private set; }

    public DateTimeOffset? DeletedAt { get; private set; }

    public static Notification Of(Guid id, Guid accountId, Notice notice, (string Title, string Body) said, DateTimeOffset now) => new()
    {
        Id = id,
        AccountId = accountId,
        Category = notice.Category,
        Severity = notice.Severity,
        Phrase = notice.Phrase,
        Title = said.Title,
        Body = said.Body,
        AboutKind = notice.About?.Kind,
        AboutId = notice.About?.Id,
        CreatedAt = now,
    };

    /// <summary>Everybody reads what was told to them, administrators too.</summary>
    public static IQueryable<Notification> VisibleTo(CarelineDb db, Actor actor)
    {
        var accountId = actor.AccountId;
        return db.Set<Notification>().Where(n => n.AccountId == accountId && n.DeletedAt == null);
    }

    internal sealed class Mapping : IEntityTypeConfiguration<Notification>
    {
        public void Configure(EntityTypeBuilder<Notification> builder)
        {
            builder.ToTable("notifications", "notifications");
            builder.Property(n => n.Id).ValueGeneratedNever();
        }
    }
}
