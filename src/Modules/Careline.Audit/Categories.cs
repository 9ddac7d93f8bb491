namespace Careline.Audit;

/// <summary>Lists of words, such as <c>patients</c> or <c>diagnoses</c>, in the registers.</summary>
internal static class Categories
{
    private const int Longest = 200;

    public static IEnumerable<ValidationResult> Faults(params (string Name, IReadOnlyList<string>? Words)[] lists) =>
        lists.Where(list => list.Words?.Any(word => string.IsNullOrWhiteSpace(word) || word.Length > Longest) == true)
            .Select(list => new ValidationResult($"Each has 1 to {Longest} characters.", [list.Name]));
}
