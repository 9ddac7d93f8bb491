using Careline.Platform.Signals;

namespace Careline.Platform.Time;

/// <summary>The clock's offset is a row, so that all hosts of an installation agree and a restart forgets nothing (Development only).</summary>
internal sealed class ClockOffset(CarelineClock clock, SignalLine signals, IServiceScopeFactory scopes)
{
    private const string Topic = "clock";

    public void Listen() => signals.Subscribe(Topic, seconds => clock.Offset = TimeSpan.FromSeconds(long.Parse(seconds, null)));

    public async Task LoadAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CarelineDb>();
        var seconds = await db.Database.SqlQuery<long>($"SELECT offset_seconds AS \"Value\" FROM platform.clock").SingleAsync(ct);
        clock.Offset = TimeSpan.FromSeconds(seconds);
    }

    public async Task<DateTimeOffset> AdvanceAsync(CarelineDb db, long seconds, CancellationToken ct)
    {
        var offset = await db.Database.SqlQuery<long>(
            $"UPDATE platform.clock SET offset_seconds = offset_seconds + {seconds} RETURNING offset_seconds AS \"Value\"").ToListAsync(ct);
        await SignalLine.SendAsync(db, Topic, offset[0].ToString(System.Globalization.CultureInfo.InvariantCulture), ct);
        clock.Offset = TimeSpan.FromSeconds(offset[0]);
        return clock.GetUtcNow();
    }
}
