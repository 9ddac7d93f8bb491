using System.Globalization;
using Careline.Clinics.Profile;
using Careline.Tests.Doctors;
using Careline.Tests.Files;
using Careline.Tests.Support;

namespace Careline.Tests.Clinics;

public sealed class OpeningHoursTests(SharedApp app) : IClassFixture<SharedApp>
{
    [Theory]
    [InlineData("monday", "09:00", "17:00", "Africa/Lagos", "2026-06-01T08:00:00Z", true)]
    [InlineData("monday", "09:00", "17:00", "Africa/Lagos", "2026-06-01T07:59:59Z", false)]
    [InlineData("monday", "09:00", "17:00", "Africa/Lagos", "2026-06-01T16:00:00Z", false)]
    [InlineData("monday", "22:00", "06:00", "UTC", "2026-06-02T05:59:00Z", true)]
    [InlineData("monday", "22:00", "06:00", "UTC", "2026-06-02T06:00:00Z", false)]
    [InlineData("monday", "00:00", "00:00", "UTC", "2026-06-01T23:59:00Z", true)]
    [InlineData("sunday", "20:00", "04:00", "UTC", "2026-06-01T03:00:00Z", true)]

    // Summer time begins at 01:00 UTC: the clock skips from two to three.
    [InlineData("sunday", "02:30", "04:00", "Europe/Berlin", "2026-03-29T00:59:00Z", false)]
    [InlineData("sunday", "02:30", "04:00", "Europe/Berlin", "2026-03-29T01:00:00Z", true)]
    [InlineData("saturday", "22:00", "06:00", "Europe/Berlin", "2026-03-29T03:59:00Z", true)]
    [InlineData("saturday", "22:00", "06:00", "Europe/Berlin", "2026-03-29T04:00:00Z", false)]

    // Summer time ends at 01:00 UTC: the night has an hour more.
    [InlineData("saturday", "22:00", "06:00", "Europe/Berlin", "2026-10-25T04:59:00Z", true)]
    [InlineData("saturday", "22:00", "06:00", "Europe/Berlin", "2026-10-25T05:00:00Z", false)]
    public void A_clinic_is_open_by_its_own_clock(string weekday, string start, string end, string zone, string at, bool isOpen)
    {
        var hours = new HoursForm(Enum.Parse<DayOfWeek>(weekday, ignoreCase: true), TimeOnly.Parse(start, CultureInfo.InvariantCulture), TimeOnly.Parse(end, CultureInfo.InvariantCulture));

        OpeningPlan.IsOpen(zone, [hours], [], DateTimeOffset.Parse(at, CultureInfo.InvariantCulture)).ShouldBe(isOpen);
    }

    [Fact]
    public void A_closed_day_ends_what_reaches_into_it()
    {
        var nights = Enum.GetValues<DayOfWeek>().Select(d => new HoursForm(d, new(22, 0), new(6, 0))).ToList();
        var closed = new DateOnly(2026, 6, 2);

        OpeningPlan.IsOpen("UTC", nights, [closed], At("2026-06-01T23:00:00Z")).ShouldBeTrue();
        OpeningPlan.IsOpen("UTC", nights, [closed], At("2026-06-02T03:00:00Z")).ShouldBeFalse();
        OpeningPlan.IsOpen("UTC", nights, [closed], At("2026-06-02T23:00:00Z")).ShouldBeFalse();
        OpeningPlan.IsOpen("UTC", nights, [closed], At("2026-06-03T03:00:00Z")).ShouldBeFalse();
    }

    [Fact]
    public async Task The_clinic_says_when_it_is_open_and_everybody_reads_it()
    {
        var clinic = await app.OpenedClinicAsync();
        using var boss = await app.BossAsync(clinic);
        using var nurse = await app.StaffAsync("nurse", clinic);
        using var elsewhere = await app.BossAsync(await app.OpenedClinicAsync("Elsewhere"));
        var path = $"{Running.Path}{clinic}/";
        var always = new { opening_hours = Enum.GetNames<DayOfWeek>().Select(d => new { weekday = d.ToLowerInvariant(), start_time = "00:00", end_time = "00:00" }) };

        (await app.Anonymous.AskAsync(path)).Data.GetProperty("is_open_now").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        (await nurse.PutAsync(path + "opening-hours/", always)).Status.ShouldBe(403);
        (await elsewhere.PutAsync(path + "opening-hours/", always)).Status.ShouldBe(404);
        var set = await boss.PutAsync(path + "opening-hours/", always);
        set.Status.ShouldBe(200, set.Text);

        var read = (await app.Anonymous.AskAsync(path)).Data;
        read.GetProperty("is_open_now").GetBoolean().ShouldBeTrue();
        read.GetProperty("opening_hours").EnumerateArray().Select(h => h.GetProperty("weekday").GetString()).ShouldBe(
            ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]);
        var today = DateOnly.FromDateTime(app.Now.UtcDateTime);
        var closed = new { always.opening_hours, closed_days = new[] { today.AddDays(-1), today, today.AddDays(1) } };
        (await boss.PutAsync(path + "opening-hours/", closed)).Data.GetProperty("is_open_now").GetBoolean().ShouldBeFalse();
        (await boss.PutAsync(path + "opening-hours/", always, ("If-Match", "\"1\""))).Status.ShouldBe(412);
    }

    [Theory]
    [InlineData("""{"opening_hours": [{"weekday": "monday", "start_time": "09:00", "end_time": "12:00"}, {"weekday": "monday", "start_time": "11:00", "end_time": "13:00"}]}""")]
    [InlineData("""{"opening_hours": [{"weekday": "sunday", "start_time": "22:00", "end_time": "06:00"}, {"weekday": "monday", "start_time": "05:00", "end_time": "13:00"}]}""")]
    [InlineData("""{"opening_hours": [{"weekday": "someday", "start_time": "09:00", "end_time": "12:00"}]}""")]
    [InlineData("""{"opening_hours": [{"weekday": "monday", "start_time": "09:00:30", "end_time": "12:00"}]}""")]
    [InlineData("""{"opening_hours": [null]}""")]
    [InlineData("""{"opening_hours": [], "closed_days": ["0001-01-01"]}""")]
    [InlineData("""{"opening_hours": [], "is_verified": true}""")]
    [InlineData("""{}""")]
    public async Task Shapeless_hours_are_refused(string body)
    {
        var clinic = await app.OpenedClinicAsync();
        using var boss = await app.BossAsync(clinic);

        (await boss.PutAsync($"{Running.Path}{clinic}/opening-hours/", body)).Status.ShouldBe(400);
    }

    [Fact]
    public async Task A_clinic_shows_eight_pictures_and_one_of_them_is_its_cover()
    {
        var clinic = await app.OpenedClinicAsync();
        using var boss = await app.BossAsync(clinic);
        using var stranger = await app.DoctorAsync();
        var path = $"{Running.Path}{clinic}/pictures/";

        (await stranger.PostAsync(path, Hall())).Status.ShouldBe(404);
        (await boss.PostAsync(path, CredentialTests.Form(Samples.Text("no picture"), "hall.png", "image/png"))).Status.ShouldBe(415);
        var added = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => boss.PostAsync(path, Hall())));

        added.Count(r => r.Status == 201).ShouldBe(8);
        added.Count(r => r.ErrorCode == "TOO_MANY_PICTURES").ShouldBe(2);
        var rows = (await app.Anonymous.AskAsync(path)).Rows.ToList();
        rows.Select(r => r.GetProperty("is_cover").GetBoolean()).ShouldBe([true, .. Enumerable.Repeat(false, 7)]);
        var second = rows[1].GetProperty("id").GetGuid();
        (await boss.PutAsync($"{path}{second}/cover/", new { })).Status.ShouldBe(200);
        (await app.Anonymous.AskAsync($"{Running.Path}{clinic}/")).Data.GetProperty("cover_url").GetString().ShouldBe($"{path}{second}/");
        using var bytes = await app.Anonymous.GetAsync($"{path}{second}/", TestContext.Current.CancellationToken);
        ((int)bytes.StatusCode, bytes.Content.Headers.ContentType!.MediaType).ShouldBe((200, "image/png"));
        (await boss.DeleteAsync($"{path}{second}/")).Status.ShouldBe(204);
        (await app.Anonymous.AskAsync($"{path}{second}/")).Status.ShouldBe(404);
        (await app.Anonymous.AskAsync(path)).Rows.Count(r => r.GetProperty("is_cover").GetBoolean()).ShouldBe(1);
    }

    [Fact]
    public async Task Pictures_of_a_clinic_that_is_not_public_are_not()
    {
        using var doctor = await app.DoctorAsync();
        var path = $"{Running.Path}{(await doctor.PostAsync(Running.Path, new { name = "Waiting", time_zone = "UTC" })).Id}/pictures/";
        var picture = (await doctor.PostAsync(path, Hall())).Id;

        (await doctor.GetAsync($"{path}{picture}/thumbnail/")).Status.ShouldBe(200);
        (await app.Anonymous.AskAsync(path)).Status.ShouldBe(404);
        (await app.Anonymous.AskAsync($"{path}{picture}/")).Status.ShouldBe(404);
    }

    private static MultipartFormDataContent Hall() => CredentialTests.Form(Samples.Png(), "hall.png", "image/png");

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
