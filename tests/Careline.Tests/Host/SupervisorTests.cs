using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Careline.Host.Supervision;
using Careline.Tests.Support;

namespace Careline.Tests.Host;

public sealed class SupervisorTests(TestCluster cluster) : IAsyncDisposable
{
    private readonly TestFolder folder = TestFolder.Create();
    private readonly int port = Upstart.FreePort();
    private readonly List<Upstart> started = [];

    [Fact]
    public async Task It_answers_refuses_a_second_one_lets_commands_in_and_ends_with_nothing_left()
    {
        var first = await ReadyAsync();

        var second = Run("up");
        await EndAsync(second);
        second.Process.ExitCode.ShouldBe(StartFailure.Failed);
        second.Output.ShouldContain($"Careline already runs on {folder.Careline.Path} (process {first.Process.Id}, careline up)");

        var command = Run("cli", "migrate");
        await EndAsync(command);
        command.Process.ExitCode.ShouldBe(0, command.Output);
        Postmaster.ReadAlive(folder.Careline).ShouldNotBeNull();

        Signal.AskToEnd(first.Process);
        await EndAsync(first);
        first.Process.ExitCode.ShouldBe(0, first.Output);
        Postmaster.ReadAlive(folder.Careline).ShouldBeNull();
        Answers().ShouldBeFalse();
    }

    [Fact]
    public async Task After_a_kill_the_hosts_end_by_themselves_and_the_next_one_adopts_the_cluster()
    {
        await cluster.SettleAsync(folder.Careline);
        var killed = await ReadyAsync();
        var server = Postmaster.ReadAlive(folder.Careline);
        killed.Process.Kill();
        await Eventually.HoldsAsync(() => !Answers());

        var next = await ReadyAsync();

        next.Output.ShouldContain("took over the PostgreSQL server");
        Postmaster.ReadAlive(folder.Careline).ShouldBe(server);
    }

    [Fact]
    public async Task A_host_that_dies_and_a_server_that_dies_are_started_again()
    {
        await cluster.SettleAsync(folder.Careline);
        var up = await ReadyAsync();
        Signal.AskToEnd(HostOf(up));
        await Eventually.HoldsAsync(() => up.Output.Contains("careline: host 1 ended with code 0; starting it again.", StringComparison.Ordinal));
        await Eventually.HoldsAsync(Answers);

        var killed = Postmaster.ReadAlive(folder.Careline)!;
        using (var server = Process.GetProcessById(killed.ProcessId))
        {
            server.Kill();
        }

        await Eventually.HoldsAsync(() => Postmaster.ReadAlive(folder.Careline) is { IsReady: true } alive && alive.ProcessId != killed.ProcessId);
    }

    [Fact]
    public async Task A_port_in_use_is_refused_before_anything_is_made()
    {
        using var holder = new TcpListener(IPAddress.Loopback, port);
        holder.Start();

        var up = Run("up");
        await EndAsync(up);

        up.Process.ExitCode.ShouldBe(StartFailure.Failed);
        up.Output.ShouldContain($"Port {port} is already in use");
        Directory.Exists(folder.Careline.Cluster).ShouldBeFalse();
    }

    [Theory]
    [InlineData("serve")]
    [InlineData("cli", "migrate")]
    public async Task A_database_that_cannot_be_reached_is_told_in_one_line(params string[] args)
    {
        using var alone = Upstart.RunOn("postgres://careline@127.0.0.1:1/careline", folder.Careline, port, args);
        await EndAsync(alone);

        alone.Process.ExitCode.ShouldBe(StartFailure.Failed);
        alone.Output.ShouldContain("careline: the database cannot be used");
        alone.Output.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task Misuse_ends_with_two_and_the_usage()
    {
        var misuse = Run("up", "--node", "2");
        await EndAsync(misuse);

        misuse.Process.ExitCode.ShouldBe(2);
        misuse.Output.ShouldContain("Usage: careline up");
    }

    public async ValueTask DisposeAsync()
    {
        started.ForEach(process => process.Dispose());
        await folder.StopClusterAsync();
        folder.Dispose();
    }

    private static async Task EndAsync(Upstart process) =>
        await process.Process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(60));

    private static Process HostOf(Upstart up)
    {
        var id = up.Process.Id.ToString(CultureInfo.InvariantCulture);
        return Directory.EnumerateDirectories($"/proc/{id}/task")
            .SelectMany(task => File.ReadAllText($"{task}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(child => Process.GetProcessById(int.Parse(child, CultureInfo.InvariantCulture)))
            .Single();
    }

    private bool Answers()
    {
        try
        {
            using var socket = new TcpClient("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private async Task<Upstart> ReadyAsync()
    {
        var up = Run("up");
        await Eventually.HoldsAsync(() => up.Output.Contains("ready at", StringComparison.Ordinal) || up.Process.HasExited);
        up.Output.ShouldContain("ready at");
        return up;
    }

    private Upstart Run(params string[] args)
    {
        var process = Upstart.Run(folder.Careline, port, args);
        started.Add(process);
        return process;
    }
}
