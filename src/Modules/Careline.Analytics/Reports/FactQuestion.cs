using Careline.Platform.Time;

namespace Careline.Analytics.Reports;

/// <summary>Which facts somebody asks about: a dataset, a period and what it is narrowed by.</summary>
/// <param name="Dataset">The name of a dataset.</param>
/// <param name="Filters">By the name of a dimension, the values that count.</param>
/// <param name="Period">A stretch of days that moves with the calendar; or the two days.</param>
/// <param name="StartDate">The first day.</param>
/// <param name="EndDate">The last day, which is in it.</param>
/// <param name="TimeZone">The IANA zone by whose clock days are meant; null means that of each fact.</param>
internal sealed record FactQuestion(
    string Dataset, IReadOnlyDictionary<string, IReadOnlyList<string>>? Filters, ReportPeriod? Period, DateOnly? StartDate, DateOnly? EndDate, string? TimeZone)
{
    public const int MostYears = 5;
    private const int MostValues = 100;

    /// <summary>What it asks for, in the vocabulary; what is wrong is told by field.</summary>
    public FactChoice? Read(Action<string, string> fault)
    {
        CheckPeriod(fault);
        if (TimeZone is not null && !ZonedTimes.IsKnown(TimeZone))
        {
            fault("TimeZone", "Must be a zone of the IANA database, such as Africa/Lagos.");
        }

        if (Reports.Dataset.Of(Dataset) is not { } dataset)
        {
            fault("Dataset", $"Must be one of: {string.Join(", ", Reports.Dataset.All.Select(d => d.Name))}.");
            return null;
        }

        var filters = new List<(Dimension, Array)>();
        foreach (var (name, texts) in Filters ?? new Dictionary<string, IReadOnlyList<string>>())
        {
            if (dataset.DimensionOf(name) is not { } dimension)
            {
                fault("Filters", $"Can be narrowed by: {string.Join(", ", dataset.Dimensions.Select(d => d.Name))}.");
            }
            else if (texts is not { Count: > 0 and <= MostValues } || FilterValues.Read(dimension, texts) is not { } values)
            {
                fault("Filters", $"{dimension.Name}: {FilterValues.Hint(dimension)}, 1 to {MostValues} of them.");
            }
            else
            {
                filters.Add((dimension, values));
            }
        }

        return new FactChoice(dataset, filters);
    }

    /// <summary>The days that are meant at a moment.</summary>
    public Days DaysAt(DateTimeOffset now) =>
        Period is { } period ? Days.Of(period, ZonedTimes.ToLocal(now, TimeZone ?? "UTC").Date) : new Days(StartDate!.Value, EndDate!.Value);

    private void CheckPeriod(Action<string, string> fault)
    {
        if (Period is not null ? StartDate is not null || EndDate is not null : StartDate is null || EndDate is null)
        {
            fault("Period", "Name either a period, or start_date and end_date.");
        }
        else if (StartDate < new DateOnly(1900, 1, 1) || EndDate > new DateOnly(2200, 1, 1))
        {
            fault("StartDate", "Must lie between the years 1900 and 2200.");
        }
        else if (EndDate < StartDate)
        {
            fault("EndDate", "Must not be before start_date.");
        }
        else if (StartDate is { } start && EndDate >= start.AddYears(MostYears))
        {
            fault("EndDate", $"At most {MostYears} years are looked at together.");
        }
    }
}

/// <summary>Facts in the words of the vocabulary.</summary>
internal sealed record FactChoice(Dataset Dataset, IReadOnlyList<(Dimension Dimension, Array Values)> Filters);
