using System.Buffers;
using System.Text;
using Careline.Analytics.Reports;

namespace Careline.Analytics.Exports;

/// <summary>Writes a table into a stream, some kilobytes at a time, so that a million rows take no more memory than ten.</summary>
internal abstract class TableWriter : IAsyncDisposable
{
    private const int FlushAt = 32 * 1024;

    protected ArrayBufferWriter<byte> Written { get; } = new(2 * FlushAt);

    /// <summary>What stands before the rows.</summary>
    public abstract Task BeginAsync(CancellationToken ct);

    /// <summary>A row, with a value for each column.</summary>
    public abstract ValueTask WriteAsync(object?[] row, CancellationToken ct);

    /// <summary>What stands after the rows.</summary>
    public abstract Task EndAsync(CancellationToken ct);

    public virtual ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>What a column is called in a file: amounts say that they are minor units.</summary>
    public static string HeadOf(ReportColumn column) => column.Kind == ValueKind.Money ? $"{column.Name}_minor" : column.Name;

    /// <summary>A value that is no text as it is written by machines: the same in every country.</summary>
    public static string Plain(object value) => value switch
    {
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTimeOffset at => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    protected void Append(string text) => Encoding.UTF8.GetBytes(text, Written);

    /// <summary>Hands on what was written, where it is enough to be worth it.</summary>
    protected async ValueTask FlushAsync(Stream file, bool isAll, CancellationToken ct)
    {
        if (Written.WrittenCount >= (isAll ? 1 : FlushAt))
        {
            await file.WriteAsync(Written.WrittenMemory, ct);
            Written.ResetWrittenCount();
        }
    }
}

/// <summary>What kinds of files there are.</summary>
internal sealed record ExportFormats(string MediaType, string Ending, Func<Stream, IReadOnlyList<ReportColumn>, ExportSubject, TableWriter> Open)
{
    private static readonly Dictionary<ExportFormat, ExportFormats> _all = new()
    {
        [ExportFormat.Csv] = new("text/csv", ".csv", (file, columns, about) => new CsvWriter(file, columns, about.Export.WithBom)),
        [ExportFormat.Xlsx] = new("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx", (file, columns, about) => new XlsxWriter(file, columns, about.Export.Dataset)),
        [ExportFormat.Pdf] = new("application/pdf", ".pdf", (file, columns, about) => new PaperWriter(file, columns, about)),
        [ExportFormat.Ndjson] = new("application/x-ndjson", ".ndjson", (file, columns, _) => new NdjsonWriter(file, columns)),
    };

    public static ExportFormats Of(ExportFormat format) => _all[format];
}
