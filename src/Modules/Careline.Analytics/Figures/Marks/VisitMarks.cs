namespace Careline.Analytics.Figures.Marks;

/// <summary>A visit was agreed, moved, held or called off: the days that it touches are counted again.</summary>
internal sealed class VisitMarks(FigureKeeper keeper)
{
    /// <summary>Marks the days in which the visits are, and those that they left.</summary>
    public Task MarkAsync(IEnumerable<Guid> appointments, IEnumerable<DateTimeOffset> left, CancellationToken ct)
    {
        // By the clock of wherever it was to be held, a moment lies in the day that it has at Greenwich, the one before or the one after.
        var days = left.Select(Stretch.DayOf).SelectMany(day => new[] { day.AddDays(-1), day, day.AddDays(1) });
        return keeper.MarkAsync([.. appointments.Distinct()], [.. days.Distinct()], ct);
    }
}
