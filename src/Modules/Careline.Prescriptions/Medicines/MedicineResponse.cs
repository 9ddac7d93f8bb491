using System.Linq.Expressions;

namespace Careline.Prescriptions.Medicines;

/// <summary>A medicine of the catalogue.</summary>
public sealed record MedicineResponse : IVersioned
{
    /// <summary>The medicine.</summary>
    public Guid Id { get; init; }

    /// <summary>The generic name, or the brand's.</summary>
    public string Name { get; init; } = "";

    /// <summary>generic, brand.</summary>
    public MedicineKind Kind { get; init; }

    /// <summary>What is in it.</summary>
    public IReadOnlyList<MedicinePart> Composition => [.. Ingredients.Zip(IngredientStrengths, (name, strength) => new MedicinePart(name, strength.Length == 0 ? null : strength))];

    /// <summary>WHO ATC codes.</summary>
    public IReadOnlyList<string> AtcCodes { get; init; } = [];

    /// <summary>Dose forms.</summary>
    public IReadOnlyList<string> Forms { get; init; } = [];

    /// <summary>Usual strengths.</summary>
    public IReadOnlyList<string> Strengths { get; init; } = [];

    /// <summary>How it is given.</summary>
    public IReadOnlyList<string> Routes { get; init; } = [];

    /// <summary>Other names by which it is recognised.</summary>
    public IReadOnlyList<string> Synonyms { get; init; } = [];

    /// <summary>Who makes a brand.</summary>
    public string? Maker { get; init; }

    /// <summary>Where a brand is sold.</summary>
    public string? Country { get; init; }

    /// <summary>Where this is written.</summary>
    public string Source { get; init; } = "";

    /// <summary>Whether it came with a release or is the site's own.</summary>
    public MedicineOrigin Origin { get; init; }

    /// <summary>Last change.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <inheritdoc />
    public int Version { get; init; }

    internal string[] Ingredients { get; init; } = [];

    internal string[] IngredientStrengths { get; init; } = [];

    internal static Expression<Func<Medicine, MedicineResponse>> Projection { get; } = m => new MedicineResponse
    {
        Id = m.Id,
        Name = m.Name,
        Kind = m.Kind,
        Ingredients = m.Ingredients,
        IngredientStrengths = m.IngredientStrengths,
        AtcCodes = m.AtcCodes,
        Forms = m.Forms,
        Strengths = m.Strengths,
        Routes = m.Routes,
        Synonyms = m.Synonyms,
        Maker = m.Maker,
        Country = m.Country,
        Source = m.Source,
        Origin = m.Origin,
        UpdatedAt = m.UpdatedAt,
        Version = m.Version,
    };

    private static readonly Func<Medicine, MedicineResponse> _of = Projection.Compile();

    internal static MedicineResponse Of(Medicine medicine) => _of(medicine);
}
