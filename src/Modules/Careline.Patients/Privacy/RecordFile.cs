using System.Data;
using System.Reflection;
using Careline.Platform.Privacy;
using Microsoft.AspNetCore.Http.Metadata;

namespace Careline.Patients.Privacy;

/// <summary>A person's record as a file: read and sent row by row, all of it as it was at one moment.</summary>
internal sealed class RecordFile(CarelineDb db, IEnumerable<IPersonalRecords> modules, PersonKeys person, bool isPage) : IResult, IEndpointMetadataProvider
{
    private const int Piece = 32 * 1024;

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(string), ["application/json", "text/html"]));

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (response, ct) = (httpContext.Response, httpContext.RequestAborted);
        using IRecordForm form = isPage ? new RecordPage(response.BodyWriter) : new RecordJson(response.BodyWriter);
        var day = DateOnly.FromDateTime(db.Now.UtcDateTime).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        response.ContentType = form.ContentType;
        response.Headers.ContentDisposition = $"attachment; filename=\"careline-record-{day}.{(isPage ? "html" : "json")}\"";

        // Tables refer to each other: read one after another without this, a row could name one that is not in the file.
        await using var moment = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        form.Begin(person, db.Now);
        foreach (var module in modules.OrderBy(m => m.Schema, StringComparer.Ordinal))
        {
            form.BeginModule(module.Schema);
            foreach (var table in module.Export(person))
            {
                form.BeginTable(table.Name);
                await foreach (var row in table.Rows.WithCancellation(ct))
                {
                    form.Row(row);
                    if (form.Pending > Piece)
                    {
                        form.Flush();
                        await response.BodyWriter.FlushAsync(ct);
                    }
                }

                form.EndTable();
            }

            form.EndModule();
        }

        form.End();
        form.Flush();
        await response.BodyWriter.FlushAsync(ct);
    }
}

/// <summary>How a record is written down.</summary>
internal interface IRecordForm : IDisposable
{
    string ContentType { get; }

    /// <summary>Bytes that were not handed over yet.</summary>
    long Pending { get; }

    void Begin(PersonKeys person, DateTimeOffset now);

    void BeginModule(string schema);

    void BeginTable(string name);

    void Row(object row);

    void EndTable();

    void EndModule();

    void End();

    void Flush();
}
