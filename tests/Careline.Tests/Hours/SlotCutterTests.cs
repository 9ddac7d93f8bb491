using System.Globalization;
using Careline.Hours.Contracts;
using Careline.Platform.Time;
using Careline.Platform.Web;

namespace Careline.Tests.Hours;

public sealed class SlotCutterTests
{
    // New York changes on 2027-03-14 02:00 and 2027-11-07 02:00, London on 2027-03-28 01:00 and 2027-10-31 02:00, Lord Howe by half an hour
    // on 2027-10-03 02:00 (to 02:30) and 2027-04-04 02:00 (back to 01:30).
    [Theory]
    [InlineData("UTC", "2027-03-14", "01:00", "04:00", "01:00 01:30 02:00 02:30 03:00 03:30")]
    [InlineData("America/New_York", "2027-03-14", "01:00", "04:00", "01:00 01:30 03:00 03:30")]
    [InlineData("America/New_York", "2027-11-07", "00:30", "02:30", "00:30 01:00 01:30 01:00 01:30 02:00")]
    [InlineData("Europe/London", "2027-03-28", "00:30", "03:00", "00:30 02:00 02:30")]
    [InlineData("Europe/London", "2027-10-31", "00:30", "02:30", "00:30 01:00 01:30 01:00 01:30 02:00")]
    [InlineData("Australia/Lord_Howe", "2027-10-03", "01:30", "03:30", "01:30 02:30 03:00")]
    [InlineData("Australia/Lord_Howe", "2027-04-04", "01:00", "02:30", "01:00 01:30 01:30 02:00")]
    [InlineData("Africa/Lagos", "2028-02-29", "09:00", "10:00", "09:00 09:30")]
    [InlineData("Asia/Kathmandu", "2027-12-31", "22:30", "23:59", "22:30 23:00")]
    [InlineData("UTC", "2027-05-01", "09:00", "09:20", "")]
    public void Hours_are_cut_into_whole_slots_of_real_time(string zone, string day, string start, string end, string expected)
    {
        var (slots, impossible) = SlotCutter.Cut(Plan(zone, day, start, end));

        string.Join(' ', slots.Select(s => ZonedTimes.ToLocal(s.Start, zone).Time.ToString("HH:mm", CultureInfo.InvariantCulture))).ShouldBe(expected);
        slots.ShouldAllBe(s => s.End - s.Start == TimeSpan.FromMinutes(30));
        slots.Zip(slots.Skip(1)).ShouldAllBe(p => p.First.End <= p.Second.Start);
        impossible.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("America/New_York", "2027-03-14", "02:30", "06:00")]
    [InlineData("America/New_York", "2027-03-14", "01:00", "02:30")]
    [InlineData("Europe/London", "2027-03-28", "01:00", "03:00")]
    [InlineData("Australia/Lord_Howe", "2027-10-03", "02:15", "04:00")]
    public void A_day_whose_hours_a_clock_change_skips_is_left_out_and_named(string zone, string day, string start, string end)
    {
        var (slots, impossible) = SlotCutter.Cut(Plan(zone, day, start, end));

        slots.ShouldBeEmpty();
        impossible.ShouldBe([Date(day)]);
    }

    [Fact]
    public void Breaks_lie_between_slots_and_only_the_named_weekdays_are_cut()
    {
        var plan = Plan("UTC", "2027-12-27", "09:00", "10:00") with
        {
            To = Date("2028-01-09"),
            Weekdays = [DayOfWeek.Monday, DayOfWeek.Saturday],
            SlotMinutes = 20,
            BreakMinutes = 10,
        };

        var (slots, _) = SlotCutter.Cut(plan);

        slots.Select(s => s.Start.ToString("MM-dd HH:mm", CultureInfo.InvariantCulture)).ShouldBe(
        [
            "12-27 09:00", "12-27 09:30", "01-01 09:00", "01-01 09:30", "01-03 09:00", "01-03 09:30", "01-08 09:00", "01-08 09:30",
        ]);
    }

    [Theory]
    [InlineData("America/New_York", "2027-11-07", "01:30", "2027-11-07T05:30:00Z")]
    [InlineData("Europe/London", "2027-10-31", "01:30", "2027-10-31T00:30:00Z")]
    [InlineData("Australia/Lord_Howe", "2027-04-04", "01:45", "2027-04-03T14:45:00Z")]
    public void A_repeated_wall_clock_time_means_the_first(string zone, string day, string start, string expected) =>
        Span.OfWallClock(Date(day), Time(start), new TimeOnly(5, 0), zone).Start.ShouldBe(DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("America/New_York", "2027-03-14", "02:30", "05:00", "start_time")]
    [InlineData("America/New_York", "2027-03-14", "01:30", "02:30", "end_time")]
    [InlineData("UTC", "2027-03-14", "10:00", "10:00", "end_time")]
    [InlineData("UTC", "2027-03-14", "23:30", "00:30", "end_time")]
    public void A_time_that_does_not_exist_or_an_end_not_after_the_start_is_refused_by_field(
        string zone, string day, string start, string end, string field) =>
        Should.Throw<InvalidInput>(() => Span.OfWallClock(Date(day), Time(start), Time(end), zone)).Errors.Keys.ShouldBe([field]);

    private static CuttingPlan Plan(string zone, string day, string start, string end) => new(Date(day), Date(day), Time(start), Time(end), zone);

    private static DateOnly Date(string text) => DateOnly.Parse(text, CultureInfo.InvariantCulture);

    private static TimeOnly Time(string text) => TimeOnly.Parse(text, CultureInfo.InvariantCulture);
}
