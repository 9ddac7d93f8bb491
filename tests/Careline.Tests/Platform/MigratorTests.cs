using Careline.Platform.Data;
using Careline.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Careline.Tests.Platform;

/// <summary>A database is brought up to date once, and never by a release that does not know it.</summary>
public sealed class MigratorTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task A_second_run_changes_nothing()
    {
        var before = await app.SqlAsync("SELECT string_agg(module || name || checksum || applied_at, ',' ORDER BY applied_at) FROM platform.migrations");

        await MigrateAsync();

        (await app.SqlAsync("SELECT string_agg(module || name || checksum || applied_at, ',' ORDER BY applied_at) FROM platform.migrations")).ShouldBe(before);
    }

    [Fact]
    public async Task An_applied_file_that_was_changed_stops_the_start()
    {
        var checksum = (string)(await app.SqlAsync("SELECT checksum FROM platform.migrations WHERE module = 'Accounts' AND name = '0001_accounts'"))!;
        await app.SqlAsync("UPDATE platform.migrations SET checksum = 'other' WHERE module = 'Accounts' AND name = '0001_accounts'");
        try
        {
            (await Should.ThrowAsync<MigrationRefused>(MigrateAsync)).Message.ShouldContain("Accounts/0001_accounts was changed");
        }
        finally
        {
            await app.SqlAsync("UPDATE platform.migrations SET checksum = $1 WHERE module = 'Accounts' AND name = '0001_accounts'", checksum);
        }
    }

    [Fact]
    public async Task A_database_of_a_newer_release_stops_the_start()
    {
        await app.SqlAsync("INSERT INTO platform.migrations (module, name, checksum) VALUES ('Scheduling', '9999_tomorrow', 'x')");
        try
        {
            (await Should.ThrowAsync<MigrationRefused>(MigrateAsync)).Message.ShouldContain("Scheduling/9999_tomorrow");
        }
        finally
        {
            await app.SqlAsync("DELETE FROM platform.migrations WHERE name = '9999_tomorrow'");
        }
    }

    [Fact]
    public async Task The_applications_role_can_neither_change_nor_remove_an_audit_row()
    {
        foreach (var statement in new[] { "UPDATE audit.events SET action = 'x'", "DELETE FROM audit.events", "TRUNCATE audit.events", "DROP TABLE audit.events" })
        {
            var refused = await Should.ThrowAsync<PostgresException>(() => app.LookAsync(async db =>
            {
                await using var command = db.Database.GetDbConnection().CreateCommand();
#pragma warning disable CA2100 // The four above.
                command.CommandText = statement;
#pragma warning restore CA2100
                await db.Database.OpenConnectionAsync();
                return await command.ExecuteNonQueryAsync();
            }));

            refused.SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege, statement);
        }
    }

    private Task MigrateAsync() => app.Services.GetRequiredService<Migrator>().MigrateAsync(app.ConnectionString, TestContext.Current.CancellationToken);
}

/// <summary>Two hosts that start on an empty database at the same time.</summary>
public sealed class FirstMigrationTests(TestCluster cluster, TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task Two_first_starts_at_once_migrate_once()
    {
        var connection = await cluster.CreateDatabaseAsync();
        var migrator = app.Services.GetRequiredService<Migrator>();

        await Task.WhenAll(
            migrator.MigrateAsync(connection, TestContext.Current.CancellationToken), migrator.MigrateAsync(connection, TestContext.Current.CancellationToken));

        await using var source = NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand("SELECT count(*) FROM platform.migrations");
        (await command.ExecuteScalarAsync(TestContext.Current.CancellationToken)).ShouldBe(await app.SqlAsync("SELECT count(*) FROM platform.migrations"));
        await source.DisposeAsync();
        await cluster.DropDatabaseAsync(connection);
    }
}
