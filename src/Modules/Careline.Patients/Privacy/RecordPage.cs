using System.Buffers;
using System.Net;
using System.Text;
using Careline.Platform.Privacy;

namespace Careline.Patients.Privacy;

/// <summary>A record for people: one page that needs nothing else, in which nothing that anybody wrote is taken for markup.</summary>
internal sealed class RecordPage(IBufferWriter<byte> to) : IRecordForm
{
    private readonly StringBuilder _text = new();

    // Remembers half a character between two pieces.
    private readonly Encoder _utf8 = Encoding.UTF8.GetEncoder();
    private int _rows;

    public string ContentType => "text/html; charset=utf-8";

    public long Pending => _text.Length;

    public void Begin(PersonKeys person, DateTimeOffset now) => _text.Append(CultureInfo.InvariantCulture,
        $$"""
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Your Careline record</title>
        <style>body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
        table{border-collapse:collapse;width:100%;margin:0 0 1rem}th,td{border:1px solid #ccc;padding:.25rem .5rem;text-align:left;vertical-align:top}
        th{width:14rem;font-weight:600}td{white-space:pre-wrap;overflow-wrap:anywhere}</style></head><body>
        <h1>Your Careline record</h1>
        <p>Everything that Careline holds about you, as of {{now.UtcDateTime:yyyy-MM-dd HH:mm}} UTC.</p>

        """);

    public void BeginModule(string schema) => _text.Append(CultureInfo.InvariantCulture, $"<h2>{Words(schema)}</h2>\n");

    public void BeginTable(string name)
    {
        _text.Append(CultureInfo.InvariantCulture, $"<h3>{Words(name)}</h3>\n");
        _rows = 0;
    }

    public void Row(object row)
    {
        _rows++;
        _text.Append("<table>\n");
        foreach (var member in JsonSerializer.SerializeToElement(row, row.GetType(), WireJson.Options).EnumerateObject())
        {
            if (member.Value.ValueKind is not JsonValueKind.Null)
            {
                _text.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{Words(member.Name)}</th><td>{Value(member.Value)}</td></tr>\n");
            }
        }

        _text.Append("</table>\n");
    }

    public void EndTable()
    {
        if (_rows == 0)
        {
            _text.Append("<p>Nothing.</p>\n");
        }
    }

    public void EndModule()
    {
    }

    public void End() => _text.Append("</body></html>\n");

    public void Flush()
    {
        foreach (var piece in _text.GetChunks())
        {
            _utf8.Convert(piece.Span, to, flush: false, out _, out _);
        }

        _text.Clear();
    }

    public void Dispose()
    {
    }

    private static string Value(JsonElement value) => WebUtility.HtmlEncode(value.ValueKind switch
    {
        JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(item => item.ToString())),
        _ => value.ToString(),
    });

    private static string Words(string name) => WebUtility.HtmlEncode(char.ToUpperInvariant(name[0]) + name[1..].Replace('_', ' '));
}
