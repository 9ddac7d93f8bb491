using System.Collections.Concurrent;
using Careline.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Careline.Tests.Platform;

/// <summary>Keeps every log line that the product lets through, down to the finest level.</summary>
public sealed class TalkativeApp(TestCluster cluster) : TestApp(cluster), IAsyncLifetime
{
    internal ConcurrentQueue<string> Lines { get; } = new();

    async ValueTask IAsyncLifetime.InitializeAsync()
    {
        await InitializeAsync();
        Services.GetRequiredService<ILoggerFactory>().AddProvider(new Ear(Lines));
    }

    protected override void Configure(WebApplicationBuilder builder) => builder.Logging.AddFilter(null, LogLevel.Trace);

    private sealed class Ear(ConcurrentQueue<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{formatter(state, exception)} {state} {exception}");

        public void Dispose()
        {
        }
    }
}

/// <summary>Who people are and what they say stays out of the logs and out of the errors.</summary>
public sealed class LogPrivacyTests(TalkativeApp app) : IClassFixture<TalkativeApp>
{
    private static readonly string[] _canaries =
        ["Canaryfirst", "Canarylast", "canaryuser", "canary-mail", "canary horse battery", "+2348027776665", "9 Canary Lane", "Canarybio", "Canaryreason", "Canarysymptom", "Canarysearch", "Canarynote"];

    [Fact]
    public async Task Nothing_that_a_person_says_reaches_a_log_or_an_error()
    {
        var answers = new List<Reply>();
        var register = new Dictionary<string, object?>
        {
            ["username"] = "canaryuser",
            ["email"] = "canary-mail@example.test",
            ["password"] = "canary horse battery",
            ["first_name"] = "Canaryfirst",
            ["last_name"] = "Canarylast",
            ["phone"] = "+2348027776665",
            ["address"] = "9 Canary Lane",
        };
        answers.Add(await app.Anonymous.PostAsync("/api/auth/register/", register));
        answers.Add(await app.Anonymous.PostAsync("/api/auth/register/", register));
        answers.Add(await app.Anonymous.PostAsync("/api/auth/register/", """{"username":"canaryuser","email":"canary-mail@example.test","password":"canary horse battery" """));
        answers.Add(await app.Anonymous.PostAsync("/api/auth/login/", new { username = "canaryuser", password = "canary horse battery no" }));
        answers.Add(await app.Anonymous.PostAsync("/api/auth/login/", """{"username":"canaryuser","password":{"canary horse battery":1}}"""));
        using var person = await app.SignInAsync("canaryuser", "canary horse battery");
        using var doctor = await app.DoctorAsync();
        using var stranger = await app.PatientAsync();
        answers.Add(await person.PatchAsync("/api/auth/profile/", new { bio = "Canarybio", phone = "+2348027776665" }));
        answers.Add(await person.PatchAsync("/api/auth/profile/", new { bio = "Canarybio", profile_picture = "Canarybio" }));
        answers.Add(await person.PatchAsync("/api/auth/profile/", """{"bio":["Canarybio"]}"""));
        answers.Add(await stranger.PatchAsync("/api/auth/profile/", new { phone = "+2348027776665" }));
        answers.Add(await person.GetAsync("/api/doctors/?search=Canarysearch&ordering=Canarysearch"));
        answers.Add(await person.GetAsync($"/api/patients/lookup/?phone=%2B2348027776665"));
        answers.Add(await stranger.GetAsync($"/api/patients/{person.PatientId}/"));
        var day = app.Now.AddDays(3).ToString("yyyy-MM-dd", null);
        var slot = (await doctor.PostAsync("/api/time-slots/", new { date = day, start_time = "09:00:00", end_time = "09:30:00" })).Data.GetProperty("id").GetString();
        var booking = new { time_slot_id = slot, reason = "Canaryreason", symptoms = "Canarysymptom" };
        answers.Add(await person.PostAsync("/api/appointments/", booking));
        answers.Add(await stranger.PostAsync("/api/appointments/", booking));
        answers.Add(await person.PostAsync("/api/appointments/", new { booking.time_slot_id, reason = new string('x', 2000) + "Canaryreason" }));
        answers.Add(await doctor.PostAsync($"/api/patients/{person.PatientId}/notes/", new { content = "Canarynote" }));
        answers.Add(await app.Anonymous.PostAsync("/api/auth/refresh/", new { refresh = person.Refresh[..^1] }));
        using var forged = app.NewClient(person.Access[..^1]);
        answers.Add(await forged.AskAsync("/api/auth/profile/"));
        await app.SqlAsync("ALTER TABLE accounts.accounts ADD CONSTRAINT canary_broken CHECK (bio IS DISTINCT FROM 'Canarybio broken') NOT VALID");
        answers.Add(await person.PatchAsync("/api/auth/profile/", new { bio = "Canarybio broken" }));
        answers[^1].Status.ShouldBe(500, "an error nobody foresaw is part of this test");
        await app.DeliverEventsAsync();

        var words = _canaries.Append(person.Access).Append(person.Refresh).Append(person.Access.Split('.')[2]).ToList();
        var told = from line in app.Lines from word in words where line.Contains(word, StringComparison.OrdinalIgnoreCase) select $"'{word}' in the log line: {line[..Math.Min(line.Length, 400)]}";
        var answered = from reply in answers where reply.Status >= 400 from word in words where reply.Text.Contains(word, StringComparison.OrdinalIgnoreCase) select $"'{word}' in the error {reply.Text}";
        told.Concat(answered).Distinct().ShouldBeEmpty();
        app.Lines.Count.ShouldBeGreaterThan(0);
        answers.Count(r => r.Status >= 400).ShouldBeGreaterThan(10);
    }
}
