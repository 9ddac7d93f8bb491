using System.Linq.Expressions;

namespace Careline.Labs.Catalogue;

/// <summary>A test of the catalogue.</summary>
public sealed record LabTestResponse : IVersioned
{
    /// <summary>The test.</summary>
    public Guid Id { get; init; }

    /// <summary>The practice's own code.</summary>
    public string Code { get; init; } = "";

    /// <summary>As people read it.</summary>
    public string Name { get; init; } = "";

    /// <summary>LOINC code.</summary>
    public string? Loinc { get; init; }

    /// <summary>Codes whose results count as this test's.</summary>
    public IReadOnlyList<string> OtherLoincs { get; init; } = [];

    /// <summary>The part of the laboratory.</summary>
    public TestCategory Category { get; init; }

    /// <summary>What a result is made of.</summary>
    public ResultKind Kind { get; init; }

    /// <summary>What is taken.</summary>
    public Specimen Specimen { get; init; }

    /// <summary>The tube or cup.</summary>
    public string? Container { get; init; }

    /// <summary>Hours without food before it.</summary>
    public int? FastingHours { get; init; }

    /// <summary>What else the patient does before it.</summary>
    public string? Preparation { get; init; }

    /// <summary>What it costs.</summary>
    public Price? Price { get; init; }

    /// <summary>Hours until a result, as a rule.</summary>
    public int? TurnaroundHours { get; init; }

    /// <summary>UCUM unit.</summary>
    public string? Unit { get; init; }

    /// <summary>Digits after the point.</summary>
    public int? Decimals { get; init; }

    /// <summary>g/mol.</summary>
    public decimal? MolarMass { get; init; }

    /// <summary>Charges of an ion.</summary>
    public int? Valence { get; init; }

    /// <summary>The possible answers.</summary>
    public IReadOnlyList<string> Answers { get; init; } = [];

    /// <summary>Those that are not normal.</summary>
    public IReadOnlyList<string> AbnormalAnswers { get; init; } = [];

    /// <summary>Whether it can be ordered.</summary>
    public bool IsActive { get; init; }

    /// <summary>Reference ranges.</summary>
    public IReadOnlyList<TestRangeForm> Ranges { get; init; } = [];

    /// <inheritdoc />
    public int Version { get; init; }

    internal static Expression<Func<LabTest, LabTestResponse>> Projection { get; } = t => new LabTestResponse
    {
        Id = t.Id,
        Code = t.Code,
        Name = t.Name,
        Loinc = t.Loinc,
        OtherLoincs = t.OtherLoincs,
        Category = t.Category,
        Kind = t.Kind,
        Specimen = t.Specimen,
        Container = t.Container,
        FastingHours = t.FastingHours,
        Preparation = t.Preparation,
        Price = t.PriceAmount == null || t.PriceCurrency == null ? null : new Price(t.PriceAmount.Value, t.PriceCurrency),
        TurnaroundHours = t.TurnaroundHours,
        Unit = t.Unit,
        Decimals = t.Decimals,
        MolarMass = t.MolarMass,
        Valence = t.Valence,
        Answers = t.Answers,
        AbnormalAnswers = t.AbnormalAnswers,
        IsActive = t.IsActive,
        Ranges = t.Ranges.OrderBy(r => r.FromDays).ThenBy(r => r.Id)
            .Select(r => new TestRangeForm(r.Sex, r.FromDays, r.UntilDays, r.IsPregnant, r.Low, r.High, r.CriticalLow, r.CriticalHigh, r.Source)).ToList(),
        Version = t.Version,
    };

    internal static Func<LabTest, LabTestResponse> Of { get; } = Projection.Compile();

    internal LabTestRequest AsRequest() => new(
        Code, Name, Category, Kind, Specimen, Loinc, OtherLoincs, Container, FastingHours, Preparation, Price, TurnaroundHours, Unit, Decimals, MolarMass, Valence,
        Answers, AbnormalAnswers, IsActive, Ranges);
}
