namespace Careline.Papers.Contracts;

/// <summary>On what a paper is printed.</summary>
public enum PaperSize
{
    /// <summary>ISO 216 A4.</summary>
    A4,

    /// <summary>ISO 216 A5.</summary>
    A5,

    /// <summary>A roll of 80 mm, of which 72 mm are printed; as long as it needs to be.</summary>
    Thermal,
}
