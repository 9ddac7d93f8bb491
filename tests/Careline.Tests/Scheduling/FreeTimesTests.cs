using System.Globalization;
using Careline.Hours.Contracts;
using Careline.Scheduling.Appointments;
using Careline.Scheduling.Listings;
using Careline.Scheduling.Slots;

namespace Careline.Tests.Scheduling;

public sealed class FreeTimesTests
{
    private static readonly DateTimeOffset _nine = new(2027, 5, 3, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("", "12345678")]
    [InlineData("0-30", "2345678")]
    [InlineData("15-45", "345678")]
    [InlineData("30-60,90-120", "135678")]
    [InlineData("-60-0", "12345678")]
    [InlineData("-60-1", "2345678")]
    [InlineData("-600-600", "")]
    public void A_slot_is_available_when_nothing_overlaps_it(string busy, string expected)
    {
        var slots = Enumerable.Range(0, 8).Select(i => Slot(i)).ToList();
        var spans = busy.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Parse).ToList();

        var marked = DoctorCalendar.Mark(slots, spans, _nine.AddMinutes(-1));

        string.Concat(marked.Select((s, i) => s.IsAvailable ? $"{i + 1}" : "")).ShouldBe(expected);
    }

    [Fact]
    public void A_slot_that_has_begun_is_not_available() =>
        DoctorCalendar.Mark([Slot(0), Slot(1)], [], _nine).Select(s => s.IsAvailable).ShouldBe([false, true]);

    [Theory]
    [InlineData("60", "0 30 90 120", "30 90 0")]
    [InlineData("60", "0", "0")]
    [InlineData("60", "", "")]
    [InlineData("0", "30 60 1440 2880", "30 60 1440")]
    public void The_nearest_three_are_offered_the_earlier_of_two_first(string wanted, string free, string expected)
    {
        var nearest = NearestTimes.Nearest(At(wanted), free.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(At));

        string.Join(' ', nearest.Select(n => (n - _nine).TotalMinutes.ToString(CultureInfo.InvariantCulture))).ShouldBe(expected);
    }

    [Fact]
    public void The_first_free_start_of_each_local_day_is_listed()
    {
        DateTimeOffset[] free = [_nine.AddHours(5), _nine.AddHours(6), _nine.AddHours(7.5), _nine.AddDays(2)];

        // Kiritimati is fourteen hours ahead: 14:00 UTC is already the next day there, and so is 10:00 UTC.
        RefreshListings.ByDay(free.Select(f => FreeTimeOf(f, "UTC"))).Select(d => (d.Day.Day, d.FirstFreeAt)).ShouldBe([(3, free[0]), (5, free[3])]);
        RefreshListings.ByDay(free.Prepend(_nine).Select(f => FreeTimeOf(f, "Pacific/Kiritimati"))).Select(d => (d.Day.Day, d.FirstFreeAt))
            .ShouldBe([(3, _nine), (4, free[0]), (5, free[3])]);
    }

    [Theory]
    [InlineData("00:00", "Morning")]
    [InlineData("11:59", "Morning")]
    [InlineData("12:00", "Afternoon")]
    [InlineData("16:59", "Afternoon")]
    [InlineData("17:00", "Evening")]
    [InlineData("23:59", "Evening")]
    public void A_day_has_three_parts(string start, string part) =>
        ListSlots.PartOf(TimeOnly.Parse(start, CultureInfo.InvariantCulture)).ToString().ShouldBe(part);

    private static FreeTime FreeTimeOf(DateTimeOffset start, string zone) => new() { Start = start, TimeZone = zone };

    private static ListedSlot Slot(int i) => new(Guid.Empty, new Span(_nine.AddMinutes(30 * i), _nine.AddMinutes((30 * i) + 30)), null, 1, false);

    private static Span Parse(string text)
    {
        var dash = text.IndexOf('-', 1);
        return new Span(At(text[..dash]), At(text[(dash + 1)..]));
    }

    private static DateTimeOffset At(string minutes) => _nine.AddMinutes(double.Parse(minutes, CultureInfo.InvariantCulture));
}
