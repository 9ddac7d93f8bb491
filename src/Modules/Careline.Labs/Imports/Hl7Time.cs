using Careline.Platform.Time;

namespace Careline.Labs.Imports;

/// <summary>A time of HL7 v2 (section 2.A.22): from the day on as exact as it is sent, with an offset or by the sender's wall clock.</summary>
internal static class Hl7Time
{
    private static readonly string[] _forms = ["yyyyMMdd", "yyyyMMddHHmm", "yyyyMMddHHmmss"];

    /// <summary>The instant, or null where it is not at least a day.</summary>
    public static DateTimeOffset? Read(string text, string zone)
    {
        var sign = text.LastIndexOfAny(['+', '-']);
        var (local, offset) = sign > 0 ? (text[..sign], text[sign..]) : (text, "");
        local = local.Split('.')[0];
        if (!DateTime.TryParseExact(local, _forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) || time.Year is < 1900 or > 2200)
        {
            return null;
        }

        if (offset.Length == 0)
        {
            return ZonedTimes.FirstAt(DateOnly.FromDateTime(time), TimeOnly.FromDateTime(time), zone);
        }

        return offset.Length == 5 && int.TryParse(offset.AsSpan(1, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var hours)
            && int.TryParse(offset.AsSpan(3, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) && hours <= 14 && minutes < 60
            ? new DateTimeOffset(time, (offset[0] == '-' ? -1 : 1) * new TimeSpan(hours, hours == 14 ? 0 : minutes, 0)).ToUniversalTime() : null;
    }
}
