using System.Net;
using System.Text;
using Careline.Hours.Contracts.ICalendar;
using Careline.Scheduling.OutsideCalendars;
using Careline.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Careline.Tests.Scheduling;

/// <summary>The application beside a server on this machine that keeps calendars: only here may it be reached.</summary>
public sealed class AppBesideCalendars(TestCluster cluster) : TestApp(cluster), IAsyncLifetime
{
    private readonly WebApplication _server = Serve();

    /// <summary>What the server answers, by path.</summary>
    internal Dictionary<string, Func<HttpContext, Task>> Calendars { get; } = [];

    internal string At(string path) => _server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + path;

    async ValueTask IAsyncLifetime.InitializeAsync()
    {
        _server.Run(http => Calendars.TryGetValue(http.Request.Path, out var answer) ? answer(http) : NotThereAsync(http));
        await _server.StartAsync();
        await InitializeAsync();
    }

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await DisposeAsync();
        await _server.DisposeAsync();
    }

    protected override void Configure(WebApplicationBuilder builder) => builder.Services.AddSingleton(_ => new CalendarFetch(IPAddress.IsLoopback, Uri.UriSchemeHttp));

    internal void Put(string path, params string[] events) => Calendars[path] = http => http.Response.WriteAsync(
        $"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{string.Concat(events.Select(e => $"BEGIN:VEVENT\r\n{e.Replace("\n", "\r\n", StringComparison.Ordinal)}\r\nEND:VEVENT\r\n"))}END:VCALENDAR\r\n");

    private static Task NotThereAsync(HttpContext http)
    {
        http.Response.StatusCode = 404;
        return Task.CompletedTask;
    }

    private static WebApplication Serve()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        return builder.Build();
    }
}

public sealed class OutsideCalendarTests(AppBesideCalendars app) : IClassFixture<AppBesideCalendars>
{
    private const string Job = "scheduling.read-outside-calendars";

    [Fact]
    public async Task What_a_doctor_has_elsewhere_is_not_offered_and_not_booked()
    {
        using var doctor = await app.BookableDoctorAsync("Africa/Lagos");
        using var patient = await app.PatientAsync();
        await doctor.KeepHoursAsync(doctor.DoctorId);
        var day = app.Day();
        app.Put("/busy.ics", $"UID:1\nDTSTART;TZID=Africa/Lagos:{day:yyyyMMdd}T093000\nDURATION:PT30M\nRRULE:FREQ=DAILY;COUNT=2");
        var before = await app.TimesAsync(doctor.DoctorId, day);

        var id = await AddedAsync(doctor, "/busy.ics");
        await ReadAsync(id);

        (await app.TimesAsync(doctor.DoctorId, day)).ShouldBe(before.Where((_, i) => i != 1));
        (await app.TimesAsync(doctor.DoctorId, day.AddDays(1))).Length.ShouldBe(before.Length - 1);
        (await app.TimesAsync(doctor.DoctorId, day.AddDays(2))).Length.ShouldBe(before.Length);
        (await patient.BookAsync(before[1])).ErrorCode.ShouldBe("SLOT_TAKEN");
        var shown = (await doctor.GetAsync($"/api/calendar/outside/{id}/")).Data;
        (shown.GetProperty("busy_times").GetInt32(), shown.GetProperty("last_error").GetString()).ShouldBe((2, null));
        shown.GetProperty("last_read_at").GetDateTimeOffset().ShouldBeLessThanOrEqualTo(app.Now);

        (await doctor.DeleteAsync($"/api/calendar/outside/{id}/")).Status.ShouldBe(204);
        (await app.TimesAsync(doctor.DoctorId, day)).ShouldBe(before);
    }

    [Fact]
    public async Task What_was_read_last_holds_while_it_cannot_be_read_and_the_doctor_is_told_why()
    {
        using var doctor = await app.BookableDoctorAsync();
        await doctor.KeepHoursAsync(doctor.DoctorId);
        var day = app.Day();
        app.Put("/flaky.ics", $"UID:1\nDTSTART;VALUE=DATE:{day:yyyyMMdd}");
        var id = await AddedAsync(doctor, "/flaky.ics");
        await ReadAsync(id);
        (await app.TimesAsync(doctor.DoctorId, day)).ShouldBeEmpty();

        foreach (var (answer, reason) in new (Func<HttpContext, Task>, string)[]
        {
            (http => { http.Response.StatusCode = 503; return Task.CompletedTask; }, "http_503"),
            (http => http.Response.WriteAsync("<html>Sign in</html>"), "not_a_calendar"),
            (http => { http.Abort(); return Task.CompletedTask; }, "unreachable"),
            (http => http.Response.BodyWriter.WriteAsync(new byte[3 * 1024 * 1024]).AsTask(), "too_large"),
            (http => { http.Response.Redirect("/flaky.ics"); return Task.CompletedTask; }, "too_many_redirects"),
            (http => { http.Response.Redirect("https://169.254.169.254/latest/"); return Task.CompletedTask; }, "address_refused"),
            (http => { http.Response.Redirect("http://10.0.0.1/flaky.ics"); return Task.CompletedTask; }, "address_refused"),
        })
        {
            app.Calendars["/flaky.ics"] = answer;
            await ReadAsync(id);
            (await doctor.GetAsync($"/api/calendar/outside/{id}/")).Word("last_error").ShouldBe(reason);
            (await app.TimesAsync(doctor.DoctorId, day)).ShouldBeEmpty();
        }

        app.Put("/flaky.ics");
        await ReadAsync(id);
        (await app.TimesAsync(doctor.DoctorId, day)).Length.ShouldBe(4);
        (await doctor.GetAsync($"/api/calendar/outside/{id}/")).Data.GetProperty("last_error").GetString().ShouldBeNull();
    }

    /// <summary>cal.com #30044.</summary>
    [Fact]
    public async Task Calendar_failing_does_not_stop_email()
    {
        using var doctor = await app.BookableDoctorAsync();
        await doctor.KeepHoursAsync(doctor.DoctorId);
        var (asked, ends) = (new TaskCompletionSource(), new TaskCompletionSource());
        app.Calendars["/hangs.ics"] = async http =>
        {
            asked.TrySetResult();
            await ends.Task;
            http.Abort();
        };
        await AddedAsync(doctor, "/hangs.ics");
        app.Advance(TimeSpan.FromHours(1));
        var reading = app.RunJobAsync(Job);
        await asked.Task;

        using var patient = await app.PatientAsync();
        var booked = await patient.BookAsync((await app.TimesAsync(doctor.DoctorId, app.Day()))[0]);

        booked.Status.ShouldBe(201);
        await Eventually.HoldsAsync(async () => (await app.InboxAsync($"{patient.UserName}@example.test")).Any(text => text.Contains(booked.Word("number"), StringComparison.Ordinal)));
        ends.SetResult();
        await reading;
    }

    [Fact]
    public async Task An_address_is_shown_to_nobody_again_and_kept_sealed()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var other = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync();
        var id = await AddedAsync(doctor, "/private-c0ffee/secret.ics");

        (await doctor.GetAsync("/api/calendar/outside/")).Text.ShouldNotContain("c0ffee");
        Encoding.Latin1.GetString((byte[])(await app.SqlAsync("SELECT address_sealed FROM scheduling.outside_calendars WHERE id = $1", id))!).ShouldNotContain("c0ffee");
        (await other.GetAsync("/api/calendar/outside/")).Total.ShouldBe(0);
        (await other.GetAsync($"/api/calendar/outside/{id}/")).Status.ShouldBe(404);
        (await other.DeleteAsync($"/api/calendar/outside/{id}/")).Status.ShouldBe(404);
        (await patient.PostAsync("/api/calendar/outside/", new { url = "https://example.com/x.ics" })).Status.ShouldBe(403);
    }

    [Fact]
    public async Task Only_a_few_can_be_named_and_the_same_content_again_changes_no_version()
    {
        using var doctor = await app.BookableDoctorAsync();
        app.Put("/same.ics", $"UID:1\nDTSTART;VALUE=DATE:{app.Day():yyyyMMdd}");
        var id = await AddedAsync(doctor, "/same.ics");
        await ReadAsync(id);
        var version = await VersionAsync(doctor);
        await ReadAsync(id);
        (await VersionAsync(doctor)).ShouldBe(version);

        for (var more = 1; more < 5; more++)
        {
            await AddedAsync(doctor, $"/same.ics?{more}");
        }

        (await doctor.PostAsync("/api/calendar/outside/", new { url = app.At("/same.ics") })).ErrorCode.ShouldBe("TOO_MANY_CALENDARS");
        (await doctor.PostAsync("/api/calendar/outside/", new { url = "file:///etc/passwd" })).Status.ShouldBe(400);
        (await doctor.PostAsync("/api/calendar/outside/", new { url = "no address" })).Status.ShouldBe(400);
    }

    [Theory]
    [InlineData("https://127.0.0.1/x.ics")]
    [InlineData("https://localhost/x.ics")]
    [InlineData("https://[::1]/x.ics")]
    public async Task In_production_neither_the_host_nor_its_neighbours_are_reached(string address)
    {
        using var fetch = new CalendarFetch();

        (await Should.ThrowAsync<UnusableCalendar>(() => fetch.ReadAsync(new Uri(address), TestContext.Current.CancellationToken))).Reason.ShouldBe("address_refused");
        fetch.Accepts(new Uri("http://example.com/x.ics")).ShouldBeFalse();
        fetch.Accepts(new Uri("https://example.com:8443/x.ics")).ShouldBeFalse();
        fetch.Accepts(new Uri("https://user:word@example.com/x.ics")).ShouldBeFalse();
        fetch.Accepts(new Uri("https://example.com/x.ics")).ShouldBeTrue();
    }

    private async Task<Guid> AddedAsync(Person doctor, string path)
    {
        var added = await doctor.PostAsync("/api/calendar/outside/", new { url = app.At(path), name = "My calendar" });
        added.Status.ShouldBe(201, added.Text);
        return added.Id;
    }

    /// <summary>Makes the calendar due and lets the job read it; another run of the job may have taken it before.</summary>
    private async Task ReadAsync(Guid id)
    {
        var since = app.Now;
        await app.SqlAsync("UPDATE scheduling.outside_calendars SET next_read_at = $2 WHERE id = $1", id, since);
        await app.RunJobAsync(Job);
        await Eventually.HoldsAsync(async () => (bool)(await app.SqlAsync("SELECT coalesce(last_tried_at >= $2, false) FROM scheduling.outside_calendars WHERE id = $1", id, since))!);
    }

    private async Task<object?> VersionAsync(Person doctor) => await app.SqlAsync("SELECT version FROM scheduling.schedules WHERE doctor_id = $1", doctor.DoctorId);
}
