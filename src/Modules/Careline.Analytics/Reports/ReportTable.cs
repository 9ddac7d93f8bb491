namespace Careline.Analytics.Reports;

/// <summary>A column of a report or a list.</summary>
/// <param name="Name">Its name in the rows.</param>
/// <param name="Kind">What its values are.</param>
/// <param name="IsMeasure">It was counted; otherwise it tells rows apart.</param>
/// <param name="Unit">Of numbers: percent, minutes, days, minor_units.</param>
public sealed record ReportColumn(string Name, ValueKind Kind, bool IsMeasure, string? Unit);

/// <summary>What a report came to.</summary>
/// <param name="Dataset">What was looked at.</param>
/// <param name="StartDate">The first day.</param>
/// <param name="EndDate">The last day.</param>
/// <param name="TimeZone">The zone that was asked for.</param>
/// <param name="Columns">The members of each row, in order.</param>
/// <param name="Rows">One for each group; a member that could not be said is null.</param>
/// <param name="IsTruncated">There are more rows than are answered.</param>
/// <param name="HidesSmallGroups">The report tells what patients are like: groups of fewer than five of them, and what they could be found out by, are left out.</param>
/// <param name="GeneratedAt">When.</param>
public sealed record ReportResult(
    string Dataset,
    DateOnly StartDate,
    DateOnly EndDate,
    string? TimeZone,
    IReadOnlyList<ReportColumn> Columns,
    IReadOnlyList<IReadOnlyDictionary<string, object?>> Rows,
    bool IsTruncated,
    bool HidesSmallGroups,
    DateTimeOffset GeneratedAt);

/// <summary>Rows and what they are made of.</summary>
internal sealed record ReportTable(IReadOnlyList<ReportColumn> Columns, IReadOnlyList<object?[]> Rows, bool IsTruncated);
