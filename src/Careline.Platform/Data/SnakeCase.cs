using System.Collections.Concurrent;
using System.Text.Json;

namespace Careline.Platform.Data;

/// <summary>The one spelling of names outside C#: lower snake_case, in JSON, in the database and in errors.</summary>
public static class SnakeCase
{
    private static readonly ConcurrentDictionary<string, string> _known = new();

    /// <summary>Turns <c>StartTime</c> into <c>start_time</c>.</summary>
    public static string Of(string name) => _known.GetOrAdd(name, JsonNamingPolicy.SnakeCaseLower.ConvertName);

    /// <summary>Turns a path of members, such as <c>Rules[0].StartTime</c>, into <c>rules[0].start_time</c>.</summary>
    public static string OfPath(string path) => string.Join('.', path.Split('.').Select(OfSegment));

    private static string OfSegment(string segment)
    {
        var bracket = segment.IndexOf('[', StringComparison.Ordinal);
        return bracket < 0 ? Of(segment) : Of(segment[..bracket]) + segment[bracket..];
    }
}
