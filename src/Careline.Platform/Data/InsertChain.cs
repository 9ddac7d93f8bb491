using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace Careline.Platform.Data;

/// <summary>
/// The INSERTs of rows that follow each other, as one statement: what PostgreSQL and the driver spend on a statement is spent once. A chain is found by
/// its types one after the other, so its text is made once and nothing is built to look it up.
/// </summary>
internal sealed class InsertChain
{
    // Bounds the number of texts and of parameters; a longer row of rows is several statements.
    private const int Longest = 8;

    /// <summary>Where every chain begins.</summary>
    public static readonly InsertChain Empty = new([]);

    private readonly ConcurrentDictionary<RowInsert, InsertChain> _longer = [];
    private readonly RowInsert[] _inserts;

    private InsertChain(RowInsert[] inserts)
    {
        _inserts = inserts;
        Generating = Array.FindIndex(inserts, i => i.GeneratedColumn is not null);
        Sql = Text();
    }

    /// <summary>The statement; its parameters are those of the rows, in order.</summary>
    public string Sql { get; }

    /// <summary>Which of the rows is answered with what the database made for it; -1 for none.</summary>
    public int Generating { get; }

    /// <summary>The chain with one more row; null when that has to begin another.</summary>
    public InsertChain? With(RowInsert insert) => _inserts.Length == Longest || (Generating >= 0 && insert.GeneratedColumn is not null)
        ? null
        : _longer.GetOrAdd(insert, static (insert, chain) => new InsertChain([.. chain._inserts, insert]), this);

    private string Text()
    {
        if (_inserts.Length < 2)
        {
            return _inserts.Length == 0 ? "" : _inserts[0].Sql(1);
        }

        // A statement that answers nothing ends in its last INSERT, since SELECT would answer a row without columns.
        var text = new StringBuilder("WITH ");
        var parameter = 1;
        for (var i = 0; i < _inserts.Length; i++)
        {
            var insert = _inserts[i].Sql(parameter);
            var isLast = i == _inserts.Length - 1;
            parameter += _inserts[i].Width;
            text.Append(isLast && Generating < 0 ? $" {insert}" : $"{(i == 0 ? "" : ", ")}{string.Create(CultureInfo.InvariantCulture, $"r{i}")} AS ({insert})");
        }

        if (Generating >= 0)
        {
            text.Append(CultureInfo.InvariantCulture, $" SELECT {_inserts[Generating].GeneratedColumn} FROM r{Generating}");
        }

        return text.ToString();
    }
}
