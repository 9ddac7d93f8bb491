using Careline.Analytics.Reports;

namespace Careline.Analytics.Exports;

/// <summary>Comma-separated values (RFC 4180): texts in quotation marks, numbers and days bare, lines ended by CR and LF.</summary>
internal sealed class CsvWriter(Stream file, IReadOnlyList<ReportColumn> columns, bool withByteOrderMark) : TableWriter
{
    public override async Task BeginAsync(CancellationToken ct)
    {
        Append(withByteOrderMark ? "\uFEFF" : "");
        await WriteAsync([.. columns.Select(HeadOf)], ct);
    }

    public override ValueTask WriteAsync(object?[] row, CancellationToken ct)
    {
        for (var i = 0; i < row.Length; i++)
        {
            Append(i == 0 ? "" : ",");
            switch (row[i])
            {
                case null:
                    break;
                case string text:
                    Append("\"" + CellText.Defuse(text).Replace("\"", "\"\"", StringComparison.Ordinal) + "\"");
                    break;
                case { } value:
                    Append(Plain(value));
                    break;
            }
        }

        Append("\r\n");
        return FlushAsync(file, isAll: false, ct);
    }

    public override async Task EndAsync(CancellationToken ct) => await FlushAsync(file, isAll: true, ct);
}
