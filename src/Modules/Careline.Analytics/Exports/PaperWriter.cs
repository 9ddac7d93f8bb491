using Careline.Analytics.Reports;
using Careline.Papers.Contracts;

namespace Careline.Analytics.Exports;

/// <summary>A paper of a report: what it is, its first measure as bars, and the rows. A paper is to be looked at, so it has so many rows and no more.</summary>
internal sealed class PaperWriter(Stream file, IReadOnlyList<ReportColumn> columns, ExportSubject about) : TableWriter
{
    private const int MostRows = 500;
    private const int MostBars = 25;

    private readonly List<object?[]> _rows = [];
    private long _all;

    public override Task BeginAsync(CancellationToken ct) => Task.CompletedTask;

    public override ValueTask WriteAsync(object?[] row, CancellationToken ct)
    {
        if (++_all <= MostRows)
        {
            _rows.Add(row);
        }

        return ValueTask.CompletedTask;
    }

    public override async Task EndAsync(CancellationToken ct)
    {
        using var paper = new PaperLayout(PaperSize.A4, $"Careline: {about.Export.Dataset}");
        paper.Text($"{Title(about.Export.Dataset)}: {string.Join(", ", columns.Where(c => c.IsMeasure).Select(c => Title(c.Name)))}", 1.5, isBold: true);
        paper.Text($"{about.Days.First:yyyy-MM-dd} to {about.Days.Last:yyyy-MM-dd}");
        if (about.Plan is { DescribesPatients: true })
        {
            paper.Text($"Groups of fewer than {ReportStatement.LeastPatients} patients, and what they could be found out by, are left out.", 0.85);
        }

        Draw(paper);
        paper.Gap();
        var shown = columns.Index().Where(c => c.Item.Kind != ValueKind.Id).ToList();
        paper.Row([.. shown.Select(c => (Title(HeadOf(c.Item)), c.Item.IsMeasure))], isBold: true);
        paper.Rule();
        foreach (var row in _rows)
        {
            paper.Row([.. shown.Select(c => (Say(row[c.Index]), c.Item.IsMeasure))]);
        }

        if (_all > MostRows)
        {
            paper.Gap();
            paper.Text($"The first {MostRows} of {_all} rows. The others are in a file of another format.", 0.85);
        }

        await file.WriteAsync(paper.Save(), ct);
    }

    private void Draw(PaperLayout paper)
    {
        var measure = columns.Index().FirstOrDefault(c => c.Item.IsMeasure);
        var names = columns.Index().Where(c => !c.Item.IsMeasure && c.Item.Kind != ValueKind.Id).Select(c => c.Index).ToList();
        if (measure.Item is null || names.Count == 0 || _rows.Count < 2)
        {
            return;
        }

        paper.Gap();
        paper.Text(Title(HeadOf(measure.Item)), isBold: true);
        paper.Bars([.. _rows.Take(MostBars).Select(row => (string.Join(", ", names.Select(i => Say(row[i]))), Convert.ToDouble(row[measure.Index] ?? 0.0, null), Say(row[measure.Index])))]);
        if (_rows.Count > MostBars)
        {
            paper.Text($"The first {MostBars} rows.", 0.85);
        }
    }

    private static string Say(object? value) => value is null ? "–" : PaperLayout.Show(Plain(value)).Text;

    private static string Title(string name) => char.ToUpperInvariant(name[0]) + name[1..].Replace('_', ' ');
}
