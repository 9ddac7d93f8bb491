using System.Globalization;
using Careline.Doctors.Contracts;
using Careline.Hours.Contracts;
using Careline.Platform.Time;
using Careline.Scheduling.Availability;
using Careline.Scheduling.Slots;

namespace Careline.Tests.Scheduling;

/// <summary>Which times there are: hours, exceptions, pauses, limits and what is taken, by example. Properties over all zones are in SlotFinderPropertyTests.</summary>
public sealed class SlotFinderTests
{
    private static readonly DateTimeOffset _now = new(2027, 1, 4, 6, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("Europe/London", "2027-03-28")]
    [InlineData("Europe/London", "2027-10-31")]
    [InlineData("America/New_York", "2027-03-14")]
    [InlineData("America/New_York", "2027-11-07")]
    [InlineData("Australia/Lord_Howe", "2027-04-04")]
    [InlineData("Africa/Cairo", "2027-04-30")]
    public void Weekly_rule_at_0900_stays_0900_across_both_transitions_and_a_one_slot_a_week_doctor_is_bookable_on_the_day(string zone, string change)
    {
        var day = Date(change);
        var hours = Hours(zone, new WeeklyHours(day.DayOfWeek, new TimeOnly(9, 0), new TimeOnly(9, 30)));

        var found = Find(hours, day.AddDays(-14), day.AddDays(15), ZonedTimes.Day(day.AddDays(-20), zone).From);

        found.Count.ShouldBe(5);
        found.ShouldAllBe(s => s.IsAvailable && ZonedTimes.ToLocal(s.Span.Start, zone).Time == new TimeOnly(9, 0));
    }

    [Theory]
    [InlineData("America/New_York", "2027-03-14", 46)]
    [InlineData("America/New_York", "2027-03-15", 48)]
    [InlineData("America/New_York", "2027-11-07", 50)]
    [InlineData("Australia/Lord_Howe", "2027-10-03", 47)]
    [InlineData("Africa/Cairo", "2027-04-30", 46)]
    [InlineData("Asia/Kathmandu", "2027-04-30", 48)]
    public void Days_of_23_and_25_hours_have_the_times_that_fit_into_them(string zone, string day, int expected)
    {
        var hours = Hours(zone, new WeeklyHours(Date(day).DayOfWeek, TimeOnly.MinValue, TimeOnly.MinValue));

        Find(hours, Date(day), Date(day), _now).Count.ShouldBe(expected);
    }

    [Theory]
    [InlineData("01:00", "04:00", "2027-03-14", "01:00 01:30 03:00 03:30")]
    [InlineData("02:30", "04:00", "2027-03-14", "03:00 03:30")]
    [InlineData("00:00", "02:30", "2027-03-14", "00:00 00:30 01:00 01:30")]
    [InlineData("02:00", "02:30", "2027-03-14", "")]
    [InlineData("00:30", "02:30", "2027-11-07", "00:30 01:00 01:30 01:00 01:30 02:00")]
    [InlineData("01:30", "02:30", "2027-11-07", "01:30 01:30 02:00")]
    [InlineData("00:30", "01:30", "2027-11-07", "00:30 01:00")]
    public void Skipped_bounds_are_the_moment_of_the_change_and_repeated_ones_mean_the_first(string start, string end, string day, string expected)
    {
        const string Zone = "America/New_York";
        var hours = Hours(Zone, new WeeklyHours(DayOfWeek.Sunday, Time(start), Time(end)));

        Texts(Find(hours, Date(day), Date(day), _now), Zone).ShouldBe(expected);
    }

    [Fact]
    public void Shift_2230_to_0200_offers_a_2330_to_0030_visit_and_the_next_days_closure_is_still_honoured()
    {
        var day = Date("2027-02-01");
        var shift = new WeeklyHours(day.DayOfWeek, new TimeOnly(22, 30), new TimeOnly(2, 0));
        var hours = Hours("Africa/Lagos", shift) with { SlotMinutes = 60 };
        var closedNextDay = hours with { Exceptions = [new SpecialDays(ExceptionKind.DayOff, day.AddDays(1), day.AddDays(1))] };
        var closedThatDay = hours with { Exceptions = [new SpecialDays(ExceptionKind.DayOff, day, day)] };

        Texts(Find(hours, day, day.AddDays(1), _now), "Africa/Lagos").ShouldBe("22:30 23:30 00:30");
        Texts(Find(hours, day.AddDays(1), day.AddDays(1), _now), "Africa/Lagos").ShouldBe("00:30");
        Texts(Find(closedNextDay, day, day.AddDays(1), _now), "Africa/Lagos").ShouldBe("22:30");
        Find(closedThatDay, day, day.AddDays(1), _now).ShouldBeEmpty();
    }

    [Fact]
    public void Part_of_a_day_off_takes_its_hours_and_extra_hours_come_before_the_weekly_ones()
    {
        var day = Date("2027-02-01");
        var hours = Hours("UTC", new WeeklyHours(day.DayOfWeek, new TimeOnly(9, 0), new TimeOnly(12, 0)));

        Texts(Find(hours with { Exceptions = [new(ExceptionKind.DayOff, day, day, new(9, 45), new(10, 30))] }, day, day, _now), "UTC").ShouldBe("09:00 10:30 11:00 11:30");
        Texts(Find(hours with { Exceptions = [new(ExceptionKind.ExtraDay, day, day, new(8, 15), new(9, 15))] }, day, day, _now), "UTC")
            .ShouldBe("08:15 08:45 09:30 10:00 10:30 11:00 11:30");
        Texts(Find(hours with { Exceptions = [new(ExceptionKind.ExtraDay, day.AddDays(1), day.AddDays(2), new(8, 0), new(9, 0))] }, day.AddDays(1), day.AddDays(3), _now), "UTC")
            .ShouldBe("08:00 08:30 08:00 08:30");
    }

    [Fact]
    public void Pauses_lie_between_computed_times_and_around_every_visit()
    {
        var day = Date("2027-02-01");
        var hours = Hours("UTC", new WeeklyHours(day.DayOfWeek, new TimeOnly(9, 0), new TimeOnly(12, 0))) with { BufferBeforeMinutes = 5, BufferAfterMinutes = 10 };

        Texts(Find(hours, day, day, _now), "UTC").ShouldBe("09:00 09:45 10:30 11:15");
        Free(Find(hours, day, day, _now, Busy("2027-02-01T09:45Z", 30)), "UTC").ShouldBe("09:00 10:30 11:15");
        Free(Find(hours, day, day, _now, Busy("2027-02-01T09:40Z", 30)), "UTC").ShouldBe("10:30 11:15");
    }

    [Fact]
    public void Explicit_times_stand_beside_computed_ones_and_leave_no_room_for_those_they_overlap()
    {
        var day = Date("2027-02-01");
        var hours = Hours("UTC", new WeeklyHours(day.DayOfWeek, new TimeOnly(9, 0), new TimeOnly(11, 0)));
        var slot = new ListedSlot(Guid.CreateVersion7(), Busy("2027-02-01T09:20Z", 15), null, 1, false);

        var found = SlotFinder.Find(hours, Whole(day, "UTC"), new TakenTime([slot], [], new Dictionary<DateOnly, int>()), _now);

        Texts(found, "UTC").ShouldBe("09:20 10:00 10:30");
        found[0].Id.ShouldBe(slot.Id);
    }

    [Fact]
    public void Notice_horizon_and_a_full_day_keep_times_from_being_booked()
    {
        var day = Date("2027-01-04");
        WeeklyHours[] week = [.. Enum.GetValues<DayOfWeek>().Select(d => new VisitHours(d, new TimeOnly(6, 0), new TimeOnly(8, 0), null, Modality.Audio))];
        var hours = new WorkingHours { TimeZone = "UTC", Rules = week, MinimumNoticeMinutes = 60, HorizonDays = 2, DailyLimit = 3 };
        var taken = new TakenTime([], [], new Dictionary<DateOnly, int> { [day.AddDays(1)] = 3, [day.AddDays(2)] = 2 });

        var found = SlotFinder.Find(hours, new Span(_now, _now.AddDays(10)), taken, _now);

        found.Where(s => s.IsAvailable).Select(s => s.Span.Start.ToString("dd HH:mm", CultureInfo.InvariantCulture))
            .ShouldBe(["04 07:00", "04 07:30", "06 06:00", "06 06:30", "06 07:00", "06 07:30"]);
        found.Select(s => s.Obstacle).Distinct().ShouldBe([Obstacle.Passed, Obstacle.TooSoon, Obstacle.None, Obstacle.DayIsFull]);
        found.ShouldAllBe(s => s.Modality == Modality.Audio);
        found[^1].Span.Start.Day.ShouldBe(6);
    }

    [Fact]
    public void Minimum_notice_landing_on_a_transition_day_is_of_real_time()
    {
        // Saturday evening in New York; the clock is put forward at 02:00. Twelve real hours later it shows 09:00 and not 08:00.
        var saturday = new DateTimeOffset(2027, 3, 14, 1, 0, 0, TimeSpan.Zero);
        var hours = Hours("America/New_York", new WeeklyHours(DayOfWeek.Sunday, new TimeOnly(8, 0), new TimeOnly(10, 0))) with { MinimumNoticeMinutes = 12 * 60 };

        Free(Find(hours, Date("2027-03-14"), Date("2027-03-14"), saturday), "America/New_York").ShouldBe("09:00 09:30");
    }

    [Theory]
    [InlineData("monday 09:00-12:00, monday 12:00-13:00", false)]
    [InlineData("monday 09:00-12:00, monday 11:59-13:00", true)]
    [InlineData("monday 22:00-02:00, tuesday 01:00-03:00", true)]
    [InlineData("monday 22:00-02:00, tuesday 02:00-03:00", false)]
    [InlineData("sunday 22:00-02:00, monday 01:30-03:00", true)]
    [InlineData("sunday 22:00-02:00, monday 02:00-03:00", false)]
    [InlineData("monday 00:00-00:00, tuesday 00:00-00:00", false)]
    public void Hours_of_the_week_are_seen_to_overlap_also_over_midnight_and_over_sunday(string rules, bool overlap)
    {
        var parsed = rules.Split(", ").Select(text => text.Split(' ', '-'))
            .Select(p => new WeeklyHours(Enum.Parse<DayOfWeek>(p[0], ignoreCase: true), Time(p[1]), Time(p[2]))).ToList();

        Wall.OverlapInTheWeek(parsed).ShouldBe(overlap);
    }

    [Fact]
    public void A_computed_times_id_is_short_and_finds_it_again_and_nothing_else_is_one()
    {
        var time = new ComputedTime(Guid.CreateVersion7(), Busy("2027-02-01T09:20Z", 45));
        var id = time.ToString();

        id.Length.ShouldBeLessThan(64);
        ComputedTime.Parse(id).ShouldBe(time);
        Guid.TryParse(id, out _).ShouldBeFalse();
        foreach (var other in new[] { "", "T", id + "A", id[..^1], id.ToLowerInvariant()[..1] + id[1..], id + "=", " " + id, "T" + new string('_', 30), Guid.Empty.ToString() })
        {
            ComputedTime.Parse(other).ShouldBeNull(other);
        }
    }

    private static WorkingHours Hours(string zone, params WeeklyHours[] rules) => new() { TimeZone = zone, Rules = rules, HorizonDays = 730 };

    private static IReadOnlyList<ListedSlot> Find(WorkingHours hours, DateOnly from, DateOnly to, DateTimeOffset now, params Span[] busy) => SlotFinder.Find(
        hours, new Span(Whole(from, hours.TimeZone).Start, Whole(to, hours.TimeZone).End), new TakenTime([], busy, new Dictionary<DateOnly, int>()), now);

    private static Span Whole(DateOnly day, string zone)
    {
        var (from, to) = ZonedTimes.Day(day, zone);
        return new Span(from, to);
    }

    private static string Texts(IEnumerable<ListedSlot> slots, string zone) =>
        string.Join(' ', slots.Select(s => ZonedTimes.ToLocal(s.Span.Start, zone).Time.ToString("HH:mm", CultureInfo.InvariantCulture)));

    private static string Free(IEnumerable<ListedSlot> slots, string zone) => Texts(slots.Where(s => s.IsAvailable), zone);

    private static Span Busy(string start, int minutes)
    {
        var from = DateTimeOffset.Parse(start, CultureInfo.InvariantCulture);
        return new Span(from, from.AddMinutes(minutes));
    }

    private static DateOnly Date(string text) => DateOnly.Parse(text, CultureInfo.InvariantCulture);

    private static TimeOnly Time(string text) => TimeOnly.Parse(text, CultureInfo.InvariantCulture);
}
