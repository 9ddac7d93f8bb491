using Npgsql;

namespace Careline.Platform.Data;

/// <summary>What the next save sends before what is tracked, in the order of the calls; rows that follow each other go as one statement.</summary>
internal sealed class SaveQueue
{
    private readonly List<(NpgsqlBatchCommand? Command, Action<NpgsqlDataReader>? Read, RowInsert? Insert, object? Row)> _parts = [];

    /// <summary>How many statements and rows wait.</summary>
    public int Count => _parts.Count;

    /// <summary>Adds a statement, and what reads its answer.</summary>
    public void Add(NpgsqlBatchCommand command, Action<NpgsqlDataReader>? read) => _parts.Add((command, read, null, null));

    /// <summary>Adds a row.</summary>
    public void Add(RowInsert insert, object row) => _parts.Add((null, null, insert, row));

    /// <summary>Forgets what waits.</summary>
    public void Clear() => _parts.Clear();

    /// <summary>Moves all that waits into a batch, and answers the readers of those statements that answer rows, in order.</summary>
    public List<Action<NpgsqlDataReader>> MoveTo(NpgsqlBatch batch)
    {
        var readers = new List<Action<NpgsqlDataReader>>();
        for (var i = 0; i < _parts.Count;)
        {
            var (command, read, _, _) = _parts[i];
            if (command is null)
            {
                i = AddRows(i, batch, out read);
            }
            else
            {
                batch.BatchCommands.Add(command);
                i++;
            }

            if (read is not null)
            {
                readers.Add(read);
            }
        }

        _parts.Clear();
        return readers;
    }

    private int AddRows(int first, NpgsqlBatch batch, out Action<NpgsqlDataReader>? read)
    {
        var chain = InsertChain.Empty;
        var command = new NpgsqlBatchCommand();
        read = null;
        var i = first;
        for (; i < _parts.Count && _parts[i] is { Insert: { } insert, Row: { } row } && chain.With(insert) is { } longer; i++)
        {
            chain = longer;
            insert.AddTo(command.Parameters, row);
            if (insert.GeneratedColumn is not null)
            {
                read = answer => insert.Complete(row, answer);
            }
        }

#pragma warning disable CA2100 // Made of mapped names.
        command.CommandText = chain.Sql;
#pragma warning restore CA2100
        batch.BatchCommands.Add(command);
        return i;
    }
}
