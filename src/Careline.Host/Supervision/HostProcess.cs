using System.Diagnostics;
using System.Globalization;
using Careline.Host.CommandLine;

namespace Careline.Host.Supervision;

// One host as a child of the supervisor: started again when it dies, asked to end when the supervisor ends.
internal sealed class HostProcess(int node, IReadOnlyList<ListenAddress> addresses, IReadOnlyDictionary<string, string?> environment)
{
    private static readonly TimeSpan TimeToFinish = TimeSpan.FromSeconds(25);

    private static readonly TimeSpan SignalsApart = TimeSpan.FromMilliseconds(250);

    public IReadOnlyList<ListenAddress> Addresses => addresses;

    // Ends with the child's exit code when starting it again has no point, and with 0 when told to stop.
    public async Task<int> KeepRunningAsync(CancellationToken stop)
    {
        var patience = new Patience();
        while (true)
        {
            var life = Stopwatch.StartNew();
            using var child = Start();
            try
            {
                await child.WaitForExitAsync(stop);
            }
            catch (OperationCanceledException)
            {
                await EndAsync(child);
                return 0;
            }

            var code = child.ExitCode;
            if (await IsStoppingAsync(stop))
            {
                return 0;
            }

            if (code == StartFailure.Configuration)
            {
                return code;
            }

            if (patience.After(life.Elapsed) is not { } pause)
            {
                Terminal.Say($"careline: host {node} ended {Patience.QuickFailures} times soon after its start, last with code {code}.");
                return code == 0 ? StartFailure.Failed : code;
            }

            Terminal.Say($"careline: host {node} ended with code {code}; starting it again.");
            await Task.Delay(pause, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stop.IsCancellationRequested)
            {
                return 0;
            }
        }
    }

    // Ctrl-C reaches the whole group of processes, and an idle host may be gone before our own signal has been handled.
    private static async Task<bool> IsStoppingAsync(CancellationToken stop)
    {
        await Task.Delay(SignalsApart, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return stop.IsCancellationRequested;
    }

    private static async Task EndAsync(Process child)
    {
        Signal.AskToEnd(child);
        using var deadline = new CancellationTokenSource(TimeToFinish);
        try
        {
            await child.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            child.Kill(entireProcessTree: true);
            await child.WaitForExitAsync(CancellationToken.None);
        }
    }

    private Process Start()
    {
        var program = Environment.ProcessPath!;
        var start = new ProcessStartInfo(program)
        {
            // A pipe that nobody writes to: it ends when this process does, however it dies, and then the child ends too.
            RedirectStandardInput = true,
        };
        if (Path.GetFileNameWithoutExtension(program) == "dotnet")
        {
            start.ArgumentList.Add(typeof(HostProcess).Assembly.Location);
        }

        start.ArgumentList.Add("serve");
        start.ArgumentList.Add("--supervised");
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        start.Environment["ASPNETCORE_URLS"] = string.Join(';', addresses.Select(address => address.Url));
        start.Environment["CARELINE_NODE"] = node.ToString(CultureInfo.InvariantCulture);
        return Process.Start(start)!;
    }
}
