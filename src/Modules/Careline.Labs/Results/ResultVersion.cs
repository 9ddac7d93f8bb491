namespace Careline.Labs.Results;

/// <summary>Who says something of a result, and why, where it changes what was said.</summary>
internal sealed record ResultAuthor(Guid? AccountId, ResultSource Source, string? Reason = null);

/// <summary>What a result said from one moment on, who said it and why. Only ever added.</summary>
internal sealed class ResultVersion
{
    private ResultVersion()
    {
    }

    public Guid Id { get; private set; }

    public Guid ResultId { get; private set; }

    public int Number { get; private set; }

    public ResultState State { get; private set; }

    /// <summary>The reading, as JSON.</summary>
    public string Said { get; private set; } = "";

    public string? Reason { get; private set; }

    /// <summary>Null where a message of a laboratory's system said it.</summary>
    public Guid? SaidBy { get; private set; }

    public ResultSource Source { get; private set; }

    public DateTimeOffset At { get; private set; }

    public static ResultVersion Of(Guid id, Guid resultId, int number, ResultState state, Reading reading, ResultAuthor author, DateTimeOffset now) => new()
    {
        Id = id,
        ResultId = resultId,
        Number = number,
        State = state,
        Said = JsonSerializer.Serialize(reading, WireJson.Options),
        Reason = author.Reason,
        SaidBy = author.AccountId,
        Source = author.Source,
        At = now,
    };

    public Reading Reading => JsonSerializer.Deserialize<Reading>(Said, WireJson.Options)!;

    internal sealed class Mapping : IEntityTypeConfiguration<ResultVersion>
    {
        public void Configure(EntityTypeBuilder<ResultVersion> builder)
        {
            builder.ToTable("result_versions", "labs");
            builder.Property(v => v.Id).ValueGeneratedNever();
            builder.Ignore(v => v.Reading);
            builder.Property(v => v.Said).HasColumnType("jsonb");
        }
    }
}
