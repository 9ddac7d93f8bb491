namespace Careline.Audit.Processing;

/// <summary>What personal data is used for, by whose right, and how long. Removed logically: an authority may ask what was done before.</summary>
internal sealed class ProcessingActivity : IVersioned
{
    private ProcessingActivity()
    {
    }

    public Guid Id { get; private set; }

    public string Name { get; private set; } = "";

    public string Purpose { get; private set; } = "";

    public string LawfulBasis { get; private set; } = "";

    public string[] PeopleCategories { get; private set; } = [];

    public string[] DataCategories { get; private set; } = [];

    public string Recipients { get; private set; } = "";

    public string Transfers { get; private set; } = "";

    public string Retention { get; private set; } = "";

    public string SecurityMeasures { get; private set; } = "";

    public DateOnly? ReviewDate { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public DateTimeOffset? RemovedAt { get; private set; }

    public int Version { get; private set; } = 1;

    /// <summary>The activities that are not removed.</summary>
    public static IQueryable<ProcessingActivity> Present(CarelineDb db) => db.Set<ProcessingActivity>().Where(a => a.RemovedAt == null);

    public static ProcessingActivity Enter(Guid id, ProcessingActivityRequest request, DateTimeOffset now)
    {
        var entered = new ProcessingActivity { Id = id, CreatedAt = now };
        entered.Replace(request, now);
        return entered;
    }

    public void Replace(ProcessingActivityRequest request, DateTimeOffset now)
    {
        (Name, Purpose, LawfulBasis) = (request.Name, request.Purpose, request.LawfulBasis);
        (PeopleCategories, DataCategories) = ([.. request.PeopleCategories], [.. request.DataCategories]);
        (Recipients, Transfers, Retention) = (request.Recipients, request.Transfers, request.Retention);
        (SecurityMeasures, ReviewDate, UpdatedAt) = (request.SecurityMeasures, request.ReviewDate, now);
    }

    public void Remove(DateTimeOffset now) => RemovedAt ??= now;

    internal sealed class Mapping : IEntityTypeConfiguration<ProcessingActivity>
    {
        public void Configure(EntityTypeBuilder<ProcessingActivity> builder)
        {
            builder.ToTable("processing_activities", "audit");
            builder.Property(a => a.Id).ValueGeneratedNever();
        }
    }
}
