#pragma warning disable RS0030 // The one place that reads the environment; everything else is given a value.
namespace Careline.PrivateCluster;

// What the operator set around the process. An empty variable counts as unset: `KEY=` in .env means the default.
internal sealed record Surroundings(Func<string, string?> Read)
{
    public static Surroundings OfProcess { get; } = new(Environment.GetEnvironmentVariable);

    public string? this[string name] => Read(name) is { Length: > 0 } value ? value : null;

    public string Urls => this["ASPNETCORE_URLS"] ?? "http://127.0.0.1:8000";

    public string EnvironmentName => this["ASPNETCORE_ENVIRONMENT"] ?? this["DOTNET_ENVIRONMENT"] ?? "Development";
}
