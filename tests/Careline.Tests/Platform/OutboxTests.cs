using System.Collections.Concurrent;
using Careline.Platform.Data;
using Careline.Platform.Events;
using Careline.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Careline.Tests.Platform;

public sealed record BellRung(Guid Id, bool IsBroken);

public sealed record Echoed(Guid Id, Guid Until);

public sealed record GongStruck(Guid Id, bool IsBroken);

public sealed class OutboxApp(TestCluster cluster) : TestApp(cluster)
{
    internal static ConcurrentBag<Guid> Heard { get; } = [];

    internal static ConcurrentBag<IReadOnlyList<Guid>> HeardTogether { get; } = [];

    public Task RingAsync(params object[] bells) => LookAsync(async db =>
    {
        foreach (var bell in bells)
        {
            db.Publish(bell);
        }

        return await db.SaveChangesAsync();
    });

    protected override void Configure(WebApplicationBuilder builder)
    {
        builder.Services.AddHandler<BellRung, OnBellRung>();
        builder.Services.AddHandler<Echoed, OnEchoed>();
        builder.Services.AddHandlerOfMany<GongStruck, OnGongsStruck>();
        builder.Logging.AddFilter("Careline.Platform.Events", LogLevel.None);
    }

    private static int _echoes;

    internal static int Echoes => Volatile.Read(ref _echoes);

    internal sealed class OnEchoed(CarelineDb db) : IHandle<Echoed>
    {
        public async Task HandleAsync(Echoed happened, CancellationToken ct)
        {
            Interlocked.Increment(ref _echoes);
            if (!Heard.Contains(happened.Until))
            {
                db.Publish(new Echoed(Guid.CreateVersion7(), happened.Until));
                await db.SaveChangesAsync(ct);
            }
        }
    }

    internal sealed class OnGongsStruck(CarelineDb db) : IHandleMany<GongStruck>
    {
        public async Task HandleAsync(IReadOnlyList<GongStruck> happened, CancellationToken ct)
        {
            var names = happened.Select(h => h.Id.ToString()).ToArray();
            await db.Database.ExecuteSqlAsync($"INSERT INTO platform.jobs (name, next_at) SELECT name, {db.Now} FROM unnest({names}) AS name", ct);
            if (happened.Any(h => h.IsBroken))
            {
                throw new InvalidOperationException("This one never works.");
            }

            HeardTogether.Add([.. happened.Select(h => h.Id)]);
        }
    }

    // Leaves a mark in its transaction before it breaks, as real reactions do.
    internal sealed class OnBellRung(CarelineDb db) : IHandle<BellRung>
    {
        public async Task HandleAsync(BellRung happened, CancellationToken ct)
        {
            await db.Database.ExecuteSqlAsync($"INSERT INTO platform.jobs (name, next_at) VALUES ({happened.Id.ToString()}, {db.Now})", ct);
            if (happened.IsBroken)
            {
                throw new InvalidOperationException("This one never works.");
            }

            Heard.Add(happened.Id);
        }
    }
}

/// <summary>What happened reaches whoever reacts, once, however often it takes.</summary>
public sealed class OutboxTests(OutboxApp app) : IClassFixture<OutboxApp>
{
    [Fact]
    public async Task A_delivery_is_handled_once_and_gone()
    {
        var id = Guid.CreateVersion7();

        await app.RingAsync(new BellRung(id, IsBroken: false));
        await app.DeliverEventsAsync();

        await Eventually.HoldsAsync(() => OutboxApp.Heard.Count(h => h == id) == 1);
        await Eventually.HoldsAsync(async () => (await RowAsync(id)).Tries is null);
        (await MarksAsync(id)).ShouldBe(1);
    }

    [Fact]
    public async Task What_commits_after_later_ones_were_handled_is_handled_too()
    {
        var (late, prompt) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await app.LookAsync(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            db.Publish(new BellRung(late, IsBroken: false));
            await db.SaveChangesAsync();
            app.Advance(TimeSpan.FromSeconds(10));
            await app.RingAsync(new BellRung(prompt, IsBroken: false));
            await Eventually.HoldsAsync(() => OutboxApp.Heard.Contains(prompt));
            await transaction.CommitAsync();
            return 0;
        });

        await Eventually.HoldsAsync(() => OutboxApp.Heard.Count(h => h == late) == 1);
    }

    [Fact]
    public async Task What_commits_late_is_handled_though_others_never_cease_to_come()
    {
        var late = Guid.CreateVersion7();
        await app.LookAsync(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            db.Publish(new BellRung(late, IsBroken: false));
            await db.SaveChangesAsync();
            app.Advance(TimeSpan.FromSeconds(10));

            // Each echo calls the next in its own transaction, so that there is always one that is due.
            await app.RingAsync(new Echoed(Guid.CreateVersion7(), late));
            await Eventually.HoldsAsync(() => OutboxApp.Echoes > 10);
            await transaction.CommitAsync();
            return 0;
        });

        await Eventually.HoldsAsync(() => OutboxApp.Heard.Contains(late));
    }

    [Fact]
    public async Task What_was_rolled_back_never_happened()
    {
        var id = Guid.CreateVersion7();

        await app.LookAsync(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            db.Publish(new BellRung(id, IsBroken: false));
            await db.SaveChangesAsync();
            await transaction.RollbackAsync();
            return 0;
        });
        await app.DeliverEventsAsync();

        (await RowAsync(id)).Tries.ShouldBeNull();
        OutboxApp.Heard.ShouldNotContain(id);
    }

    [Fact]
    public async Task A_broken_one_is_tried_ten_times_with_growing_pauses_and_then_set_aside()
    {
        var (broken, sound) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await app.RingAsync(new BellRung(broken, IsBroken: true), new BellRung(sound, IsBroken: false));

        for (var tries = 1; tries <= 10; tries++)
        {
            await app.DeliverEventsAsync();
            await Eventually.HoldsAsync(async () => (await RowAsync(broken)).Tries == tries);
            var row = await RowAsync(broken);
            (row.DueAt!.Value - app.Now).TotalSeconds.ShouldBeInRange(Math.Pow(2, tries) - 10, Math.Pow(2, tries), "the pause doubles");
            (row.DeadAt is not null).ShouldBe(tries == 10);
            app.Advance(TimeSpan.FromSeconds(Math.Pow(2, tries)));
        }

        app.Advance(TimeSpan.FromDays(1));
        await app.DeliverEventsAsync();
        (await RowAsync(broken)).Tries.ShouldBe(10, "a person decides from here on");
        (await MarksAsync(broken)).ShouldBe(0, "what a broken reaction wrote is undone");
        OutboxApp.Heard.Count(h => h == sound).ShouldBe(1, "one that breaks does not hold up the others");
    }

    [Fact]
    public async Task A_delivery_for_a_handler_of_another_release_waits()
    {
        var id = Guid.CreateVersion7();
        await app.SqlAsync(
            "INSERT INTO platform.outbox (id, handler, payload, occurred_at, due_at, tries) VALUES ($1, 'Gone.OnBellRung', '{}', $2, $2, 0)", id, app.Now);

        await app.DeliverEventsAsync();

        await Eventually.HoldsAsync(async () => (int?)await app.SqlAsync("SELECT tries FROM platform.outbox WHERE id = $1", id) >= 1);
    }

    [Fact]
    public async Task Two_dispatchers_at_once_deliver_each_once()
    {
        var bells = Enumerable.Range(0, 150).Select(_ => new BellRung(Guid.CreateVersion7(), IsBroken: false)).ToArray();
        var second = ActivatorUtilities.CreateInstance<OutboxDispatcher>(app.Services);
        await app.RingAsync(bells);

        await Task.WhenAll(app.DeliverEventsAsync(), second.DrainAsync(CancellationToken.None), second.DrainAsync(CancellationToken.None));

        await Eventually.HoldsAsync(() => bells.All(b => OutboxApp.Heard.Contains(b.Id)));
        bells.ShouldAllBe(b => OutboxApp.Heard.Count(h => h == b.Id) == 1);
    }

    [Fact]
    public async Task Who_takes_many_at_once_is_given_what_came_together_and_one_that_breaks_holds_up_no_other()
    {
        var sound = Enumerable.Range(0, 120).Select(_ => new GongStruck(Guid.CreateVersion7(), IsBroken: false)).ToArray();
        var broken = new GongStruck(Guid.CreateVersion7(), IsBroken: true);
        await app.RingAsync([.. sound]);
        await app.DeliverEventsAsync();
        await Eventually.HoldsAsync(() => OutboxApp.HeardTogether.Sum(h => h.Count) == 120);
        OutboxApp.HeardTogether.Max(h => h.Count).ShouldBeGreaterThan(1);
        OutboxApp.HeardTogether.SelectMany(h => h).ShouldBe(sound.Select(s => s.Id), ignoreOrder: true);

        var later = Enumerable.Range(0, 5).Select(_ => new GongStruck(Guid.CreateVersion7(), IsBroken: false)).ToArray();
        await app.RingAsync([.. later[..3], broken, .. later[3..]]);
        await app.DeliverEventsAsync();

        await Eventually.HoldsAsync(async () => (await RowAsync(broken.Id)).Tries == 1);
        await Eventually.HoldsAsync(() => OutboxApp.HeardTogether.Sum(h => h.Count) == 125);
        OutboxApp.HeardTogether.SelectMany(h => h).ShouldBe(sound.Concat(later).Select(s => s.Id), ignoreOrder: true);
        (await MarksAsync(broken.Id)).ShouldBe(0);
        (await MarksAsync(later[4].Id)).ShouldBe(1);
    }

    private async Task<(int? Tries, DateTimeOffset? DueAt, DateTimeOffset? DeadAt)> RowAsync(Guid bell) => await app.LookAsync(async db =>
        await db.Set<OutboxDelivery>().FromSql($"SELECT * FROM platform.outbox WHERE payload ->> 'id' = {bell.ToString()}").Select(d => new { d.Tries, d.DueAt, d.DeadAt }).FirstOrDefaultAsync() is { } row
            ? (row.Tries, row.DueAt, row.DeadAt) : ((int?)null, (DateTimeOffset?)null, (DateTimeOffset?)null));

    private async Task<long> MarksAsync(Guid bell) => (long)(await app.SqlAsync("SELECT count(*) FROM platform.jobs WHERE name = $1", bell.ToString()))!;
}
