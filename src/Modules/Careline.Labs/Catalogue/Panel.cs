namespace Careline.Labs.Catalogue;

/// <summary>Tests that are ordered together.</summary>
/// <param name="Code">The practice's own short code, such as <c>FBC</c>.</param>
/// <param name="Name">As people read it.</param>
/// <param name="Category">The part of the laboratory.</param>
/// <param name="TestIds">Its tests, in order.</param>
/// <param name="Loinc">LOINC code of the panel.</param>
/// <param name="Price">What it costs.</param>
/// <param name="IsActive">Whether it can be ordered.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record PanelRequest(
    [Required, RegularExpression("[A-Z0-9][A-Z0-9_.-]{0,29}", ErrorMessage = "Capital letters, digits, points, hyphens; at most 30.")] string Code,
    [Required, MaxLength(200)] string Name,
    TestCategory Category,
    [MinLength(1), MaxLength(100)] IReadOnlyList<Guid> TestIds,
    [MaxLength(10)] string? Loinc = null,
    Price? Price = null,
    bool IsActive = true) : IValidatableObject
{
    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Loinc is not null && !Catalogue.Loinc.IsValid(Loinc))
        {
            yield return new ValidationResult("Is no LOINC code: its check digit does not fit.", [nameof(Loinc)]);
        }

        if (TestIds.Distinct().Count() != TestIds.Count)
        {
            yield return new ValidationResult("Names a test twice.", [nameof(TestIds)]);
        }
    }
}

/// <summary>Tests that are ordered together. Nobody's private thing.</summary>
internal sealed class Panel : IVersioned
{
    private Panel()
    {
    }

    public Guid Id { get; private set; }

    public string Code { get; private set; } = "";

    public string Name { get; private set; } = "";

    public string? Loinc { get; private set; }

    public TestCategory Category { get; private set; }

    public long? PriceAmount { get; private set; }

    public string? PriceCurrency { get; private set; }

    public bool IsActive { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public int Version { get; private set; } = 1;

    public List<PanelTest> Tests { get; private set; } = [];

    public static Panel Add(Guid id, PanelRequest request, DateTimeOffset now)
    {
        var panel = new Panel { Id = id, CreatedAt = now };
        panel.Replace(request, now);
        return panel;
    }

    public void Replace(PanelRequest request, DateTimeOffset now)
    {
        (Code, Name, Loinc, Category, IsActive) = (request.Code, request.Name, request.Loinc, request.Category, request.IsActive);
        (PriceAmount, PriceCurrency) = (request.Price?.Amount, request.Price?.Currency);
        Tests.RemoveAll(t => !request.TestIds.Contains(t.TestId));
        foreach (var (index, testId) in request.TestIds.Index())
        {
            if (Tests.Find(t => t.TestId == testId) is { } known)
            {
                known.Move(index + 1);
            }
            else
            {
                Tests.Add(PanelTest.Of(testId, index + 1));
            }
        }

        UpdatedAt = now;
    }

    internal sealed class Mapping : IEntityTypeConfiguration<Panel>
    {
        public void Configure(EntityTypeBuilder<Panel> builder)
        {
            builder.ToTable("panels", "labs");
            builder.Property(p => p.Id).ValueGeneratedNever();
            builder.HasMany(p => p.Tests).WithOne().HasForeignKey(t => t.PanelId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}

/// <summary>A test's place in a panel.</summary>
internal sealed class PanelTest
{
    private PanelTest()
    {
    }

    public Guid PanelId { get; private set; }

    public Guid TestId { get; private set; }

    public int Position { get; private set; }

    public static PanelTest Of(Guid testId, int position) => new() { TestId = testId, Position = position };

    public void Move(int position) => Position = position;

    internal sealed class Mapping : IEntityTypeConfiguration<PanelTest>
    {
        public void Configure(EntityTypeBuilder<PanelTest> builder)
        {
            builder.ToTable("panel_tests", "labs");
            builder.HasKey(t => new { t.PanelId, t.TestId });
        }
    }
}
