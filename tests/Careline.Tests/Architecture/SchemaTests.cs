using System.Text.RegularExpressions;
using Careline.Platform.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace Careline.Tests.Architecture;

/// <summary>The migrated database and the mappings say the same, and each thing lies where its owner lives.</summary>
[Collection(typeof(House))]
public sealed partial class SchemaTests(House house)
{
    // Tables that a trigger keeps for a mapping that only reads them.
    private static readonly HashSet<string> _keptByTriggers = ["doctors.doctor_specializations", "doctors.doctor_clinics"];

    [Fact]
    public async Task Every_mapping_lies_in_its_modules_schema()
    {
        var types = await ModelAsync(model => model.GetEntityTypes().ToList());

        types.Where(t => (t.GetSchema() ?? t.GetViewSchema()) != OwnerOf(t).Schema)
            .Select(t => $"{t.ClrType.FullName} is mapped to {t.GetSchema() ?? t.GetViewSchema()}.{t.GetTableName() ?? t.GetViewName()}, not to the schema {OwnerOf(t).Schema}.")
            .ShouldBeNone("A module maps only what lies in its own schema.", types.Count, 30);
    }

    [Fact]
    public async Task Every_table_lies_in_a_modules_schema()
    {
        var tables = await RowsAsync(
            """
            SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S') AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg_t%'
              AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
            """,
            row => (Schema: row.GetString(0), Name: row.GetString(1)));
        var schemas = house.Modules.Select(m => m.Schema).ToHashSet();

        tables.Where(t => !schemas.Contains(t.Schema)).Select(t => $"{t.Schema}.{t.Name}")
            .ShouldBeNone("Every table, view and sequence belongs to one module.", tables.Count, 40);
    }

    [Fact]
    public async Task Every_mapped_column_is_as_the_mapping_says()
    {
        var columns = (await ColumnsAsync()).ToDictionary(c => (c.Table, c.Name));
        var seen = 0;
        var offenders = new List<string>();
        foreach (var (type, table, isTable) in await MappingsAsync())
        {
            var store = isTable ? StoreObjectIdentifier.Table(type.GetTableName()!, type.GetSchema()) : StoreObjectIdentifier.View(type.GetViewName()!, type.GetViewSchema());
            foreach (var property in type.GetProperties())
            {
                seen++;
                var place = $"{type.ClrType.Name}.{property.Name}";
                if (!columns.TryGetValue((table, property.GetColumnName(store) ?? ""), out var column))
                {
                    offenders.Add($"{place}: {table} has no column {property.GetColumnName(store)}.");
                    continue;
                }

                if (column.Type != property.GetColumnType(store))
                {
                    offenders.Add($"{place}: the mapping says {property.GetColumnType(store)}, {table}.{column.Name} is {column.Type}.");
                }

                // PostgreSQL does not know whether a view's column can be null.
                if (isTable && column.IsNullable != property.IsColumnNullable(store))
                {
                    offenders.Add($"{place} is {(property.IsNullable ? "" : "not ")}nullable, {table}.{column.Name} is the opposite.");
                }
            }
        }

        offenders.ShouldBeNone("A mapping and the migrated schema agree in column, type and nullability.", seen, 300);
    }

    [Fact]
    public async Task Nothing_the_database_requires_is_missing_from_a_mapping()
    {
        var columns = await ColumnsAsync();
        var mapped = (await MappingsAsync()).Where(m => m.IsTable).SelectMany(m => m.Type.GetProperties().Select(p => (m.Table, Name: p.GetColumnName()))).ToHashSet();
        var tables = mapped.Select(m => m.Table).Except(_keptByTriggers).ToHashSet();
        var required = columns.Where(c => tables.Contains(c.Table) && !c.IsNullable && !c.HasDefault).ToList();

        required.Where(c => !mapped.Contains((c.Table, c.Name))).Select(c => $"{c.Table}.{c.Name} must be given but is not mapped.")
            .ShouldBeNone("Every insert through a mapping can succeed.", required.Count, 200);
    }

    [Fact]
    public async Task Every_key_of_a_mapping_is_the_tables_primary_key()
    {
        var keys = (await RowsAsync(
            """
            SELECT c.conrelid::regclass::text, array_agg(a.attname::text ORDER BY a.attname)
            FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey) WHERE c.contype = 'p' GROUP BY 1
            """,
            row => (Table: row.GetString(0), Columns: row.GetFieldValue<string[]>(1)))).ToDictionary(k => k.Table, k => k.Columns);
        var mappings = (await MappingsAsync()).Where(m => m.IsTable && m.Type.FindPrimaryKey() is not null).ToList();

        mappings.Where(m => !keys.GetValueOrDefault(m.Table, []).SequenceEqual(m.Type.FindPrimaryKey()!.Properties.Select(p => p.GetColumnName()).Order(StringComparer.Ordinal)))
            .Select(m => $"{m.Type.ClrType.Name} is not keyed as {m.Table} is.")
            .ShouldBeNone("What the context takes for the key is the key.", mappings.Count, 20);
    }

    [Fact]
    public async Task Foreign_keys_wait_for_the_commit_and_point_down_the_levels()
    {
        var keys = await RowsAsync(
            """
            SELECT c.conname, fn.nspname, c.conrelid::regclass::text, tn.nspname, c.confrelid::regclass::text, c.condeferrable AND c.condeferred
            FROM pg_constraint c JOIN pg_class f ON f.oid = c.conrelid JOIN pg_namespace fn ON fn.oid = f.relnamespace
            JOIN pg_class t ON t.oid = c.confrelid JOIN pg_namespace tn ON tn.oid = t.relnamespace WHERE c.contype = 'f'
            """,
            row => (Name: row.GetString(0), FromSchema: row.GetString(1), From: row.GetString(2), ToSchema: row.GetString(3), To: row.GetString(4), Waits: row.GetBoolean(5)));
        var levels = house.Modules.ToDictionary(m => m.Schema, m => m.Level);

        keys.Where(k => !k.Waits).Select(k => $"{k.Name} of {k.From}: say DEFERRABLE INITIALLY DEFERRED, since rows of several modules are saved in one batch.")
            .Concat(keys.Where(k => k.FromSchema != k.ToSchema && levels.GetValueOrDefault(k.ToSchema, 99) >= levels.GetValueOrDefault(k.FromSchema))
                .Select(k => $"{k.Name} of {k.From} points up or sideways to {k.To}."))
            .ShouldBeNone("A foreign key is checked at the commit and points down.", keys.Count, 30);
    }

    [Fact]
    public async Task A_check_of_words_names_the_words_of_the_enumeration()
    {
        var checks = (await RowsAsync(
            """
            SELECT c.conrelid::regclass::text, a.attname::text, pg_get_constraintdef(c.oid)
            FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
            WHERE c.contype = 'c' AND cardinality(c.conkey) = 1
            """,
            row => (Table: row.GetString(0), Column: row.GetString(1), Text: row.GetString(2))))
            .Where(c => WordList().IsMatch(c.Text)).ToDictionary(c => (c.Table, c.Column), c => QuotedWord().Matches(c.Text).Select(m => m.Groups[1].Value).ToHashSet());
        var seen = 0;
        var offenders = new List<string>();
        foreach (var (type, table, _) in (await MappingsAsync()).Where(m => m.IsTable))
        {
            foreach (var property in type.GetProperties())
            {
                var clr = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
                if (clr.IsEnum && checks.TryGetValue((table, property.GetColumnName()), out var allowed))
                {
                    seen++;
                    var words = Enum.GetValuesAsUnderlyingType(clr).Cast<object>().Select(v => SnakeCase.Of(Enum.GetName(clr, v)!)).ToHashSet();
                    // The original is the file itself, and no copy of it.
                    allowed.UnionWith(table == "files.copies" ? ["original"] : []);
                    offenders.AddRange(words.Except(allowed).Select(w => $"{table}.{property.GetColumnName()} refuses '{w}' of {clr.Name}: change its CHECK by a migration."));
                }
            }
        }

        offenders.ShouldBeNone("A column takes every word of its enumeration.", seen, 15);
    }

    [GeneratedRegex(@"^CHECK \(\(\w+ = ANY \(ARRAY\[")]
    private static partial Regex WordList();

    [GeneratedRegex("'([^']*)'")]
    private static partial Regex QuotedWord();

    [Fact]
    public async Task Times_carry_a_zone_enumerations_are_text_and_money_is_whole()
    {
        var offenders = new List<string>();
        var seen = 0;
        foreach (var (type, table, _) in await MappingsAsync())
        {
            foreach (var property in type.GetProperties())
            {
                seen++;
                var clr = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
                var column = property.GetColumnType();
                var wrong = clr == typeof(DateTimeOffset) ? column == "timestamp with time zone" ? null : "an instant is timestamptz"
                    : clr == typeof(DateTime) ? "an instant is a DateTimeOffset"
                    : clr.IsEnum ? column == "text" ? null : "an enumeration is text"
                    : property.Name.EndsWith("Minor", StringComparison.Ordinal) || property.Name.EndsWith("Amount", StringComparison.Ordinal)
                        ? column == "bigint" ? null : "money is whole minor units, bigint"
                    : null;
                if (wrong is not null)
                {
                    offenders.Add($"{table}.{property.GetColumnName()} ({clr.Name}, {column}): {wrong}.");
                }
            }
        }

        var unzoned = (await ColumnsAsync()).Where(c => c.Type is "timestamp without time zone" or "time with time zone" or "money" or "real" || c.Type.StartsWith("character", StringComparison.Ordinal))
            .Select(c => $"{c.Table}.{c.Name} is {c.Type}.");

        offenders.Concat(unzoned).ShouldBeNone("Time has a zone, enumerations are text, money is whole, text is text.", seen, 300);
    }

    private CarelineModule OwnerOf(IReadOnlyTypeBase type) => house.Modules.Single(m => m.Assembly == type.ClrType.Assembly);

    private async Task<T> ModelAsync<T>(Func<IModel, T> read) => await house.LookAsync(db => Task.FromResult(read(db.GetService<IDesignTimeModel>().Model)));

    private Task<List<(IEntityType Type, string Table, bool IsTable)>> MappingsAsync() => ModelAsync(model => model.GetEntityTypes()
        .Select(t => t.GetTableName() is { } table ? (t, $"{t.GetSchema()}.{table}", true) : (t, $"{t.GetViewSchema()}.{t.GetViewName()}", false)).ToList());

    private Task<List<(string Table, string Name, string Type, bool IsNullable, bool HasDefault)>> ColumnsAsync() => RowsAsync(
        """
        SELECT n.nspname || '.' || c.relname, a.attname, format_type(a.atttypid, a.atttypmod), NOT a.attnotnull, a.atthasdef OR a.attidentity <> ''
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'v', 'm') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
        """,
        row => (row.GetString(0), row.GetString(1), row.GetString(2), row.GetBoolean(3), row.GetBoolean(4)));

    private async Task<List<T>> RowsAsync<T>(string sql, Func<NpgsqlDataReader, T> read)
    {
        await using var connection = new NpgsqlConnection(house.ConnectionString);
        await connection.OpenAsync();
#pragma warning disable CA2100 // The catalogue queries above.
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
}
