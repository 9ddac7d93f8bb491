using Npgsql;

namespace Careline.Host.Demo.Large;

// Foreign keys, exclusions and indexes of the tables that are loaded: taken away before and made again afterwards, all in the load's transaction,
// since one pass over a million rows costs a fraction of a million steps. Making them again proves every row as the steps would have.
internal sealed class SuspendedIndexes
{
    private readonly List<string> _restoring = [];

    private SuspendedIndexes()
    {
    }

    public static async Task<SuspendedIndexes> TakeAsync(NpgsqlConnection connection, string[] tables, CancellationToken ct)
    {
        var suspended = new SuspendedIndexes();
        var dropping = new List<string>();
        await using (var command = new NpgsqlCommand(
            """
            SELECT 'ALTER TABLE ' || conrelid::regclass || ' DROP CONSTRAINT ' || quote_ident(conname),
                'ALTER TABLE ' || conrelid::regclass || ' ADD CONSTRAINT ' || quote_ident(conname) || ' ' || pg_get_constraintdef(oid),
                CASE contype WHEN 'f' THEN 1 ELSE 2 END AS turn
            FROM pg_constraint WHERE conrelid = ANY ($1::regclass[]) AND contype IN ('f', 'u', 'x')
            UNION ALL
            SELECT 'DROP INDEX ' || indexrelid::regclass, pg_get_indexdef(indexrelid), 3
            FROM pg_index WHERE indrelid = ANY ($1::regclass[]) AND NOT indisprimary
                AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND contype IN ('u', 'x'))
            ORDER BY turn
            """,
            connection))
        {
            command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = tables });
            await using var rows = await command.ExecuteReaderAsync(ct);
            while (await rows.ReadAsync(ct))
            {
                dropping.Add(rows.GetString(0));
                suspended._restoring.Insert(0, rows.GetString(1));
            }
        }

        foreach (var statement in dropping)
        {
            await ExecuteAsync(connection, statement, ct);
        }

        return suspended;
    }

    public async Task RestoreAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        foreach (var statement in _restoring)
        {
            await ExecuteAsync(connection, statement, ct);
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string statement, CancellationToken ct)
    {
#pragma warning disable CA2100 // PostgreSQL's own spelling of what it holds.
        await using var command = new NpgsqlCommand(statement, connection) { CommandTimeout = 0 };
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(ct);
    }
}
