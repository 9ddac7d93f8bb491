namespace Careline.Portal.Language;

/// <summary>The zones of the world, to choose from.</summary>
public static class TimeZones
{
    private static readonly string[] _parts = ["Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"];

    private static readonly Lazy<IReadOnlyList<(string Value, string Text)>> _all = new(() =>
        [.. TimeZoneInfo.GetSystemTimeZones().Select(z => z.Id).Where(id => _parts.Contains(id.Split('/')[0]) && id.Contains('/', StringComparison.Ordinal)).Append("UTC").Order(StringComparer.Ordinal)
            .Select(id => (id, id.Replace('_', ' ')))]);

    /// <summary>Their names (IANA), as people read them.</summary>
    public static IReadOnlyList<(string Value, string Text)> Choices() => _all.Value;
}
