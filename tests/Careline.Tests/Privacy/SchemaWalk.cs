using System.Text.Json;
using Careline.Tests.Support;
using Npgsql;

namespace Careline.Tests.Privacy;

/// <summary>Every table of the migrated database with its rows, and which of them speak of somebody: by a key, by an address, or through another row.</summary>
internal sealed record SchemaWalk(IReadOnlyList<SchemaWalk.Table> Tables, IReadOnlyList<SchemaWalk.ForeignKey> Keys)
{
    // Names of columns that refer to people, also where no foreign key says so (a level above, a history that outlives accounts).
    private static readonly HashSet<string> _personal =
    [
        "account_id", "patient_id", "patient_ids", "doctor_id", "actor_id", "user_id", "author_id", "phone", "phone_number", "contact_phone", "email",
        "recipient", "first_name", "last_name", "date_of_birth", "address",
    ];

    private static readonly string[] _roots = ["accounts.accounts", "patients.patients", "doctors.doctors"];

    public static async Task<SchemaWalk> TakeAsync(TestApp app)
    {
        await using var connection = new NpgsqlConnection(app.ConnectionString);
        await connection.OpenAsync();
        var columns = await RowsAsync(
            connection,
            """
            SELECT n.nspname || '.' || c.relname, a.attname, format_type(a.atttypid, NULL), a.attgenerated <> '',
                EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'p' AND a.attnum = ANY (k.conkey))
            FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
            """,
            row => (Table: row.GetString(0), Column: new Column(row.GetString(1), row.GetString(2), row.GetBoolean(3), row.GetBoolean(4))));
        var keys = await RowsAsync(
            connection,
            """
            SELECT fn.nspname || '.' || f.relname, fa.attname, tn.nspname || '.' || t.relname, ta.attname
            FROM pg_constraint k JOIN pg_class f ON f.oid = k.conrelid JOIN pg_namespace fn ON fn.oid = f.relnamespace
            JOIN pg_class t ON t.oid = k.confrelid JOIN pg_namespace tn ON tn.oid = t.relnamespace
            JOIN pg_attribute fa ON fa.attrelid = f.oid AND fa.attnum = k.conkey[1] JOIN pg_attribute ta ON ta.attrelid = t.oid AND ta.attnum = k.confkey[1]
            WHERE k.contype = 'f'
            """,
            row => new ForeignKey(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3)));
        var tables = new List<Table>();
        foreach (var table in columns.GroupBy(c => c.Table, c => c.Column))
        {
            tables.Add(new Table(table.Key, [.. table], await RowsAsync(
                connection, $"SELECT to_jsonb(t)::text FROM {table.Key} t", row => JsonDocument.Parse(row.GetString(0)).RootElement)));
        }

        return new SchemaWalk(tables, keys);
    }

    /// <summary>The tables that can say something of a person at all.</summary>
    public HashSet<string> Personal()
    {
        var found = Tables.Where(t => t.Columns.Any(c => _personal.Contains(c.Name) || (c.Name.EndsWith("_by", StringComparison.Ordinal) && c.Type == "uuid")))
            .Select(t => t.Name).Concat(_roots).ToHashSet();
        while (Keys.Any(k => found.Contains(k.To) && found.Add(k.From)))
        {
        }

        return found;
    }

    /// <summary>The rows that speak of somebody, by table.</summary>
    /// <param name="marks">Ids and addresses of the person.</param>
    public ILookup<Table, JsonElement> RowsOf(IReadOnlyCollection<string> marks)
    {
        var found = Tables.ToDictionary(t => t, t => t.Rows.Where(r => marks.Any(m => r.GetRawText().Contains(m, StringComparison.OrdinalIgnoreCase))).ToHashSet());
        var byName = Tables.ToDictionary(t => t.Name);
        for (var grew = true; grew;)
        {
            grew = false;
            foreach (var key in Keys)
            {
                var parents = found[byName[key.To]].Select(r => r.GetProperty(key.ToColumn).ToString()).ToHashSet();
                foreach (var child in byName[key.From].Rows.Where(r => parents.Contains(r.GetProperty(key.FromColumn).ToString())))
                {
                    grew |= found[byName[key.From]].Add(child);
                }
            }
        }

        return found.SelectMany(f => f.Value.Select(row => (f.Key, Row: row))).ToLookup(f => f.Key, f => f.Row);
    }

    private static async Task<List<T>> RowsAsync<T>(NpgsqlConnection connection, string sql, Func<NpgsqlDataReader, T> read)
    {
#pragma warning disable CA2100 // The catalogue, and the names of tables that it answers.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    internal sealed record Column(string Name, string Type, bool IsGenerated, bool IsKey);

    internal sealed record ForeignKey(string From, string FromColumn, string To, string ToColumn);

    internal sealed record Table(string Name, IReadOnlyList<Column> Columns, IReadOnlyList<JsonElement> Rows);
}
