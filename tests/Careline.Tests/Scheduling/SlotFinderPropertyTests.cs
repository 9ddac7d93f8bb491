using Careline.Hours.Contracts;
using Careline.Platform.Time;
using Careline.Scheduling.Availability;
using Careline.Scheduling.Slots;
using Careline.Tests.Support;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using NodaTime.Extensions;

namespace Careline.Tests.Scheduling;

/// <summary>
/// What holds of free times whatever the hours, around every clock change of every zone from 2024 to 2030. The questions are asked of NodaTime alone, in
/// other words than the finder's.
/// </summary>
public sealed class SlotFinderPropertyTests
{
    private static readonly IReadOnlyList<(string Zone, DateTimeOffset At)> _changes = [.. Changes()];

    [Fact]
    public void Every_zone_and_every_transition_keeps_0900_at_0900_and_its_days_whole()
    {
        // All of them, once: some two thousand changes of some six hundred zones, and each zone that has none at some day.
        var seen = 0;
        foreach (var (zone, at) in _changes)
        {
            seen++;
            var day = ZonedTimes.ToLocal(at, zone).Date;
            var hours = new WorkingHours { TimeZone = zone, HorizonDays = 730, SlotMinutes = 15, Rules = EveryDay(new TimeOnly(9, 0), new TimeOnly(9, 15)) };
            var wholeDays = hours with { Rules = EveryDay(TimeOnly.MinValue, TimeOnly.MinValue) };
            for (var ahead = -1; ahead <= 1; ahead++)
            {
                var (from, to) = ZonedTimes.Day(day.AddDays(ahead), zone);
                var nine = Find(hours, new Span(from, to), [], from.AddDays(-2));
                nine.Count.ShouldBe(Exists(day.AddDays(ahead), zone) ? 1 : 0, $"{zone} {day} {ahead}");

                // Not ShouldAllBe, which takes an expression and compiles it, here six thousand times.
                nine.All(s => ZonedTimes.ToLocal(s.Span.Start, zone).Time == new TimeOnly(9, 0)).ShouldBeTrue($"{zone} {day} {ahead}");
                Find(wholeDays, new Span(from, to), [], from.AddDays(-2)).Count.ShouldBe((int)((to - from).TotalMinutes / 15), $"{zone} {day} {ahead}");
            }
        }

        seen.ShouldBeGreaterThan(2000);
    }

    [Fact]
    public void Free_times_lie_within_the_hours_never_overlap_busy_time_nor_each_other_and_none_is_missing()
    {
        var property = Prop.ForAll(Situations().ToArbitrary(), situation =>
        {
            var found = Find(situation.Hours, situation.Stretch, situation.Busy, situation.Now);
            var free = found.Where(s => s.IsAvailable).Select(s => s.Span).ToList();
            return Amiss(situation, found, free) is not { } amiss ? true : throw new InvalidOperationException(amiss);
        });

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(LargeRun.Of("CARELINE_CALENDARS", 1500)), property);
    }

    private static string? Amiss(Situation s, IReadOnlyList<ListedSlot> found, List<Span> free)
    {
        var zone = s.Hours.TimeZone;
        var length = TimeSpan.FromMinutes(s.Hours.SlotMinutes);
        foreach (var span in free)
        {
            if (span.End - span.Start != length || span.Start < s.Stretch.Start || span.Start >= s.Stretch.End)
            {
                return $"{span} has another length or lies outside of what was asked.";
            }

            if (span.Start <= s.Now || span.Start < s.Now.AddMinutes(s.Hours.MinimumNoticeMinutes))
            {
                return $"{span} comes too soon.";
            }

            if (s.Busy.Any(b => b.Start < span.End + s.Hours.Pause && span.Start - s.Hours.Pause < b.End))
            {
                return $"{span} overlaps busy time.";
            }

            foreach (var at in (DateTimeOffset[])[span.Start, span.End.AddMinutes(-1)])
            {
                if (!s.Hours.Rules.Any(rule => Reads(rule, at, zone)))
                {
                    return $"{span} lies outside of the hours in {zone}.";
                }
            }

            if (s.Hours.Exceptions.Any(e => e.Covers(ZonedTimes.ToLocal(span.Start, zone).Date) || e.Covers(ZonedTimes.ToLocal(span.End.AddMinutes(-1), zone).Date)))
            {
                return $"{span} lies on a day off.";
            }
        }

        if (found.Zip(found.Skip(1)).Any(p => p.First.Span.End > p.Second.Span.Start))
        {
            return "Two times overlap.";
        }

        // Where no clock changes, the times of a window can be counted off on the wall.
        var day = s.QuietDay;
        var quiet = s.Hours.Rules.Where(r => r.Weekday == day.DayOfWeek && r.End > r.Start).ToList();
        var counted = quiet.Sum(r => (int)(((r.End - r.Start) + s.Hours.Pause) / (length + s.Hours.Pause)));
        var (from, to) = ZonedTimes.Day(day, zone);
        var listed = Find(s.Hours with { Rules = quiet, Exceptions = [] }, new Span(from, to), [], from.AddDays(-1)).Count;
        return listed == counted ? null : $"{listed} times on {day} in {zone}, where {counted} fit.";
    }

    /// <summary>Whether the wall clock reads a moment of the rule at an instant, by the rule's own weekday.</summary>
    private static bool Reads(WeeklyHours rule, DateTimeOffset at, string zone)
    {
        var local = Instant.FromDateTimeOffset(at).InZone(DateTimeZoneProviders.Tzdb[zone]).LocalDateTime;
        var (time, day) = (TimeOnly.FromTimeSpan(TimeSpan.FromTicks(local.TimeOfDay.TickOfDay)), local.DayOfWeek.ToDayOfWeek());
        var dayBefore = local.Date.PlusDays(-1).DayOfWeek.ToDayOfWeek();
        return rule.End > rule.Start ? day == rule.Weekday && time >= rule.Start && time < rule.End
            : (day == rule.Weekday && time >= rule.Start) || (dayBefore == rule.Weekday && time < rule.End);
    }

    private static Gen<Situation> Situations() =>
        from change in Gen.Elements(_changes.ToArray())
        from ruleDays in Gen.Choose(0, 6).NonEmptyListOf()
        from starts in Gen.Choose(0, 95).ListOf(7)
        from lengths in Gen.Choose(1, 95).ListOf(7)
        from slot in Gen.Elements(5, 10, 15, 20, 30, 45, 60, 90, 240)
        from pause in Gen.Elements(0, 0, 5, 10, 15)
        from notice in Gen.Elements(0, 0, 30, 24 * 60)
        from nowHours in Gen.Choose(-100, 10)
        from busy in (from at in Gen.Choose(-72 * 12, 72 * 12) from fives in Gen.Choose(1, 48) select (at, fives)).ListOf()
        from dayOff in Gen.Choose(-2, 8)
        let day = ZonedTimes.ToLocal(change.At, change.Zone).Date
        let rules = ruleDays.Distinct().Select((weekday, i) => Rule((DayOfWeek)weekday, starts[i % 7], lengths[i % 7])).ToList()
        select new Situation(
            new WorkingHours
            {
                TimeZone = change.Zone,
                SlotMinutes = slot,
                BufferAfterMinutes = pause,
                MinimumNoticeMinutes = notice,
                HorizonDays = 730,
                Rules = Apart(rules),
                Exceptions = dayOff > 2 ? [] : [new SpecialDays(ExceptionKind.DayOff, day.AddDays(dayOff), day.AddDays(dayOff))],
            },
            new Span(change.At.AddDays(-3), change.At.AddDays(3)),
            [.. busy.Select(b => new Span(change.At.AddMinutes(b.at * 5), change.At.AddMinutes((b.at + b.fives) * 5)))],
            change.At.AddHours(nowHours),
            QuietDayAfter(change.Zone, day));

    private static WeeklyHours Rule(DayOfWeek weekday, int start, int length) => new(
        weekday, TimeOnly.MinValue.AddMinutes(start * 15), TimeOnly.MinValue.AddMinutes((start + length) % 96 * 15));

    // Hours that overlap are refused when a schedule is set.
    private static List<WeeklyHours> Apart(List<WeeklyHours> rules)
    {
        var kept = new List<WeeklyHours>();
        foreach (var rule in rules)
        {
            var tried = kept.Append(rule).ToList();
            if (!Wall.OverlapInTheWeek(tried))
            {
                kept.Add(rule);
            }
        }

        return kept;
    }

    private static DateOnly QuietDayAfter(string zone, DateOnly day)
    {
        do
        {
            day = day.AddDays(1);
        }
        while (ZonedTimes.ClockChanges(ZonedTimes.Day(day, zone).From.AddDays(-1), ZonedTimes.Day(day, zone).To.AddDays(1), zone));
        return day;
    }

    private static IReadOnlyList<ListedSlot> Find(WorkingHours hours, Span stretch, IReadOnlyList<Span> busy, DateTimeOffset now) =>
        SlotFinder.Find(hours, stretch, new TakenTime([], busy, new Dictionary<DateOnly, int>()), now);

    private static WeeklyHours[] EveryDay(TimeOnly start, TimeOnly end) => [.. Enum.GetValues<DayOfWeek>().Select(d => new WeeklyHours(d, start, end))];

    private static bool Exists(DateOnly day, string zone) => ZonedTimes.Day(day, zone) is var (from, to) && to > from;

    private static IEnumerable<(string Zone, DateTimeOffset At)> Changes()
    {
        var (from, until) = (Instant.FromUtc(2024, 1, 1, 0, 0), Instant.FromUtc(2031, 1, 1, 0, 0));
        foreach (var id in DateTimeZoneProviders.Tzdb.Ids)
        {
            var changes = DateTimeZoneProviders.Tzdb[id].GetZoneIntervals(from, until).Skip(1).Select(i => i.Start.ToDateTimeOffset()).ToList();
            foreach (var at in changes.DefaultIfEmpty(from.ToDateTimeOffset().AddDays(100)))
            {
                yield return (id, at);
            }
        }
    }

    private sealed record Situation(WorkingHours Hours, Span Stretch, IReadOnlyList<Span> Busy, DateTimeOffset Now, DateOnly QuietDay);
}
