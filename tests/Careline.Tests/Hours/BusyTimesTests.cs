using System.Globalization;
using Careline.Hours.Contracts;
using Careline.Hours.Contracts.ICalendar;

namespace Careline.Tests.Hours;

public sealed class BusyTimesTests
{
    private const string Lagos = "Africa/Lagos";

    private static readonly Span _march = new(At("2027-03-01T00:00Z"), At("2027-04-12T00:00Z"));

    [Theory]
    [InlineData("once", "DTSTART:20270302T090000Z\nDTEND:20270302T100000Z", "03-02T09:00/60")]
    [InlineData("floating is the doctor's", "DTSTART:20270302T090000\nDTEND:20270302T100000", "03-02T08:00/60")]
    [InlineData("a zone", "DTSTART;TZID=Europe/Paris:20270302T090000\nDURATION:PT1H30M", "03-02T08:00/90")]
    [InlineData("a zone of Windows", "DTSTART;TZID=\"W. Europe Standard Time\":20270302T090000\nDURATION:PT1H", "03-02T08:00/60")]
    [InlineData("a zone within a name", "DTSTART;TZID=/freeassociation.sourceforge.net/Europe/Paris:20270302T090000\nDURATION:PT1H", "03-02T08:00/60")]
    [InlineData("an unknown zone is the doctor's", "DTSTART;TZID=Mars/Olympus:20270302T090000\nDURATION:PT1H", "03-02T08:00/60")]
    [InlineData("a day", "DTSTART;VALUE=DATE:20270302", "03-01T23:00/1440")]
    [InlineData("two days", "DTSTART;VALUE=DATE:20270302\nDTEND;VALUE=DATE:20270304", "03-01T23:00/2880")]
    [InlineData("no end", "DTSTART:20270302T090000Z", "")]
    [InlineData("free", "DTSTART:20270302T090000Z\nDURATION:PT1H\nTRANSP:TRANSPARENT", "")]
    [InlineData("called off", "DTSTART:20270302T090000Z\nDURATION:PT1H\nSTATUS:CANCELLED", "")]
    [InlineData("our own", "UID:0190@appointment.careline\nDTSTART:20270302T090000Z\nDURATION:PT1H", "")]
    [InlineData("daily by count", "DTSTART:20270302T090000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;INTERVAL=2;COUNT=3", "03-02T09:00/60 03-04T09:00/60 03-06T09:00/60")]
    [InlineData("daily until a moment", "DTSTART:20270302T090000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;UNTIL=20270304T090000Z", "03-02T09:00/60 03-03T09:00/60 03-04T09:00/60")]
    [InlineData("daily until a day", "DTSTART:20270302T090000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;UNTIL=20270303", "03-02T09:00/60 03-03T09:00/60")]
    [InlineData("weekly on two days", "DTSTART:20270302T090000Z\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;BYDAY=TU,TH;COUNT=3", "03-02T09:00/60 03-04T09:00/60 03-09T09:00/60")]
    [InlineData("every second week from Sunday", "DTSTART:20270307T090000Z\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO;WKST=SU;COUNT=4", "03-07T09:00/60 03-08T09:00/60 03-21T09:00/60 03-22T09:00/60")]
    [InlineData("every second week from Monday", "DTSTART:20270307T090000Z\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO;WKST=MO;COUNT=4", "03-07T09:00/60 03-15T09:00/60 03-21T09:00/60 03-29T09:00/60")]
    [InlineData("without some", "DTSTART:20270302T090000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=4\nEXDATE:20270303T090000Z,20270305T090000Z", "03-02T09:00/60 03-04T09:00/60")]
    [InlineData("without a day", "DTSTART:20270302T090000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE;VALUE=DATE:20270303", "03-02T09:00/60 03-04T09:00/60")]
    [InlineData("begun long ago", "DTSTART:20170303T090000Z\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;INTERVAL=4", "03-19T09:00/60")]
    [InlineData("the first Monday", "DTSTART:20260105T090000Z\nDURATION:PT1H\nRRULE:FREQ=MONTHLY;BYDAY=1MO", "03-01T09:00/60 04-05T09:00/60")]
    [InlineData("the last day", "DTSTART:20260131T090000Z\nDURATION:PT1H\nRRULE:FREQ=MONTHLY;BYMONTHDAY=-1", "03-31T09:00/60")]
    [InlineData("a birthday", "DTSTART;VALUE=DATE:19840317\nRRULE:FREQ=YEARLY", "03-16T23:00/1440")]
    [InlineData("further times", "DTSTART:20270302T090000Z\nDURATION:PT1H\nRDATE:20270305T100000Z", "03-02T09:00/60 03-05T10:00/60")]
    [InlineData("09:00 stays 09:00", "DTSTART;TZID=Europe/Paris:20270322T090000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=2", "03-22T08:00/60 03-29T07:00/60")]
    [InlineData("a skipped time", "DTSTART;TZID=Europe/Paris:20270327T023000\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=2", "03-27T01:30/60 03-28T01:00/60")]
    [InlineData("a day of 23 hours", "DTSTART;VALUE=DATE:20270328\nDTEND;VALUE=DATE:20270329", "03-27T23:00/1380", "Europe/Paris")]
    [InlineData("touching ones are one", "DTSTART:20270302T090000Z\nDURATION:PT24H\nRRULE:FREQ=DAILY;COUNT=3", "03-02T09:00/4320")]
    public void What_an_event_takes(string what, string lines, string expected, string zone = Lagos) =>
        Told(BusyTimes.Read(Calendar(lines), zone, "@appointment.careline", _march)).ShouldBe(expected, what);

    [Fact]
    public void Imported_calendar_with_weekly_event_exceptions_all_day_and_zone_crossing_events_blocks_every_occurrence()
    {
        var calendar = Calendar(
            "UID:weekly\nDTSTART;TZID=Europe/Paris:20270301T090000\nDTEND;TZID=Europe/Paris:20270301T100000\nRRULE:FREQ=WEEKLY;COUNT=5\nEXDATE;TZID=Europe/Paris:20270308T090000",
            "UID:weekly\nRECURRENCE-ID;TZID=Europe/Paris:20270315T090000\nDTSTART;TZID=Europe/Paris:20270316T140000\nDURATION:PT1H",
            "UID:weekly\nRECURRENCE-ID;TZID=Europe/Paris:20270322T090000\nDTSTART;TZID=Europe/Paris:20270322T090000\nDURATION:PT1H\nSTATUS:CANCELLED",
            "UID:holiday\nDTSTART;VALUE=DATE:20270310\nDTEND;VALUE=DATE:20270312",
            "UID:flight\nDTSTART;TZID=America/New_York:20270303T223000\nDTEND;TZID=Europe/London:20270304T103000");

        // The series changes with the clock of Paris on 28 March; the doctor's does not.
        Told(BusyTimes.Read(calendar, Lagos, "@appointment.careline", _march))
            .ShouldBe("03-01T08:00/60 03-04T03:30/420 03-09T23:00/2880 03-16T13:00/60 03-29T07:00/60");
    }

    [Theory]
    [InlineData("FREQ=HOURLY")]
    [InlineData("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=1")]
    [InlineData("FREQ=WEEKLY;INTERVAL=0")]
    [InlineData("FREQ=WEEKLY;BYDAY=XX")]
    [InlineData("nonsense")]
    public void What_is_not_understood_is_said_and_its_first_time_counts(string rule)
    {
        var busy = BusyTimes.Read(Calendar($"DTSTART:20270302T090000Z\nDURATION:PT1H\nRRULE:{rule}"), Lagos, "@appointment.careline", _march);

        (Told(busy), busy.NotUnderstood).ShouldBe(("03-02T09:00/60", 1));
    }

    [Fact]
    public void Folded_lines_and_quoted_colons_are_read_as_they_were_meant()
    {
        var text = "\uFEFFBEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nATTENDEE;CN=\"A;B:C\":mailto:x@example.test\r\nDTSTART;TZID=Europe\r\n /Paris:20270302T0\r\n\t90000\r\nDURATION:PT1H\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

        Told(BusyTimes.Read(text, Lagos, "@appointment.careline", _march)).ShouldBe("03-02T08:00/60");
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>Sign in</html>")]
    [InlineData("BEGIN:VEVENT\nEND:VEVENT")]
    public void What_is_no_calendar_is_refused(string text) =>
        Should.Throw<UnusableCalendar>(() => BusyTimes.Read(text, Lagos, "@appointment.careline", _march)).Reason.ShouldBe("not_a_calendar");

    [Fact]
    public void A_calendar_made_to_be_endless_is_given_up()
    {
        var one = "DTSTART:19000101T000000Z\nDURATION:PT1M\nRRULE:FREQ=YEARLY;INTERVAL=1;COUNT=100000";

        Should.Throw<UnusableCalendar>(() => BusyTimes.Read(Calendar([.. Enumerable.Repeat(one, 2000)]), "UTC", "@appointment.careline", _march)).Reason.ShouldBe("too_much");
    }

    private static string Calendar(params string[] events) =>
        $"BEGIN:VCALENDAR\nVERSION:2.0\n{string.Concat(events.Select(e => $"BEGIN:VEVENT\n{e}\nEND:VEVENT\n"))}END:VCALENDAR\n";

    private static string Told(BusyTime busy) => string.Join(' ', busy.Spans.Select(s => string.Create(
        CultureInfo.InvariantCulture, $"{s.Start.UtcDateTime:MM-dd'T'HH:mm}/{(int)(s.End - s.Start).TotalMinutes}")));

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
