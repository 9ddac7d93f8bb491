using Careline.Host.Database;
using Careline.Host.Demo;
using Microsoft.AspNetCore.Connections;

namespace Careline.Host.Supervision;

// One host process: what `careline serve` runs.
internal static class HostService
{
    public static async Task<int> RunAsync(bool supervised, Surroundings surroundings)
    {
        var connectionString = OwnServer.ConnectionString(surroundings) ?? throw new StartFailure(
            "serve needs a server in DATABASE_URL or ConnectionStrings__Careline; 'careline up' starts a private one.",
            StartFailure.Configuration);
        using var orphaned = new CancellationTokenSource();
        if (supervised)
        {
            SupervisorWatch.Start(orphaned);
        }

        await using var app = CarelineApplication.Build([], connectionString);
        try
        {
            var migrated = await CarelineApplication.MigrateAsync(app, orphaned.Token);
            if (migrated != 0)
            {
                return migrated;
            }

            await DemoSeed.FirstStartAsync(app, orphaned.Token);
            await StartAsync(app, orphaned.Token);
        }
        catch (OperationCanceledException) when (orphaned.IsCancellationRequested)
        {
            return StartFailure.Failed;
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            throw new StartFailure($"{surroundings.Urls} is already in use: stop what listens there, or choose another port in ASPNETCORE_URLS.");
        }

        await app.WaitForShutdownAsync(orphaned.Token);
        return Environment.ExitCode;
    }

    // What had started before the failure must end before its services do.
    private static async Task StartAsync(WebApplication app, CancellationToken ct)
    {
        try
        {
            await app.StartAsync(ct);
        }
        catch
        {
            await app.StopAsync(CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
    }
}
