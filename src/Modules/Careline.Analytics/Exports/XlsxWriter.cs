using System.IO.Compression;
using System.Text;
using Careline.Analytics.Reports;

namespace Careline.Analytics.Exports;

/// <summary>
/// A workbook of one sheet (ISO/IEC 29500), written straight into its archive: libraries for it keep a sheet whole before they pack it. Numbers and days are numbers and
/// days, and texts are texts within the sheet, never formulas.
/// </summary>
internal sealed class XlsxWriter : TableWriter
{
    private const int MostLetters = 32_767;
    private static readonly DateTime _dayZero = new(1899, 12, 30, 0, 0, 0, DateTimeKind.Unspecified);

    private readonly ZipArchive _archive;
    private readonly IReadOnlyList<ReportColumn> _columns;
    private readonly string[] _letters;
    private readonly string _name;
    private readonly StringBuilder _text = new();
    private Stream? _sheet;
    private int _row;

    public XlsxWriter(Stream file, IReadOnlyList<ReportColumn> columns, string name)
    {
        (_columns, _name) = (columns, name);
        _archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true);
        _letters = [.. Enumerable.Range(0, columns.Count).Select(i => i < 26 ? $"{(char)('A' + i)}" : $"{(char)('A' + (i / 26) - 1)}{(char)('A' + (i % 26))}")];
    }

    public override async Task BeginAsync(CancellationToken ct)
    {
        foreach (var (path, content) in XlsxParts.Of(_name))
        {
            await using var part = await _archive.CreateEntry(path).OpenAsync(ct);
            await part.WriteAsync(Encoding.UTF8.GetBytes(content), ct);
        }

        _sheet = await _archive.CreateEntry("xl/worksheets/sheet1.xml", CompressionLevel.Fastest).OpenAsync(ct);
        Append(XlsxParts.SheetHead);
        _row = 1;
        _text.Append("<row r=\"1\">");
        foreach (var (i, column) in _columns.Index())
        {
            Text(i, HeadOf(column), style: 1);
        }

        await EndRowAsync(ct);
    }

    public override ValueTask WriteAsync(object?[] row, CancellationToken ct)
    {
        _row++;
        _text.Append(CultureInfo.InvariantCulture, $"<row r=\"{_row}\">");
        for (var i = 0; i < row.Length; i++)
        {
            switch (row[i])
            {
                case null:
                    break;
                case DateOnly day:
                    Number(i, (day.ToDateTime(TimeOnly.MinValue) - _dayZero).TotalDays, style: 2);
                    break;
                case DateTimeOffset at:
                    Number(i, (DateTime.SpecifyKind(at.UtcDateTime, DateTimeKind.Unspecified) - _dayZero).TotalDays, style: 3);
                    break;
                case int or long or double or decimal:
                    Number(i, row[i]!, style: 0);
                    break;
                case { } value:
                    Text(i, value.ToString()!, style: 0);
                    break;
            }
        }

        return EndRowAsync(ct);
    }

    public override async Task EndAsync(CancellationToken ct)
    {
        Append("</sheetData></worksheet>");
        await FlushAsync(_sheet!, isAll: true, ct);
        await _sheet!.DisposeAsync();
        _sheet = null;
        await _archive.DisposeAsync();
    }

    private void Number(int column, object value, int style) =>
        _text.Append(CultureInfo.InvariantCulture, $"<c r=\"{_letters[column]}{_row}\" s=\"{style}\"><v>{Plain(value)}</v></c>");

    private void Text(int column, string text, int style)
    {
        var shown = CellText.Defuse(text);
        _text.Append(CultureInfo.InvariantCulture, $"<c r=\"{_letters[column]}{_row}\" s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">");
        XlsxParts.Escape(_text, shown.Length > MostLetters ? shown[..MostLetters] : shown);
        _text.Append("</t></is></c>");
    }

    private ValueTask EndRowAsync(CancellationToken ct)
    {
        _text.Append("</row>");
        foreach (var chunk in _text.GetChunks())
        {
            Encoding.UTF8.GetBytes(chunk.Span, Written);
        }

        _text.Clear();
        return FlushAsync(_sheet!, isAll: false, ct);
    }
}
