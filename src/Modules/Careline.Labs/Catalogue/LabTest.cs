using Careline.Labs.Units;

namespace Careline.Labs.Catalogue;

/// <summary>A test that can be ordered, and how its results are read. Nobody's private thing.</summary>
internal sealed class LabTest : IVersioned
{
    private LabTest()
    {
    }

    public Guid Id { get; private set; }

    public string Code { get; private set; } = "";

    public string Name { get; private set; } = "";

    public string? Loinc { get; private set; }

    public string[] OtherLoincs { get; private set; } = [];

    public TestCategory Category { get; private set; }

    public ResultKind Kind { get; private set; }

    public Specimen Specimen { get; private set; }

    public string? Container { get; private set; }

    public int? FastingHours { get; private set; }

    public string? Preparation { get; private set; }

    public long? PriceAmount { get; private set; }

    public string? PriceCurrency { get; private set; }

    public int? TurnaroundHours { get; private set; }

    public string? Unit { get; private set; }

    public int? Decimals { get; private set; }

    public decimal? MolarMass { get; private set; }

    public int? Valence { get; private set; }

    public string[] Answers { get; private set; } = [];

    public string[] AbnormalAnswers { get; private set; } = [];

    public bool IsActive { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public int Version { get; private set; } = 1;

    public List<TestRange> Ranges { get; private set; } = [];

    /// <summary>What is known of the analyte for converting its units.</summary>
    public Analyte Analyte => new(MolarMass, Valence);

    public static LabTest Add(Guid id, LabTestRequest request, TimeProvider clock)
    {
        var test = new LabTest { Id = id, CreatedAt = clock.GetUtcNow() };
        test.Replace(request, clock);
        return test;
    }

    /// <exception cref="RuleViolation">Two ranges would be meant for the same people.</exception>
    public void Replace(LabTestRequest request, TimeProvider clock)
    {
        (Code, Name, Category, Kind, Specimen, IsActive) = (request.Code, request.Name, request.Category, request.Kind, request.Specimen, request.IsActive);
        (Loinc, OtherLoincs) = (request.Loinc, [.. (request.OtherLoincs ?? []).Distinct()]);
        (Container, FastingHours, Preparation, TurnaroundHours) = (request.Container, request.FastingHours, request.Preparation, request.TurnaroundHours);
        (PriceAmount, PriceCurrency) = (request.Price?.Amount, request.Price?.Currency);
        (Unit, Decimals, MolarMass, Valence) = (request.Unit, request.Decimals, request.MolarMass, request.Valence);
        (Answers, AbnormalAnswers) = ([.. request.Answers ?? []], [.. request.AbnormalAnswers ?? []]);
        var ranges = (request.Ranges ?? []).Select(form => TestRange.Of(Ids.New(clock), form)).ToList();
        if (ranges.Index().Any(one => ranges.Skip(one.Index + 1).Any(one.Item.Meets)))
        {
            throw new RuleViolation("RANGES_OVERLAP", "Two of the ranges are meant for the same people.");
        }

        Ranges.Clear();
        Ranges.AddRange(ranges);
        UpdatedAt = clock.GetUtcNow();
    }

    internal sealed class Mapping : IEntityTypeConfiguration<LabTest>
    {
        public void Configure(EntityTypeBuilder<LabTest> builder)
        {
            builder.ToTable("tests", "labs");
            builder.Property(t => t.Id).ValueGeneratedNever();
            builder.Ignore(t => t.Analyte);
            builder.Property(t => t.MolarMass).HasColumnType("numeric");
            builder.HasMany(t => t.Ranges).WithOne().HasForeignKey(r => r.TestId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
