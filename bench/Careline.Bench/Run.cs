using System.Globalization;
using System.Net;

namespace Careline.Bench;

/// <summary>Waits for the host, drives each kind, and prints a line of the table for it.</summary>
internal static class Run
{
    private const int SignInsAtOnce = 4;
    private const int SignInRate = 2;
    private const int WrongSignInRate = 50;

    public static async Task<int> AllAsync(Settings settings)
    {
        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 200 }) { BaseAddress = settings.Url };
        if (!await ReadyAsync(client, settings))
        {
            Console.Error.WriteLine("careline: the host did not get ready; its log is up.log in the data folder.");
            return 1;
        }

        var callers = new Callers(client);
        Console.Error.WriteLine("careline: signing patients in and looking for free times ...");
        await callers.PrepareAsync(
            settings.Kinds.Any(kind => kind is "list" or "book"), settings.Kinds.Any(kind => kind is "slots" or "book"));
        Console.WriteLine("| request | requests/s | p50 ms | p95 ms | p99 ms | at | CPU-s/1000 | of it PostgreSQL | unexpected |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|---:|---:|---:|");
        var unexpected = 0;
        foreach (var kind in settings.Kinds)
        {
            unexpected += kind == "attack" ? await AttackAsync(settings, client, callers) : await OneAsync(settings, kind, client, callers);
        }

        var (pss, peak) = Cost.Memory(settings);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"\nServer memory: {pss:F0} MiB (PSS), {peak:F0} MiB at its peak. {settings.Connections} requests in flight, {Environment.ProcessorCount} processors."));
        Console.WriteLine("CPU-s/1000: processor seconds of the host and PostgreSQL for 1,000 requests. Response times: at the fixed rate.");
        return unexpected == 0 ? 0 : 1;
    }

    private static async Task<int> OneAsync(Settings settings, string kind, HttpClient client, Callers callers)
    {
        var isLogin = kind == "login";
        var connections = isLogin ? SignInsAtOnce : settings.Connections;
        var rate = isLogin ? SignInRate : kind == "book" ? Math.Max(1, settings.Rate / 2) : settings.Rate;
        var expected = kind == "book" ? HttpStatusCode.Created : HttpStatusCode.OK;

        // Free times are finite: two fifths to get warm, two fifths at full speed, the rest at the fixed rate.
        var share = callers.BookingsLeft * 2 / 5;
        await Kind(share).ClosedAsync(connections, settings.Warm);
        var before = Cost.Read(settings);
        var full = await Kind(share).ClosedAsync(connections, settings.Measured);
        var cost = Cost.Read(settings) - before;
        var paced = await Kind(int.MaxValue).OpenAsync(rate, settings.Measured);
        var perThousand = 1000.0 / Math.Max(1, full.Count);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {kind} | {full.PerSecond:F0} | {paced.Percentile(0.5):F1} | {paced.Percentile(0.95):F1} | {paced.Percentile(0.99):F1} | {rate}/s "
            + $"| {cost.Total * perThousand:F3} | {cost.Database * perThousand:F3} | {full.Unexpected + paced.Unexpected} |"));
        return full.Unexpected + paced.Unexpected;

        Load Kind(int most)
        {
            var left = most;
            return new Load(client, () => kind != "book" || Interlocked.Decrement(ref left) >= 0 ? callers.Next(kind) : null, expected);
        }
    }

    /// <summary>The doctor list while somebody tries passwords: each costs a fifth of a second of a core, if it is let through to be looked at.</summary>
    private static async Task<int> AttackAsync(Settings settings, HttpClient client, Callers callers)
    {
        // The list is warm, as every kind is when it is measured; signing in is as the start left it.
        await new Load(client, () => callers.Next("search"), HttpStatusCode.OK).ClosedAsync(settings.Connections, settings.Warm);
        var wrong = new Load(client, () => callers.Next("attack"), HttpStatusCode.Unauthorized).OpenAsync(WrongSignInRate, settings.Measured + settings.Measured);
        var paced = await new Load(client, () => callers.Next("search"), HttpStatusCode.OK).OpenAsync(settings.Rate, settings.Measured);
        var looked = await wrong;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| search during {WrongSignInRate} wrong sign-ins/s | | {paced.Percentile(0.5):F1} | {paced.Percentile(0.95):F1} | {paced.Percentile(0.99):F1} | {settings.Rate}/s "
            + $"| | | {paced.Unexpected} |"));
        Console.Error.WriteLine($"careline: of {looked.Count} wrong sign-ins {looked.Unexpected} were turned away unlooked at.");
        return paced.Unexpected;
    }

    private static async Task<bool> ReadyAsync(HttpClient client, Settings settings)
    {
        for (var tries = 0; tries < 600 && Directory.Exists($"/proc/{settings.Supervisor}"); tries++)
        {
            try
            {
                using var answer = await client.GetAsync(new Uri("/health/", UriKind.Relative));
                if (answer.IsSuccessStatusCode)
                {
                    return true;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(100);
        }

        return false;
    }
}
