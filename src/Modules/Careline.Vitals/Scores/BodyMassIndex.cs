namespace Careline.Vitals.Scores;

/// <summary>Body mass index: weight over the square of the height, to one decimal.</summary>
internal static class BodyMassIndex
{
    public static decimal? Of(decimal? kilograms, decimal? centimetres) =>
        kilograms is { } weight && centimetres is { } height and > 0
            ? decimal.Round(weight * 10_000 / (height * height), 1, MidpointRounding.AwayFromZero)
            : null;
}
