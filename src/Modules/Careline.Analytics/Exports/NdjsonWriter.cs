using Careline.Analytics.Reports;

namespace Careline.Analytics.Exports;

/// <summary>A JSON object on each line, with the members of the interface.</summary>
internal sealed class NdjsonWriter : TableWriter
{
    private readonly Stream _file;
    private readonly JsonEncodedText[] _names;
    private readonly Utf8JsonWriter _json;

    public NdjsonWriter(Stream file, IReadOnlyList<ReportColumn> columns)
    {
        (_file, _names) = (file, [.. columns.Select(c => JsonEncodedText.Encode(HeadOf(c)))]);
        _json = new Utf8JsonWriter(Written, new JsonWriterOptions { Encoder = WireJson.Options.Encoder });
    }

    public override Task BeginAsync(CancellationToken ct) => Task.CompletedTask;

    public override ValueTask WriteAsync(object?[] row, CancellationToken ct)
    {
        _json.WriteStartObject();
        for (var i = 0; i < row.Length; i++)
        {
            _json.WritePropertyName(_names[i]);
            switch (row[i])
            {
                case null:
                    _json.WriteNullValue();
                    break;
                case int or long or double or decimal:
                    _json.WriteRawValue(Plain(row[i]!));
                    break;
                case { } value:
                    _json.WriteStringValue(Plain(value));
                    break;
            }
        }

        _json.WriteEndObject();
        _json.Flush();
        _json.Reset();
        Append("\n");
        return FlushAsync(_file, isAll: false, ct);
    }

    public override async Task EndAsync(CancellationToken ct) => await FlushAsync(_file, isAll: true, ct);

    public override async ValueTask DisposeAsync()
    {
        await _json.DisposeAsync();
        await base.DisposeAsync();
    }
}
