using System.Globalization;

namespace Careline.Bench;

/// <summary>What is driven, how hard and for how long; <c>bench/run --help</c> describes it.</summary>
internal sealed record Settings(Uri Url, int Supervisor, string Postmaster)
{
    public TimeSpan Measured { get; private init; } = TimeSpan.FromSeconds(5);

    public TimeSpan Warm { get; private init; } = TimeSpan.FromSeconds(10);

    public int Connections { get; private init; } = 16;

    public int Rate { get; private init; } = 80;

    public IReadOnlyList<string> Kinds { get; private init; } = ["login", "search", "slots", "list", "book", "attack"];

    public static Settings Read(string[] options)
    {
        var given = options.Chunk(2).ToDictionary(pair => pair[0], pair => pair[^1]);
        var settings = new Settings(new Uri(given["--url"]), Number("--supervisor", 0), given["--postmaster"]);
        return settings with
        {
            Measured = TimeSpan.FromSeconds(Number("--seconds", (int)settings.Measured.TotalSeconds)),
            Warm = TimeSpan.FromSeconds(Number("--warm", (int)settings.Warm.TotalSeconds)),
            Connections = Number("--connections", settings.Connections),
            Rate = Number("--rate", settings.Rate),
            Kinds = given.TryGetValue("--only", out var kinds) ? kinds.Split(',', StringSplitOptions.RemoveEmptyEntries) : settings.Kinds,
        };

        int Number(string name, int otherwise) =>
            given.TryGetValue(name, out var text) ? Math.Max(1, int.Parse(text, CultureInfo.InvariantCulture)) : otherwise;
    }
}
