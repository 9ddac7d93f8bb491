using Careline.Host.Database;
using Npgsql;

namespace Careline.Tests.Support;

// One PostgreSQL cluster for the whole run, started by the first test that asks for a database.
public sealed class TestCluster : IAsyncLifetime
{
    private readonly Lazy<Task<Running>> running = new(StartAsync);
    private readonly Lazy<Task<TestFolder>> settled = new(MakeSettledAsync);
    private readonly Lazy<Task<TestApp>> shared;
    private int databases;

    public TestCluster() => shared = new(StartSharedAsync);

    // A crash of a test cluster loses nothing that anyone wants back, so it need not wait for any disk.
    internal static ClusterSettings Settings { get; } = new(new Dictionary<string, string>
    {
        ["fsync"] = "off",
        ["full_page_writes"] = "off",
        ["synchronous_commit"] = "off",
        ["max_connections"] = "400",
        ["shared_buffers"] = "128MB",
        ["max_wal_size"] = "1GB",
        ["autovacuum_naptime"] = "10min",
    });

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    // The application that SharedApp stands for, started by the first class that asks for it.
    public Task<TestApp> SharedAppAsync() => shared.Value;

    // A database of the caller's own, empty or as the template is. Nobody may be connected to the template meanwhile.
    public async Task<string> CreateDatabaseAsync(string? template = null)
    {
        var cluster = (await running.Value).Cluster;
        var name = $"test_{Interlocked.Increment(ref databases)}";
        await ExecuteAsync(cluster, $"CREATE DATABASE {Quoted(name)} TEMPLATE {Quoted(template ?? "template0")}");
        return new NpgsqlConnectionStringBuilder(cluster.ConnectionString(name)) { MaxPoolSize = 20, IncludeErrorDetail = true }.ConnectionString;
    }

    // Puts into a data folder what an earlier start left in it: a cluster with a migrated database, made once in a run. For tests that are not about a first start.
    internal async Task SettleAsync(CarelineFolder folder)
    {
        var model = (await settled.Value).Careline;
        var (code, output) = await ChildCommand.RunAsync(["cp", "--archive", model.Cluster, folder.Cluster], CancellationToken.None);
        code.ShouldBe(0, output);
    }

    public async Task DropDatabaseAsync(string connectionString)
    {
        await using (var pooled = new NpgsqlConnection(connectionString))
        {
            NpgsqlConnection.ClearPool(pooled);
        }

        var name = new NpgsqlConnectionStringBuilder(connectionString).Database!;
        await ExecuteAsync((await running.Value).Cluster, $"DROP DATABASE IF EXISTS {Quoted(name)} WITH (FORCE)");
    }

    public async ValueTask DisposeAsync()
    {
        if (shared.IsValueCreated)
        {
            await (await shared.Value).DisposeAsync();
        }

        if (settled.IsValueCreated)
        {
            (await settled.Value).Dispose();
        }

        if (running.IsValueCreated)
        {
            var (folder, folderLock, cluster) = await running.Value;
            NpgsqlConnection.ClearAllPools();
            await cluster.StopAsync(immediately: true);
            folder.Dispose();
            folderLock.Dispose();
        }
    }

    private static async Task<Running> StartAsync()
    {
        await TestFolder.SweepAsync();
        var folder = TestFolder.Create();
        var folderLock = FolderLock.Take(folder.Careline, "tests");
        return new Running(folder, folderLock, await Cluster.StartAsync(folder.Careline, Settings, Surroundings.OfProcess, CancellationToken.None));
    }

    private static async Task<TestFolder> MakeSettledAsync()
    {
        var folder = TestFolder.Create();
        using var folderLock = FolderLock.Take(folder.Careline, "tests");
        var cluster = await Cluster.StartAsync(folder.Careline, ClusterSettings.Default, Surroundings.OfProcess, CancellationToken.None);
        await ClusterRoles.EnsureAsync(cluster, DatabaseSession.Name, CancellationToken.None);
        await TestApp.MigrateAsync(cluster.ConnectionString(DatabaseSession.Name));
        await cluster.StopAsync();
        return folder;
    }

    private async Task<TestApp> StartSharedAsync()
    {
        var app = new TestApp(this);
        await app.InitializeAsync();
        return app;
    }

    private static string Quoted(string name)
    {
        using var quoter = new NpgsqlCommandBuilder();
        return quoter.QuoteIdentifier(name);
    }

    private static async Task ExecuteAsync(Cluster cluster, string statement)
    {
        await using var connection = new NpgsqlConnection(cluster.ConnectionString("postgres"));
        await connection.OpenAsync();
#pragma warning disable CA2100 // CREATE and DROP DATABASE take no parameters; the names are quoted.
        await using var command = new NpgsqlCommand(statement, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    private sealed record Running(TestFolder Folder, FolderLock Lock, Cluster Cluster);
}
