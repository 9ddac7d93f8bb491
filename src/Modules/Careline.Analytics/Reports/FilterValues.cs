namespace Careline.Analytics.Reports;

/// <summary>Values that callers name. They are read as what the dimension holds, and reach the database as parameters alone.</summary>
internal static class FilterValues
{
    private const int MostLetters = 200;

    /// <summary>The values, typed; null where one of them is none of this dimension.</summary>
    public static Array? Read(Dimension dimension, IReadOnlyList<string> texts) => dimension switch
    {
        { Words: { } words } => texts.All(words.Contains) ? texts.ToArray() : null,
        { Kind: ValueKind.Id } => All(texts, text => Guid.TryParseExact(text, "D", out var id) ? id : (Guid?)null),
        { Kind: ValueKind.Day } => All(
            texts, text => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : (DateOnly?)null),
        { Kind: ValueKind.Count } => All(
            texts, text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < 100 ? number : (int?)null),
        _ => texts.All(text => text is { Length: > 0 and <= MostLetters }) ? texts.ToArray() : null,
    };

    /// <summary>What the dimension takes.</summary>
    public static string Hint(Dimension dimension) => dimension switch
    {
        { Words: { } words } => $"among {string.Join(", ", words)}",
        { Kind: ValueKind.Id } => "ids",
        { Kind: ValueKind.Day } => "days such as 2030-01-31",
        { Kind: ValueKind.Count } => "whole numbers",
        _ => $"texts of at most {MostLetters} characters",
    };

    private static T[]? All<T>(IReadOnlyList<string> texts, Func<string, T?> read)
        where T : struct
    {
        var values = texts.Select(text => text is null ? null : read(text)).ToList();
        return values.Any(v => v is null) ? null : [.. values.Select(v => v!.Value)];
    }
}
