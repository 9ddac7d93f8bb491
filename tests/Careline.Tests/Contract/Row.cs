using System.Globalization;

namespace Careline.Tests.Contract;

/// <summary>A promise: what is asked, by whom, and what the answer holds.</summary>
internal sealed record Row(string Method, string[] Paths, string Who, string Subject, string? Body, int Status, string Form, string[] Members, string[] Filters)
{
    public string Route => $"{Method} {Paths[0]}";

    public static Row Of(string line)
    {
        var cells = line.Split(" | ", StringSplitOptions.TrimEntries);
        var (asked, answer) = (cells[0].Split(' '), cells[4].Split(' '));
        var body = cells[3].IndexOf('{', StringComparison.Ordinal);
        var members = answer[2..];
        return cells.Length == 5 && Forms.Knows(answer[1])
            ? new Row(
                asked[0],
                [asked[1], .. cells[1] == "-" ? [] : cells[1].Split(" , ")],
                cells[2],
                (body < 0 ? cells[3] : cells[3][..body]).Trim(),
                body < 0 ? null : cells[3][body..],
                int.Parse(answer[0], CultureInfo.InvariantCulture),
                answer[1],
                [.. members.Where(m => !m.StartsWith('?'))],
                [.. members.Where(m => m.StartsWith('?')).Select(m => m[1..])])
            : throw new InvalidOperationException($"Not a row: {line}");
    }
}
