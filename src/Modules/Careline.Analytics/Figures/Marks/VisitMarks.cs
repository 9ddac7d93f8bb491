using Careline.Platform.Data;
using Careline.Scheduling.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Careline.Analytics.Figures.Marks;

/// <summary>A visit was agreed, moved, held or called off: the days that it touches are counted again.</summary>
internal sealed class VisitMarks(CarelineDb db, FigureKeeper keeper)
{
    /// <summary>Marks the days in which the visits are, and those that they left.</summary>
    public async Task MarkAsync(IEnumerable<Guid> appointments, IEnumerable<DateTimeOffset> left, CancellationToken ct)
    {
        var ids = appointments.Distinct().ToArray();
        var starts = await db.Set<AppointmentRow>().Where(a => ids.Contains(a.Id)).Select(a => a.StartsAt).ToListAsync(ct);

        // By the clock of wherever it is held, a moment lies in the day that it has at Greenwich, the one before or the one after.
        var days = starts.Concat(left).Select(Stretch.DayOf).SelectMany(day => new[] { day.AddDays(-1), day, day.AddDays(1) });
        await keeper.MarkAsync([.. days.Distinct()], ct);
    }
}
