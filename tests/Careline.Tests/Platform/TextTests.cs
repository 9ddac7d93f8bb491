using Careline.Platform.Data;
using Careline.Platform.Time;

namespace Careline.Tests.Platform;

public sealed class TextTests
{
    public enum Kind
    {
        General,
        FollowUp,
        NoShow,
    }

    [Theory]
    [InlineData("general", Kind.General)]
    [InlineData("GENERAL", Kind.General)]
    [InlineData("follow_up", Kind.FollowUp)]
    [InlineData("Follow-Up", Kind.FollowUp)]
    [InlineData("follow up", Kind.FollowUp)]
    [InlineData(" no_show ", Kind.NoShow)]
    [InlineData("followup", null)]
    [InlineData("FollowUp", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    [InlineData("0", null)]
    [InlineData("general,no_show", null)]
    [InlineData("no__show", null)]
    public void An_enumeration_is_read_as_people_write_it(string? text, Kind? expected) =>
        (EnumText<Kind>.TryParse(text, out var value) ? value : (Kind?)null).ShouldBe(expected);

    [Fact]
    public void An_enumeration_is_written_in_one_way()
    {
        EnumText<Kind>.All.ShouldBe(["general", "follow_up", "no_show"]);
        EnumText<Kind>.Display(Kind.FollowUp).ShouldBe("Follow Up");
        Enum.GetValues<Kind>().Where(k => EnumText<Kind>.TryParse(EnumText<Kind>.Of(k), out var back) && back == k).ShouldBe(Enum.GetValues<Kind>());
    }

    [Theory]
    [InlineData("StartTime", "start_time")]
    [InlineData("Id", "id")]
    [InlineData("UserId", "user_id")]
    [InlineData("Rules[0].StartTime", "rules[0].start_time")]
    [InlineData("Location.Latitude", "location.latitude")]
    [InlineData("", "")]
    public void A_name_is_spelled_in_snake_case(string name, string expected) => SnakeCase.OfPath(name).ShouldBe(expected);

    [Theory]
    [InlineData("Africa/Lagos", "2030-01-31", "09:00", "2030-01-31T08:00:00Z")]
    [InlineData("UTC", "2030-01-31", "00:00", "2030-01-31T00:00:00Z")]
    [InlineData("Asia/Kathmandu", "2030-01-31", "05:45", "2030-01-31T00:00:00Z")]
    [InlineData("America/New_York", "2030-07-01", "20:00", "2030-07-02T00:00:00Z")]
    [InlineData("Europe/Berlin", "2030-03-31", "01:59", "2030-03-31T00:59:00Z")]
    [InlineData("Europe/Berlin", "2030-03-31", "02:00", null)]
    [InlineData("Europe/Berlin", "2030-03-31", "02:59", null)]
    [InlineData("Europe/Berlin", "2030-03-31", "03:00", "2030-03-31T01:00:00Z")]
    [InlineData("Europe/Berlin", "2030-10-27", "02:30", "2030-10-27T00:30:00Z")]
    [InlineData("Europe/Berlin", "2030-10-27", "03:00", "2030-10-27T02:00:00Z")]
    [InlineData("America/Sao_Paulo", "2018-11-04", "00:30", null)]
    [InlineData("Australia/Lord_Howe", "2030-10-06", "02:15", null)]
    [InlineData("Australia/Lord_Howe", "2030-10-06", "02:30", "2030-10-05T15:30:00Z")]
    [InlineData("Pacific/Apia", "2011-12-30", "12:00", null)]
    public void A_wall_clock_time_is_one_instant_or_none(string zone, string date, string time, string? expected)
    {
        var instant = ZonedTimes.ToInstant(DateOnly.Parse(date, null), TimeOnly.Parse(time, null), zone);

        instant.ShouldBe(expected is null ? null : DateTimeOffset.Parse(expected, null));
        if (instant is { } at)
        {
            ZonedTimes.ToLocal(at, zone).ShouldBe((DateOnly.Parse(date, null), TimeOnly.Parse(time, null)));
        }
    }

    [Theory]
    [InlineData("UTC", "2030-01-31", 24, "2030-01-31T00:00:00Z")]
    [InlineData("Europe/Berlin", "2030-03-31", 23, "2030-03-30T23:00:00Z")]
    [InlineData("Europe/Berlin", "2030-10-27", 25, "2030-10-26T22:00:00Z")]
    [InlineData("America/Sao_Paulo", "2018-11-04", 23, "2018-11-04T03:00:00Z")]
    [InlineData("Pacific/Apia", "2011-12-30", 0, "2011-12-30T10:00:00Z")]
    [InlineData("Pacific/Apia", "2011-12-29", 24, "2011-12-29T10:00:00Z")]
    public void A_local_day_is_as_long_as_its_clocks_make_it(string zone, string date, double hours, string from)
    {
        var day = ZonedTimes.Day(DateOnly.Parse(date, null), zone);

        day.From.ShouldBe(DateTimeOffset.Parse(from, null));
        (day.To - day.From).TotalHours.ShouldBe(hours);
    }

    [Theory]
    [InlineData("Africa/Lagos", true)]
    [InlineData("Mars/Olympus", false)]
    [InlineData("", false)]
    [InlineData("africa/lagos", false)]
    public void A_zone_is_known_by_its_name(string zone, bool expected) => ZonedTimes.IsKnown(zone).ShouldBe(expected);
}
