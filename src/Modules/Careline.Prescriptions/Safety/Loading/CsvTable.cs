using System.Text;

namespace Careline.Prescriptions.Safety.Loading;

/// <summary>A fault of a table, by file and line.</summary>
/// <param name="File">The file.</param>
/// <param name="Line">From 1; 0 where it is about the file.</param>
/// <param name="Words">What is wrong.</param>
internal sealed record TableFault(string File, int Line, string Words)
{
    public override string ToString() => Line == 0 ? $"{File}: {Words}" : $"{File}:{Line}: {Words}";
}

/// <summary>
/// A table as comma-separated values (RFC 4180), one row a line. Lines that begin with <c>#</c> are remarks, and <c># version:</c> among them names
/// the release of the table. The first other line names the columns.
/// </summary>
internal sealed class CsvTable
{
    private readonly List<TableFault> _faults;

    private CsvTable(string name, List<TableFault> faults) => (Name, _faults) = (name, faults);

    public string Name { get; }

    public string? Version { get; private set; }

    public List<CsvRow> Rows { get; } = [];

    /// <summary>The release that the remarks at the head of a file name; null where there is no such file, or it names none.</summary>
    public static string? VersionOf(string path)
    {
        try
        {
            return File.ReadLines(path).TakeWhile(line => line.StartsWith('#')).Select(VersionIn).FirstOrDefault(version => version is not null);
        }
        catch (IOException)
        {
            return null;
        }
        catch (UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string? VersionIn(string line) => line.StartsWith("# version:", StringComparison.Ordinal) ? line["# version:".Length..].Trim() : null;

    /// <summary>Reads a table; whatever is wrong with its shape is added to the faults.</summary>
    public static CsvTable Read(string name, TextReader text, IReadOnlyList<string> columns, List<TableFault> faults)
    {
        var table = new CsvTable(name, faults);
        int[]? places = null;
        var number = 0;
        while (text.ReadLine() is { } line)
        {
            number++;
            if (line.StartsWith('#'))
            {
                table.Version ??= VersionIn(line);
            }
            else if (string.IsNullOrWhiteSpace(line))
            {
            }
            else if (Fields(number == 1 ? line.TrimStart('\uFEFF') : line) is not { } fields)
            {
                table.Fault(number, "A quotation mark is not closed, or stands within a field.");
            }
            else if (places is null)
            {
                places = table.Places(number, fields, columns);
                if (places is null)
                {
                    return table;
                }
            }
            else if (fields.Length != places.Length)
            {
                table.Fault(number, $"Has {fields.Length} fields, not {places.Length}.");
            }
            else
            {
                table.Rows.Add(new CsvRow(table, number, columns, [.. places.Select(place => fields[place].Trim())]));
            }
        }

        if (places is null)
        {
            table.Fault(0, "Is empty.");
        }

        return table;
    }

    public void Fault(int line, string words) => _faults.Add(new TableFault(Name, line, words));

    private int[]? Places(int number, string[] header, IReadOnlyList<string> columns)
    {
        var names = header.Select(name => name.Trim()).ToArray();
        if (columns.Count == names.Length && columns.All(names.Contains))
        {
            return [.. columns.Select(column => Array.IndexOf(names, column))];
        }

        Fault(number, $"The columns must be: {string.Join(',', columns)}.");
        return null;
    }

    private static string[]? Fields(string line)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        var (quoted, closed) = (false, false);
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (quoted)
            {
                if (c != '"')
                {
                    field.Append(c);
                }
                else if (i + 1 < line.Length && line[i + 1] == '"')
                {
                    field.Append('"');
                    i++;
                }
                else
                {
                    (quoted, closed) = (false, true);
                }
            }
            else if (c == ',')
            {
                fields.Add(field.ToString());
                field.Clear();
                closed = false;
            }
            else if (c == '"' && field.Length == 0 && !closed)
            {
                quoted = true;
            }
            else if (c == '"' || closed)
            {
                return null;
            }
            else
            {
                field.Append(c);
            }
        }

        fields.Add(field.ToString());
        return quoted ? null : [.. fields];
    }
}

/// <summary>One row of a table.</summary>
internal sealed class CsvRow(CsvTable table, int line, IReadOnlyList<string> columns, string[] fields)
{
    public int Line => line;

    public string this[string column]
    {
        get
        {
            for (var i = 0; i < fields.Length; i++)
            {
                if (columns[i] == column)
                {
                    return fields[i];
                }
            }

            throw new InvalidOperationException($"{table.Name} has no column {column}.");
        }
    }

    /// <summary>The words of a field that are separated by semicolons.</summary>
    public IReadOnlyList<string> List(string column) => this[column].Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public void Fault(string words) => table.Fault(line, words);
}
