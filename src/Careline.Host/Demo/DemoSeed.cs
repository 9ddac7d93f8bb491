using Careline.Host.CommandLine;
using Careline.Host.Demo.Large;
using Careline.Host.Demo.Small;
using Careline.Platform.Data;

namespace Careline.Host.Demo;

// `cli seed`, and the demo people of a first start.
internal static class DemoSeed
{
    // Prevents the demo people of a first start.
    private const string Setting = "CARELINE_DEMO";

    public static async Task<int> RunAsync(WebApplication app, string scale, CancellationToken ct)
    {
        if (!app.Environment.IsDevelopment())
        {
            throw new StartFailure(
                "Demo people have documented passwords, so they are made in Development only: "
                + $"ASPNETCORE_ENVIRONMENT is {app.Environment.EnvironmentName}.",
                StartFailure.Configuration);
        }

        await CarelineApplication.MigrateAsync(app, ct);
        await using var alone = await SeedLock.TakeAsync(ConnectionString(app), ct);
        return scale == LargeSet.Scale ? await LargeSet.MakeAsync(app, LargeSize.Full, ct) : await MakeSmallAsync(app, ct);
    }

    // An installation that nobody has used yet shows itself with people in it. What was begun and cut short is told to its end.
    public static async Task FirstStartAsync(WebApplication app, CancellationToken ct)
    {
        if (!app.Environment.IsDevelopment() || string.Equals(app.Configuration[Setting], "false", StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        await using var alone = await SeedLock.TakeAsync(ConnectionString(app), ct);
        var practice = new SmallPractice(app);
        if (!await practice.IsWantedAtFirstStartAsync(ct))
        {
            return;
        }

        Terminal.Say("careline: adding the demo practice ...");
        try
        {
            await practice.MakeAsync(ct);
        }
        catch (DemoFailure failure)
        {
            // Careline itself works without it.
            Terminal.Say($"careline: {failure.Message}");
        }
    }

    private static async Task<int> MakeSmallAsync(WebApplication app, CancellationToken ct)
    {
        var practice = new SmallPractice(app);
        if (await practice.IsThereAsync(ct))
        {
            Terminal.Say("careline: the demo practice is already there; nothing was changed.");
            return 0;
        }

        Terminal.Say("careline: adding the demo practice ...");
        try
        {
            Terminal.Say($"careline: {await practice.MakeAsync(ct)}");
        }
        catch (DemoFailure failure)
        {
            throw new StartFailure(failure.Message);
        }

        foreach (var line in DemoSignIns.Lines)
        {
            Terminal.Say($"careline:   {line}");
        }

        return 0;
    }

    private static string ConnectionString(WebApplication app) => app.Services.GetRequiredService<DatabaseAddress>().ConnectionString;
}
