namespace Careline.Platform.Time;

/// <summary>
/// The application's clock: the machine's time plus an offset that operators move forward in Development.
/// Instants are cut to microseconds, which is what PostgreSQL keeps, so that a value survives the round trip unchanged.
/// </summary>
public sealed class CarelineClock : TimeProvider
{
    private long _offsetTicks;

    /// <summary>How far the application's time runs ahead of the machine's.</summary>
    public TimeSpan Offset
    {
        get => TimeSpan.FromTicks(Interlocked.Read(ref _offsetTicks));
        internal set => Interlocked.Exchange(ref _offsetTicks, value.Ticks);
    }

    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow()
    {
        var ticks = System.GetUtcNow().UtcTicks + Interlocked.Read(ref _offsetTicks);
        return new DateTimeOffset(ticks - (ticks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
    }
}
