namespace Careline.Platform.Data;

/// <summary>Makes keys: version-7 UUIDs (RFC 9562), which grow with time and so keep indexes dense.</summary>
public static class Ids
{
    /// <summary>A new key, stamped with the clock's time.</summary>
    public static Guid New(TimeProvider clock) => Guid.CreateVersion7(clock.GetUtcNow());

    /// <summary>A new key, stamped with a time already at hand.</summary>
    public static Guid New(DateTimeOffset now) => Guid.CreateVersion7(now);
}
