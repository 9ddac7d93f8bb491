namespace Careline.Host.Demo.Large;

internal static class LargeSet
{
    public const string Scale = "large";

    public static Task<int> MakeAsync(WebApplication app, LargeSize size, CancellationToken ct) => Task.FromResult(0);
}

internal sealed record LargeSize(int Doctors)
{
    public static LargeSize Full { get; } = new(10_000);
}
