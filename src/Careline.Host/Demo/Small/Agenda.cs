using Careline.Platform.Time;

namespace Careline.Host.Demo.Small;

// What happens when. Steps are noted in any order and played in the order of their times.
internal sealed class Agenda(DateTimeOffset today)
{
    private static readonly TimeSpan _story = TimeSpan.FromDays(21);

    private readonly List<(DateTimeOffset At, Func<Task> Step)> _steps = [];

    // The end of the story: when the demo practice was asked for.
    public DateTimeOffset Today { get; } = today;

    public DateTimeOffset Opening { get; } = today - _story;

    // A time that comes too late for the story is squeezed in just before its end.
    public void Add(DateTimeOffset at, TimeSpan atLatestBeforeEnd, Func<Task> step)
    {
        var latest = Today - atLatestBeforeEnd;
        _steps.Add((at < latest ? at : latest, step));
    }

    public async Task PlayAsync(DemoStage stage)
    {
        foreach (var (at, step) in _steps.OrderBy(s => s.At))
        {
            stage.MoveTo(at);
            await step();
        }
    }

    // The working day so many before (negative) or after today, by the calendar of a zone.
    public DateOnly Workday(int distance, string zone)
    {
        var day = ZonedTimes.ToLocal(Today, zone).Date;
        for (var left = Math.Abs(distance); left > 0;)
        {
            day = day.AddDays(Math.Sign(distance));
            left -= day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 0 : 1;
        }

        return day;
    }
}
