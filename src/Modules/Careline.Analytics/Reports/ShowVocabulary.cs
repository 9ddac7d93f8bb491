namespace Careline.Analytics.Reports;

/// <summary>Facts that can be asked about.</summary>
/// <param name="Name">The name by which they are asked for.</param>
/// <param name="Meaning">What they are.</param>
/// <param name="Measures">What can be counted.</param>
/// <param name="Dimensions">By what it can be told apart and narrowed.</param>
/// <param name="Columns">What a list of them has.</param>
public sealed record DatasetWords(
    string Name, string Meaning, IReadOnlyList<MeasureWords> Measures, IReadOnlyList<DimensionWords> Dimensions, IReadOnlyList<string> Columns);

/// <summary>Something that can be counted.</summary>
/// <param name="Name">The name by which it is asked for.</param>
/// <param name="Meaning">What it is.</param>
/// <param name="Kind">What its values are.</param>
/// <param name="Unit">Of what.</param>
public sealed record MeasureWords(string Name, string Meaning, ValueKind Kind, string? Unit);

/// <summary>Something by which facts are told apart and narrowed.</summary>
/// <param name="Name">The name by which it is asked for.</param>
/// <param name="Meaning">What it is.</param>
/// <param name="Kind">What its values are.</param>
/// <param name="Values">All that it can be, where that is a fixed list.</param>
/// <param name="HidesSmallGroups">It tells what patients are like: groups of fewer than five are not shown.</param>
public sealed record DimensionWords(string Name, string Meaning, ValueKind Kind, IReadOnlyList<string>? Values, bool HidesSmallGroups);

internal static class ShowVocabulary
{
    private static readonly IReadOnlyList<DatasetWords> _words =
    [
        .. Dataset.All.Select(d => new DatasetWords(
            d.Name,
            d.Meaning,
            [.. d.Measures.Select(m => new MeasureWords(m.Name, m.Meaning, m.Kind, m.Unit))],
            [.. d.Dimensions.Select(x => new DimensionWords(x.Name, x.Meaning, x.Kind, x.Words, x.DescribesPatients))],
            [.. d.Columns.Select(c => c.Name)])),
    ];

    public static void Map(RouteGroupBuilder reports) => reports.MapGet("/vocabulary/", () => Answer.Ok(_words))
        .Named("ShowReportVocabulary", "What reports can count, by what they can tell it apart, and what each word means.").ForRoles(FigureScope.Readers);
}
