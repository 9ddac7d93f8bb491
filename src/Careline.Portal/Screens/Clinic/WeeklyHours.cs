using Careline.Portal.Components;
using Careline.Portal.Language;

namespace Careline.Portal.Screens.Clinic;

/// <summary>Hours of a week as a form shows them: two stretches a day, as most practices have them.</summary>
internal static class WeeklyHours
{
    public const int Stretches = 2;

    public static string Field(string weekday, int stretch, string end) => $"{weekday}-{stretch}-{end}";

    public static string? Of(IEnumerable<Thing> hours, string weekday, int stretch, string end) =>
        hours.Where(h => h.Is("weekday", weekday)).OrderBy(h => h.Text("start_time"), StringComparer.Ordinal).ElementAtOrDefault(stretch) is { IsNone: false } found
            ? found.Text(end == "from" ? "start_time" : "end_time")[..5] : null;

    /// <summary>What was typed, as the API takes it; a stretch that has one end alone is passed on, for the API to say what is wrong with it.</summary>
    public static object[] Read(Submission sent) =>
    [
        .. from day in Labels.Weekdays
           from stretch in Enumerable.Range(0, Stretches)
           let start = sent[Field(day.Value, stretch, "from")]
           let end = sent[Field(day.Value, stretch, "to")]
           where start is not null || end is not null
           select (object)new { weekday = day.Value, start_time = start ?? end, end_time = end ?? start },
    ];
}
