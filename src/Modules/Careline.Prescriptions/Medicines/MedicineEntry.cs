namespace Careline.Prescriptions.Medicines;

/// <summary>What is said of a medicine, from a release, a site's list or a request.</summary>
internal sealed record MedicineEntry(string Name, MedicineKind Kind)
{
    /// <summary>Empty where the medicine is its own only ingredient.</summary>
    public IReadOnlyList<MedicinePart> Composition { get; init; } = [];

    public IReadOnlyList<string> AtcCodes { get; init; } = [];

    public IReadOnlyList<MedicineForm> Forms { get; init; } = [];

    public IReadOnlyList<string> Strengths { get; init; } = [];

    public IReadOnlyList<string> Routes { get; init; } = [];

    public IReadOnlyList<string> Synonyms { get; init; } = [];

    public string? Maker { get; init; }

    public string? Country { get; init; }

    public string Source { get; init; } = "";
}
