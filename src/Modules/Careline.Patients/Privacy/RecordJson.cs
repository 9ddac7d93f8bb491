using System.Buffers;
using Careline.Platform.Privacy;

namespace Careline.Patients.Privacy;

/// <summary>A record for programs: an object for each part of Careline, in it an array for each table, members named as elsewhere in the API.</summary>
internal sealed class RecordJson(IBufferWriter<byte> to) : IRecordForm
{
    private readonly Utf8JsonWriter _json = new(to, new JsonWriterOptions { Encoder = WireJson.Options.Encoder });
    private long _flushed;

    public string ContentType => "application/json; charset=utf-8";

    public long Pending => _json.BytesCommitted + _json.BytesPending - _flushed;

    public void Begin(PersonKeys person, DateTimeOffset now)
    {
        _json.WriteStartObject();
        _json.WriteString("format", "careline-record/1");
        _json.WriteString("exported_at", now.UtcDateTime);
        _json.WritePropertyName("person");
        JsonSerializer.Serialize(_json, new { person.AccountId, person.PatientId, person.DoctorId }, WireJson.Options);
    }

    public void BeginModule(string schema) => _json.WriteStartObject(schema);

    public void BeginTable(string name) => _json.WriteStartArray(name);

    public void Row(object row) => JsonSerializer.Serialize(_json, row, row.GetType(), WireJson.Options);

    public void EndTable() => _json.WriteEndArray();

    public void EndModule() => _json.WriteEndObject();

    public void End() => _json.WriteEndObject();

    public void Dispose() => _json.Dispose();

    public void Flush()
    {
        _json.Flush();
        _flushed = _json.BytesCommitted;
    }
}
