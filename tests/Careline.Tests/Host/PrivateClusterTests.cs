using System.Diagnostics;
using System.Globalization;
using Careline.Tests.Support;
using Npgsql;

namespace Careline.Tests.Host;

public sealed class PrivateClusterTests : IAsyncDisposable
{
    private readonly TestFolder folder = TestFolder.Create();

    [Fact]
    public async Task It_is_made_started_and_stopped_and_keeps_what_it_was_given()
    {
        var first = await StartAsync();
        await ClusterRoles.EnsureAsync(first, "careline", Cancel);
        await ClusterRoles.EnsureAsync(first, "careline", Cancel);
        await ExecuteAsync(first, "CREATE TABLE kept (id int)");
        await first.StopAsync();
        await Eventually.HoldsAsync(() => !first.IsAlive);

        var second = await StartAsync();

        second.WasAdopted.ShouldBeFalse();
        await ExecuteAsync(second, "SELECT * FROM kept");
    }

    [Fact]
    public async Task It_has_no_port_and_lets_only_its_owner_in()
    {
        var cluster = await StartAsync();
        await ClusterRoles.EnsureAsync(cluster, "careline", Cancel);

        (await AskAsync(cluster, "SHOW listen_addresses")).ShouldBe("");
        (await AskAsync(cluster, "SHOW data_checksums")).ShouldBe("on");
        (await AskAsync(cluster, "SHOW server_encoding")).ShouldBe("UTF8");
        (await AskAsync(cluster, "SHOW timezone")).ShouldBe("UTC");
        const UnixFileMode ownerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        File.GetUnixFileMode(cluster.Postmaster.SocketFolder).ShouldBe(ownerOnly);
        File.GetUnixFileMode(folder.Careline.Cluster).ShouldBe(ownerOnly);
    }

    [Fact]
    public async Task A_server_that_was_left_running_is_adopted()
    {
        var orphan = await StartAsync();

        var adopted = await StartAsync();

        adopted.WasAdopted.ShouldBeTrue();
        adopted.Postmaster.ShouldBe(orphan.Postmaster);
        adopted.ConnectionString("careline").ShouldBe(orphan.ConnectionString("careline"));
    }

    [Fact]
    public async Task A_server_that_was_killed_recovers_what_it_acknowledged()
    {
        var killed = await StartAsync();
        await ClusterRoles.EnsureAsync(killed, "careline", Cancel);
        await ExecuteAsync(killed, "CREATE TABLE kept (id int)");
        Kill(killed.Postmaster.ProcessId);
        await Eventually.HoldsAsync(() => !killed.IsAlive);

        var recovered = await StartAsync();

        recovered.WasAdopted.ShouldBeFalse();
        await ExecuteAsync(recovered, "SELECT * FROM kept");
    }

    [Fact]
    public async Task A_pid_that_was_given_out_again_does_not_stop_the_start()
    {
        var before = await StartAsync();
        await before.StopAsync();
        var pidFile = Path.Combine(folder.Careline.Cluster, "postmaster.pid");
        var own = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        await File.WriteAllTextAsync(pidFile, $"{own}\n{folder.Careline.Cluster}\n0\n5432\n{folder.Careline.Socket}\n\n1 1\nready\n", Cancel);

        (await StartAsync()).IsAlive.ShouldBeTrue();
    }

    [Fact]
    public async Task A_making_that_was_cut_off_is_begun_anew()
    {
        Directory.CreateDirectory(folder.Careline.UnfinishedCluster);
        await File.WriteAllTextAsync(Path.Combine(folder.Careline.UnfinishedCluster, "PG_VERSION"), "15", Cancel);

        (await StartAsync()).IsAlive.ShouldBeTrue();

        Directory.Exists(folder.Careline.UnfinishedCluster).ShouldBeFalse();
    }

    [Fact]
    public async Task Something_else_in_its_place_is_left_alone()
    {
        Directory.CreateDirectory(folder.Careline.Cluster);
        var other = Path.Combine(folder.Careline.Cluster, "letter.txt");
        await File.WriteAllTextAsync(other, "dear", Cancel);

        (await Should.ThrowAsync<StartFailure>(StartAsync())).Message.ShouldContain("is not a PostgreSQL cluster");
        File.Exists(other).ShouldBeTrue();
    }

    [Fact]
    public void A_second_process_on_the_folder_is_refused_with_the_first_ones_pid()
    {
        using var first = FolderLock.Take(folder.Careline, FolderLock.UpPurpose);

        Should.Throw<StartFailure>(() => FolderLock.Take(folder.Careline, FolderLock.UpPurpose)).Message
            .ShouldContain($"process {Environment.ProcessId}, careline up");
    }

    [Fact]
    public void The_lock_is_free_again_after_its_holder()
    {
        FolderLock.Take(folder.Careline, FolderLock.UpPurpose).Dispose();

        FolderLock.IsHeld(folder.Careline).ShouldBeFalse();
    }

    public async ValueTask DisposeAsync()
    {
        await folder.StopClusterAsync();
        folder.Dispose();
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static void Kill(int pid)
    {
        using var process = Process.GetProcessById(pid);
        process.Kill();
    }

    private static async Task ExecuteAsync(Cluster cluster, string statement) => await AskAsync(cluster, statement);

    private static async Task<object?> AskAsync(Cluster cluster, string statement)
    {
        await using var connection = new NpgsqlConnection(cluster.ConnectionString("careline") + ";Pooling=false");
        await connection.OpenAsync(Cancel);
#pragma warning disable CA2100 // Constants of the tests above.
        await using var command = new NpgsqlCommand(statement, connection);
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync(Cancel);
    }

    // Durable, unlike the run's own cluster: what survives a kill is what some of these are about.
    private Task<Cluster> StartAsync() => Cluster.StartAsync(folder.Careline, ClusterSettings.Default, Surroundings.OfProcess, Cancel);
}
