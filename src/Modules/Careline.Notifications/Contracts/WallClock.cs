using NodaTime;

namespace Careline.Notifications.Contracts;

/// <summary>How a time is written in messages: in figures, with its zone, so that it means the same in every language.</summary>
public static class WallClock
{
    /// <summary>Such as <c>2026-12-03 10:00 (Africa/Lagos, UTC+01:00)</c>.</summary>
    public static string Say(DateTimeOffset at, string zone)
    {
        var local = Instant.FromDateTimeOffset(at).InZone(DateTimeZoneProviders.Tzdb[zone]);
        var offset = local.Offset.ToTimeSpan();
        var sign = offset < TimeSpan.Zero ? '-' : '+';
        return string.Create(
            CultureInfo.InvariantCulture, $"{local.ToDateTimeUnspecified():yyyy-MM-dd HH:mm} ({zone}, UTC{sign}{offset:hh\\:mm})");
    }
}
