using System.Diagnostics;
using System.Globalization;
using Careline.Host.CommandLine;
using Npgsql;
using NpgsqlTypes;

namespace Careline.Host.Demo.Large;

// Streams rows into a table by COPY, and says how far it is.
internal sealed class TableCopy(NpgsqlConnection connection, string table, string columns)
{
    private static readonly TimeSpan _betweenNews = TimeSpan.FromSeconds(5);

    public async Task LoadAsync<T>(IEnumerable<T> rows, int count, Action<RowWriter, T> write, CancellationToken ct)
    {
        var watch = Stopwatch.StartNew();
        var told = TimeSpan.Zero;
        var done = 0;
#pragma warning disable CA2100 // Names of tables and columns, written in this folder.
        await using (var importer = await connection.BeginBinaryImportAsync($"COPY {table} ({columns}) FROM STDIN (FORMAT BINARY)", ct))
#pragma warning restore CA2100
        {
            importer.Timeout = TimeSpan.Zero;
            var writer = new RowWriter(importer);
            foreach (var row in rows)
            {
                importer.StartRow();
                write(writer, row);
                if (++done % 1024 == 0 && watch.Elapsed - told > _betweenNews)
                {
                    ct.ThrowIfCancellationRequested();
                    told = watch.Elapsed;
                    Tell(done, count, watch.Elapsed);
                }
            }

            await importer.CompleteAsync(ct);
        }

        Tell(done, count, watch.Elapsed);
    }

    private void Tell(int done, int count, TimeSpan elapsed) => Terminal.Say(string.Create(
        CultureInfo.InvariantCulture,
        $"careline:   {table,-30} {done,9:N0} of {count,9:N0} rows, {done / Math.Max(0.001, elapsed.TotalSeconds),9:N0} a second"));
}

// Writes the values of a row in the order of the columns.
internal readonly struct RowWriter(NpgsqlBinaryImporter importer)
{
    public RowWriter Text(string? value)
    {
        if (value is null)
        {
            importer.WriteNull();
        }
        else
        {
            importer.Write(value, NpgsqlDbType.Text);
        }

        return this;
    }

    public RowWriter Id(Guid value)
    {
        importer.Write(value, NpgsqlDbType.Uuid);
        return this;
    }

    public RowWriter Time(DateTimeOffset value)
    {
        importer.Write(value, NpgsqlDbType.TimestampTz);
        return this;
    }

    public RowWriter Date(DateOnly value)
    {
        importer.Write(value, NpgsqlDbType.Date);
        return this;
    }

    public RowWriter Number(int value)
    {
        importer.Write(value, NpgsqlDbType.Integer);
        return this;
    }

    public RowWriter Flag(bool value)
    {
        importer.Write(value, NpgsqlDbType.Boolean);
        return this;
    }

    public RowWriter Value<T>(T value, NpgsqlDbType type)
    {
        importer.Write(value, type);
        return this;
    }
}
