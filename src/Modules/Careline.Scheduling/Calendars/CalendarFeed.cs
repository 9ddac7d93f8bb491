namespace Careline.Scheduling.Calendars;

/// <summary>An address at which somebody's calendar program reads the person's appointments. Whoever knows the address reads them: it is shown once.</summary>
internal sealed class CalendarFeed : IVersioned, IVisible<CalendarFeed>
{
    /// <summary>One for each device, and some to spare.</summary>
    public const int MostOfAccount = 10;

    public Guid Id { get; private set; }

    public Guid AccountId { get; private set; }

    public byte[] TokenHash { get; private set; } = [];

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset? RenewedAt { get; private set; }

    public DateTimeOffset? LastReadAt { get; private set; }

    public int Version { get; private set; } = 1;

    public static IQueryable<CalendarFeed> VisibleTo(CarelineDb db, Actor actor)
    {
        var me = actor.AccountId;
        return db.Set<CalendarFeed>().Where(f => f.AccountId == me);
    }

    public static (CalendarFeed Feed, string Token) Open(Guid accountId, DateTimeOffset now)
    {
        var (text, hash) = OpaqueToken.Issue();
        return (new CalendarFeed { Id = Ids.New(now), AccountId = accountId, TokenHash = hash, CreatedAt = now }, text);
    }

    /// <summary>Another address in place of the present one, which is over.</summary>
    public string Renew(DateTimeOffset now)
    {
        var (text, hash) = OpaqueToken.Issue();
        (TokenHash, RenewedAt) = (hash, now);
        return text;
    }

    internal sealed class Mapping : IEntityTypeConfiguration<CalendarFeed>
    {
        public void Configure(EntityTypeBuilder<CalendarFeed> builder)
        {
            builder.ToTable("calendar_feeds", "scheduling");
            builder.Property(f => f.Id).ValueGeneratedNever();
        }
    }
}
