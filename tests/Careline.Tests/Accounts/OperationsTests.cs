using Careline.Platform.Events;
using Careline.Platform.Jobs;
using Careline.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Careline.Tests.Accounts;

public sealed class OperationsTests(OperationsTests.Stubborn app) : IClassFixture<OperationsTests.Stubborn>
{
    private const string Path = "/api/system/";
    private const string Handler = "Careline.Tests.Accounts.OnRung";

    [Fact]
    public async Task Figures_are_counted_by_a_job_and_name_nobody()
    {
        using var admin = await app.AdminAsync();
        using var doctor = await app.DoctorAsync();
        await app.RunJobAsync("platform.count-figures");

        var statistics = await admin.GetAsync(Path + "statistics/");

        statistics.Status.ShouldBe(200, statistics.Text);
        var areas = statistics.Data.GetProperty("areas").EnumerateArray().ToDictionary(a => a.GetProperty("area").GetString()!);
        string[] known = ["accounts", "appointments", "clinics", "doctors", "files", "payments", "prescriptions", "storage"];
        areas.Keys.ShouldBeSubsetOf(known);
        Value("accounts", "doctor").ShouldBeGreaterThan(0);
        Value("doctors", "verified").ShouldBeGreaterThan(0);
        Value("storage", "database_bytes").ShouldBeGreaterThan(1_000_000);
        statistics.Text.ShouldNotContain(doctor.UserName);
        (await doctor.GetAsync(Path + "statistics/")).Status.ShouldBe(403);

        long Value(string area, string name) =>
            areas[area].GetProperty("figures").EnumerateArray().Single(f => f.GetProperty("name").GetString() == name).GetProperty("value").GetInt64();
    }

    [Fact]
    public async Task A_job_shows_how_it_went_and_when_it_runs_next()
    {
        using var admin = await app.AdminAsync();
        var (works, fails) = (new Chore("platform.forget-messages"), new Chore("platform.forget-idempotency-keys") { Fails = true });
        await app.SqlAsync("DELETE FROM platform.jobs WHERE name LIKE 'platform.forget-%'");
        using var clock = new JobClock([works, fails], app.Services.GetRequiredService<IServiceScopeFactory>(), app.Services.GetRequiredService<TimeProvider>(), NullLogger<JobClock>.Instance);
        await clock.StartAsync(CancellationToken.None);
        await Eventually.HoldsAsync(async () => (long)(await app.SqlAsync("SELECT count(*) FROM platform.jobs WHERE name LIKE 'platform.forget-%' AND ended_at IS NOT NULL"))! == 2);
        await clock.StopAsync(CancellationToken.None);

        var jobs = (await admin.GetAsync(Path + "jobs/")).Rows.ToDictionary(j => j.GetProperty("name").GetString()!);

        jobs.Count.ShouldBeGreaterThan(20);
        var (well, ill) = (jobs[works.Name], jobs[fails.Name]);
        (well.GetProperty("failure").GetString(), well.GetProperty("failures").GetInt32()).ShouldBe((null, 0));
        (ill.GetProperty("failure").GetString(), ill.GetProperty("failures").GetInt32()).ShouldBe(("DivideByZeroException", 1));
        well.GetProperty("duration_ms").GetInt64().ShouldBeGreaterThanOrEqualTo(0);
        well.GetProperty("next_at").GetDateTimeOffset().ShouldBeGreaterThan(app.Now.AddMinutes(50));
    }

    [Fact]
    public async Task What_was_set_aside_is_listed_without_its_words_and_tried_again_or_dropped()
    {
        using var admin = await app.AdminAsync();
        app.Refuses = true;
        var (first, second, third) = (await RingAsync("first secret"), await RingAsync("second secret"), await RingAsync("third secret"));

        var list = await admin.GetAsync($"{Path}dead-letters/?handler={Uri.EscapeDataString(Handler)}");
        list.Rows.Select(l => l.GetProperty("id").GetGuid()).ShouldBe([first, second, third], ignoreOrder: true);
        list.Rows.ShouldAllBe(l => l.GetProperty("failure").GetString() == "TimeoutException" && l.GetProperty("tries").GetInt32() == 10);
        list.Text.ShouldNotContain("secret");

        // Once the reason is gone.
        app.Refuses = false;
        (await admin.PostAsync($"{Path}dead-letters/{third}/discard/", new { reason = "" })).Status.ShouldBe(400);
        (await admin.PostAsync($"{Path}dead-letters/{third}/discard/", new { reason = "Nobody waits for it" })).Status.ShouldBe(200);
        (await admin.PostAsync($"{Path}dead-letters/{first}/replay/")).Status.ShouldBe(200);
        (await admin.PostAsync($"{Path}dead-letters/{first}/replay/")).Status.ShouldBe(404);
        (await admin.PostAsync($"{Path}dead-letters/replay/", new { handler = Handler })).Data.GetProperty("replayed").GetInt32().ShouldBe(1);
        await app.DeliverEventsAsync();

        app.Heard.ShouldBe(["first secret", "second secret"], ignoreOrder: true);
        (await admin.GetAsync($"{Path}dead-letters/?handler={Uri.EscapeDataString(Handler)}")).Total.ShouldBe(0);
        (await app.SqlAsync("SELECT reason FROM platform.discarded_letters WHERE id = $1 AND discarded_by = $2", third, admin.UserId)).ShouldBe("Nobody waits for it");
        (await app.SqlAsync("SELECT count(*) FROM audit.events WHERE action = 'DiscardDeadLetter' AND resource_id = $1 AND outcome = 'success'", third)).ShouldBe(1L);
    }

    [Fact]
    public async Task Messages_that_were_given_up_are_listed_without_whom_and_what()
    {
        using var admin = await app.AdminAsync();
        using var patient = await app.PatientAsync();
        await app.SqlAsync(
            """
            INSERT INTO platform.messages (id, channel, content, status, tries, due_at, expires_at, created_at, failure)
            VALUES ($1, 'sms', NULL, 'failed', 8, $2, $2, $2, 'REFUSED')
            """, Guid.CreateVersion7(), app.Now);

        var row = (await admin.GetAsync(Path + "undelivered-messages/?channel=sms&failure=REFUSED")).Rows.Single();

        row.EnumerateObject().Select(p => p.Name).ShouldBe(["id", "channel", "created_at", "tries", "failure"]);
        (await patient.GetAsync(Path + "undelivered-messages/")).Status.ShouldBe(403);
        (await admin.GetAsync(Path + "undelivered-messages/?channel=pigeon")).Status.ShouldBe(400);
    }

    private async Task<Guid> RingAsync(string words)
    {
        await app.LookAsync(async db =>
        {
            db.Publish(new Rung(words));
            return await db.SaveChangesAsync();
        });
        var id = (Guid)(await app.SqlAsync("SELECT id FROM platform.outbox WHERE payload->>'words' = $1", words))!;
        for (var tries = 0; tries < 10; tries++)
        {
            await app.SqlAsync("UPDATE platform.outbox SET due_at = $2 WHERE id = $1", id, app.Now);
            var before = tries;
            await Eventually.HoldsAsync(async () =>
            {
                await app.Services.GetRequiredService<OutboxDispatcher>().DrainAsync(CancellationToken.None);
                return (int)(await app.SqlAsync("SELECT tries FROM platform.outbox WHERE id = $1", id))! > before;
            });
        }

        return id;
    }

    public sealed record Rung(string Words);

    internal sealed class OnRung(Bell bell) : IHandle<Rung>
    {
        public Task HandleAsync(Rung happened, CancellationToken ct)
        {
            if (bell.App!.Refuses)
            {
                throw new TimeoutException(happened.Words);
            }

            lock (bell.App.Heard)
            {
                bell.App.Heard.Add(happened.Words);
            }

            return Task.CompletedTask;
        }
    }

    internal sealed class Bell
    {
        public Stubborn? App { get; set; }
    }

    private sealed class Chore(string name) : IRecurringJob
    {
        public bool Fails { get; init; }

        public string Name => name;

        public TimeSpan Every => TimeSpan.FromHours(1);

        public Task RunAsync(IServiceProvider scope, CancellationToken ct) => Fails ? throw new DivideByZeroException("secret") : Task.CompletedTask;
    }

    /// <summary>An application with a handler that can be told to refuse.</summary>
    public sealed class Stubborn(TestCluster cluster) : TestApp(cluster)
    {
        internal bool Refuses { get; set; }

        internal List<string> Heard { get; } = [];

        protected override void Configure(WebApplicationBuilder builder)
        {
            builder.Services.AddSingleton(new Bell { App = this });
            builder.Services.AddHandler<Rung, OnRung>();
        }
    }
}
