using System.Reflection;
using System.Text;
using Microsoft.AspNetCore.Http.Metadata;

namespace Careline.Audit.Reading;

/// <summary>The audit for a spreadsheet, read and sent a piece at a time, so that its length costs no memory.</summary>
internal static class ExportEvents
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/export/", Handle).Named("ExportAuditEvents", "Who did and saw what as CSV, the newest first; exporting it is recorded too.")
            .ForRoles(ListEvents.Readers).RequiresRecentSignIn().WithFilters(EventFilter.Names);

    private static Task<EventsFile> Handle(ListQuery query, AuditLog log, AuditTrail trail, TimeProvider clock)
    {
        var filter = EventFilter.Of(query);
        query.Check();
        ListEvents.Record(trail, filter);

        // What is added while it is read, this export's own row among it, would make it differ from what was asked for.
        return Task.FromResult(new EventsFile(log, filter with { To = filter.To ?? clock.GetUtcNow() }));
    }
}

/// <summary>A CSV file (RFC 4180) whose first line names the columns.</summary>
internal sealed class EventsFile(AuditLog log, EventFilter filter) : IResult, IEndpointMetadataProvider
{
    private const int Piece = 1000;
    private const string ContentType = "text/csv";

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(string), [ContentType]));

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (response, ct) = (httpContext.Response, httpContext.RequestAborted);
        var place = new FeedPlace(Piece, null);
        var text = new StringBuilder("at,actor_id,actor_name,actor_role,action,resource,resource_id,patient_ids,purpose,outcome,fields,request_id\r\n");
        do
        {
            // The first piece is read before the first byte is sent: what fails by then is still answered as an error.
            var entries = await log.ReadAsync(filter, place, ct);
            foreach (var entry in entries.Rows)
            {
                text.Append(Csv.Line(Cells(entry)));
            }

            if (!response.HasStarted)
            {
                response.ContentType = ContentType + "; charset=utf-8";
                response.Headers.ContentDisposition = "attachment; filename=\"audit.csv\"";
            }

            await response.WriteAsync(text.ToString(), ct);
            text.Clear();
            place = place with { After = entries.Next };
        }
        while (place.After is not null);
    }

    private static string?[] Cells(AuditEntry entry) =>
    [
        entry.At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
        entry.Actor?.Id.ToString(),
        entry.Actor?.Name,
        entry.Actor?.Role,
        entry.Action,
        entry.Resource,
        entry.ResourceId?.ToString(),
        string.Join(' ', entry.PatientIds),
        entry.Purpose,
        entry.Outcome,
        string.Join(' ', entry.Fields),
        entry.RequestId,
    ];
}
