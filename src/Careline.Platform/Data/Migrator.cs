using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Careline.Platform.Data;

/// <summary>The schema cannot be brought up to date: the sentence says why and what to do.</summary>
public sealed class MigrationRefused(string message) : Exception(message);

/// <summary>
/// Applies each module's <c>Migrations/NNNN_name.sql</c> in level order, once, each in a transaction, under an advisory lock, and keeps a
/// checksum of what was applied. A changed applied file or a newer database stops the start.
/// </summary>
public sealed partial class Migrator(IEnumerable<CarelineModule> modules, ILogger<Migrator> log)
{
    /// <summary>The role that the application's pool assumes: it owns nothing and may only add to the audit.</summary>
    public const string ApplicationRole = "careline_app";

    private const long MigrationLock = 0x43_41_52_45_4C_49_4E_45;

    private static readonly CarelineModule _platform = new("Platform", 0, typeof(Migrator).Assembly);

    /// <summary>Brings the database up to date and answers whether the pool may assume <see cref="ApplicationRole"/>.</summary>
    /// <exception cref="MigrationRefused">The database and this release do not fit.</exception>
    public async Task<bool> MigrateAsync(string connectionString, CancellationToken ct)
    {
        await using var source = PlainSource.Create(connectionString);
        await using var connection = await source.OpenConnectionAsync(ct);
        await ExecuteAsync(connection, "SELECT pg_advisory_lock($1)", ct, MigrationLock);
        try
        {
            await ExecuteAsync(
                connection,
                """
                CREATE SCHEMA IF NOT EXISTS platform;
                CREATE TABLE IF NOT EXISTS platform.migrations (
                    module text NOT NULL, name text NOT NULL, checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT clock_timestamp(),
                    PRIMARY KEY (module, name))
                """,
                ct);
            var applied = await AppliedAsync(connection, ct);
            var files = Files();
            Check(applied, files);
            foreach (var file in files.Where(f => !applied.ContainsKey((f.Module.Name, f.Name))))
            {
                await ApplyAsync(connection, file, ct);
            }

            return await GrantAsync(connection, ct);
        }
        finally
        {
            await ExecuteAsync(connection, "SELECT pg_advisory_unlock($1)", CancellationToken.None, MigrationLock);
        }
    }

    private List<MigrationFile> Files() =>
    [
        .. from module in modules.OrderBy(m => m.Level).ThenBy(m => m.Name, StringComparer.Ordinal).Prepend(_platform)
           from resource in module.Assembly.GetManifestResourceNames().Order(StringComparer.Ordinal)
           where FileName().IsMatch(resource)
           select MigrationFile.Read(module, resource),
    ];

    private static void Check(Dictionary<(string Module, string Name), string> applied, List<MigrationFile> files)
    {
        var known = files.ToDictionary(f => (f.Module.Name, f.Name));
        foreach (var ((module, name), checksum) in applied)
        {
            if (!known.TryGetValue((module, name), out var file))
            {
                throw new MigrationRefused(
                    $"The database holds migration {module}/{name}, which this release does not know: it was made by a newer Careline. Start that release.");
            }

            if (file.Checksum != checksum)
            {
                throw new MigrationRefused(
                    $"Migration {module}/{name} was changed after it had been applied. Restore the file and put the change into a new one.");
            }
        }
    }

    private async Task ApplyAsync(NpgsqlConnection connection, MigrationFile file, CancellationToken ct)
    {
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await ExecuteAsync(connection, $"CREATE SCHEMA IF NOT EXISTS \"{file.Module.Schema}\"", ct);
        await ExecuteAsync(connection, file.Sql, ct);
        await ExecuteAsync(
            connection, "INSERT INTO platform.migrations (module, name, checksum) VALUES ($1, $2, $3)", ct, file.Module.Name, file.Name, file.Checksum);
        await transaction.CommitAsync(ct);
        LogApplied(log, file.Module.Name, file.Name);
    }

    /// <summary>Gives the application's role what it needs; where the owner may not create roles the pool goes on as the owner.</summary>
    private async Task<bool> GrantAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        try
        {
            await ExecuteAsync(
                connection,
                """
                DO $$ BEGIN
                    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'careline_app') THEN CREATE ROLE careline_app NOLOGIN; END IF;
                    IF NOT pg_has_role(current_user, 'careline_app', 'MEMBER') THEN GRANT careline_app TO CURRENT_USER; END IF;
                EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
                END $$
                """,
                ct);
            foreach (var schema in modules.Select(m => m.Schema).Prepend("platform").Distinct())
            {
                await ExecuteAsync(
                    connection,
                    $"""
                    CREATE SCHEMA IF NOT EXISTS "{schema}";
                    GRANT USAGE ON SCHEMA "{schema}" TO careline_app;
                    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA "{schema}" TO careline_app;
                    GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA "{schema}" TO careline_app;
                    """,
                    ct);
            }

            await ExecuteAsync(
                connection,
                """
                DO $$ DECLARE register text; BEGIN
                    IF to_regnamespace('audit') IS NOT NULL THEN
                        REVOKE UPDATE, DELETE, TRUNCATE ON ALL TABLES IN SCHEMA audit FROM careline_app;

                        -- Registers are corrected, never emptied; everything else there stays as it was written.
                        FOREACH register IN ARRAY ARRAY['audit.breaches', 'audit.processing_activities'] LOOP
                            IF to_regclass(register) IS NOT NULL THEN EXECUTE format('GRANT UPDATE ON %s TO careline_app', register); END IF;
                        END LOOP;
                    END IF;
                END $$
                """,
                ct);
            return true;
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            LogNoRole(log);
            return false;
        }
    }

    private static async Task<Dictionary<(string, string), string>> AppliedAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var applied = new Dictionary<(string, string), string>();
        await using var command = new NpgsqlCommand("SELECT module, name, checksum FROM platform.migrations", connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            applied[(reader.GetString(0), reader.GetString(1))] = reader.GetString(2);
        }

        return applied;
    }

#pragma warning disable CA2100 // The texts are the migrations of this build and the schema names of its modules, never input.
    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        await command.ExecuteNonQueryAsync(ct);
    }
#pragma warning restore CA2100

    [GeneratedRegex(@"\.Migrations\.\d{4}_[a-z0-9_]+\.sql$")]
    private static partial Regex FileName();

    [LoggerMessage(Level = LogLevel.Information, Message = "Applied migration {Module}/{Name}")]
    private static partial void LogApplied(ILogger logger, string module, string name);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database owner may not create roles: the audit is append-only by agreement only")]
    private static partial void LogNoRole(ILogger logger);

    private sealed record MigrationFile(CarelineModule Module, string Name, string Sql, string Checksum)
    {
        public static MigrationFile Read(CarelineModule module, string resource)
        {
            using var reader = new StreamReader(module.Assembly.GetManifestResourceStream(resource)!);
            var sql = reader.ReadToEnd().ReplaceLineEndings("\n");
            var parts = resource.Split('.');
            return new MigrationFile(module, parts[^2], sql, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql))));
        }
    }
}
