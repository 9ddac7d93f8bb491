using Careline.Notifications.Contracts;

namespace Careline.Tests.Notifications;

public sealed class ReaderTests
{
    private static readonly Reader _anybody = new() { AccountId = Guid.CreateVersion7(), Email = "a@example.test", Phone = "+2348012345678" };

    [Theory]
    [InlineData("21:59", null)]
    [InlineData("22:00", "2026-03-02T06:00:00Z")]
    [InlineData("23:30", "2026-03-02T06:00:00Z")]
    public void Quiet_hours_over_midnight_begin_in_the_evening_and_end_in_the_morning(string local, string? until) =>
        QuietUntil("Africa/Lagos", $"2026-03-01T{local}:00+01:00", "22:00", "07:00").ShouldBe(until is null ? null : At(until));

    [Fact]
    public void The_morning_belongs_to_the_evening_before() =>
        QuietUntil("Africa/Lagos", "2026-03-02T06:59:59+01:00", "22:00", "07:00").ShouldBe(At("2026-03-02T06:00:00Z"));

    [Fact]
    public void They_are_by_the_clock_of_the_readers_zone_across_its_changes()
    {
        // On 2026-03-08 New York's clock skips from 02:00 to 03:00, on 2026-11-01 it shows 01:00 to 02:00 twice.
        QuietUntil("America/New_York", "2026-03-08T06:30:00Z", "22:00", "07:00").ShouldBe(At("2026-03-08T11:00:00Z"));
        QuietUntil("America/New_York", "2026-03-08T06:30:00Z", "22:00", "02:30").ShouldBe(At("2026-03-08T07:00:00Z"));
        QuietUntil("America/New_York", "2026-11-01T06:30:00Z", "22:00", "07:00").ShouldBe(At("2026-11-01T12:00:00Z"));
    }

    [Fact]
    public void A_reader_without_a_zone_is_left_in_peace_by_the_practices_clock()
    {
        var reader = _anybody with { Quiet = (new TimeOnly(22, 0), new TimeOnly(7, 0)) };

        reader.QuietAt(At("2026-03-01T22:30:00Z"), "Africa/Lagos").ShouldNotBeNull();
        reader.QuietAt(At("2026-03-01T22:30:00Z"), "America/New_York").ShouldBeNull();
        _anybody.QuietAt(At("2026-03-01T22:30:00Z"), "UTC").ShouldBeNull();
    }

    [Fact]
    public void Channels_are_the_usual_ones_unless_chosen_otherwise()
    {
        NoticeChannel[] usual = [NoticeChannel.InApp, NoticeChannel.Email];
        var choosy = _anybody with
        {
            HasDevice = true,
            Choices = new Dictionary<(NoticeCategory, NoticeChannel), bool>
            {
                [(NoticeCategory.Reminder, NoticeChannel.Email)] = false,
                [(NoticeCategory.Reminder, NoticeChannel.Sms)] = true,
                [(NoticeCategory.Security, NoticeChannel.Email)] = false,
            },
        };

        _anybody.ChannelsFor(NoticeCategory.Reminder).ShouldBe(usual);
        (_anybody with { Email = null }).ChannelsFor(NoticeCategory.Reminder).ShouldBe([NoticeChannel.InApp, NoticeChannel.Sms]);
        (_anybody with { AccountId = null }).ChannelsFor(NoticeCategory.Reminder).ShouldBe([NoticeChannel.Email]);
        choosy.ChannelsFor(NoticeCategory.Reminder).ShouldBe([NoticeChannel.InApp, NoticeChannel.Sms, NoticeChannel.Push]);
        choosy.ChannelsFor(NoticeCategory.Security).ShouldBe([NoticeChannel.InApp, NoticeChannel.Email, NoticeChannel.Push]);
    }

    [Theory]
    [InlineData("2026-12-03T09:00:00Z", "Africa/Lagos", "2026-12-03 10:00 (Africa/Lagos, UTC+01:00)")]
    [InlineData("2026-12-03T02:00:00Z", "America/St_Johns", "2026-12-02 22:30 (America/St_Johns, UTC-03:30)")]
    public void A_time_is_written_so_that_it_means_the_same_to_everybody(string at, string zone, string said) => WallClock.Say(At(at), zone).ShouldBe(said);

    private static DateTimeOffset? QuietUntil(string zone, string at, string from, string until) =>
        (_anybody with { TimeZone = zone, Quiet = (TimeOnly.Parse(from, null), TimeOnly.Parse(until, null)) }).QuietAt(At(at), "UTC")?.Until;

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, null).ToUniversalTime();
}
