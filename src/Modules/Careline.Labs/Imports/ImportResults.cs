using System.Net.Mime;
using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Clinics.Contracts;
using Careline.Labs.Orders;
using Microsoft.Extensions.Options;

namespace Careline.Labs.Imports;

/// <summary>A message that was taken.</summary>
/// <param name="Id">The message.</param>
/// <param name="Sender">Application and facility.</param>
/// <param name="ControlId">MSH-10.</param>
/// <param name="Channel">How it came.</param>
/// <param name="ClinicId">For which clinic.</param>
/// <param name="ReceivedAt">When.</param>
/// <param name="Imported">Observations that became results or changed one.</param>
/// <param name="Unchanged">Observations that said what was known.</param>
/// <param name="Quarantined">Observations that wait, or waited, for a person.</param>
public sealed record ImportedMessageResponse(
    Guid Id, string Sender, string ControlId, ImportChannel Channel, Guid? ClinicId, DateTimeOffset ReceivedAt, int Imported, int Unchanged, int Quarantined);

/// <summary>Takes a message of a laboratory's system as it is, and answers it in kind.</summary>
internal static class ImportResults
{
    public const string MediaType = "application/hl7-v2";

    public static void Map(RouteGroupBuilder imports)
    {
        imports.MapPost("/", Import)
            .Named("ImportLabResults", "Takes one HL7 v2 message ORU^R01 as the body and answers its acknowledgement; nurses name their clinic by ?clinic= and reach its laboratory's orders.")
            .ForRoles(Roles.Nurse, Roles.Admin, Roles.SuperAdmin).LimitedAsUpload()
            .Produces<string>(StatusCodes.Status200OK, MediaType);
        imports.MapGet("/", List).Named("ListLabImports", "The messages that were taken, the newest first.").ForRoles(Roles.Nurse, Roles.Admin, Roles.SuperAdmin)
            .WithFilters("channel");
    }

    private static async Task<IResult> Import(
        HttpContext http, Guid? clinic, Actor actor, CarelineDb db, ResultImport import, IOptions<LabsOptions> options, AuditTrail trail, CancellationToken ct)
    {
        await CheckClinicAsync(db, actor, clinic, ct);
        var origin = new ImportOrigin(ImportChannel.Upload, clinic, actor.AccountId) { Within = actor.IsAdmin ? null : LabOrder.AtLaboratoryOf(db, actor) };
        var outcome = await import.TakeAsync(await ReadAsync(http.Request, options.Value.Mllp.MostBytes, ct), origin, ct);
        trail.Concerns(outcome.PatientIds).Because("operations");
        await db.SaveChangesAsync(ct);
        return TypedResults.Text(outcome.Text, MediaType);
    }

    private static async Task<PageAnswer<ImportedMessageResponse>> List(ListQuery query, Actor actor, CarelineDb db, CancellationToken ct)
    {
        var messages = ImportedMessage.VisibleTo(db, actor);
        if (query.Enum<ImportChannel>("channel") is { } channel)
        {
            messages = messages.Where(m => m.Channel == channel);
        }

        var (_, descending) = query.Ordering("-received_at");
        messages = descending ? messages.OrderByDescending(m => m.ReceivedAt).ThenByDescending(m => m.Id) : messages.OrderBy(m => m.ReceivedAt).ThenBy(m => m.Id);
        return Answer.Page(await query.PageAsync(
            messages, m => new ImportedMessageResponse(m.Id, m.Sender, m.ControlId, m.Channel, m.ClinicId, m.ReceivedAt, m.Imported, m.Unchanged, m.Quarantined), ct));
    }

    // A nurse sends for the clinic where she works, whose nurses then see what was set aside.
    private static async Task CheckClinicAsync(CarelineDb db, Actor actor, Guid? clinic, CancellationToken ct)
    {
        var me = actor.AccountId;
        var isKnown = clinic is { } id && (actor.IsAdmin ? await db.Set<ClinicRow>().AnyAsync(c => c.Id == id, ct)
            : await db.Set<StaffRow>().AnyAsync(s => s.ClinicId == id && s.AccountId == me && s.Role == ClinicRole.Nurse, ct));
        if (clinic is null ? !actor.IsAdmin : !isKnown)
        {
            throw new InvalidInput("clinic", "Name the clinic for which it is, where you work.");
        }
    }

    // A body is read once, also where the handler runs again because it lost a race.
    private static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, int most, CancellationToken ct)
    {
        if (request.HttpContext.Items.TryGetValue(typeof(ImportResults), out var read))
        {
            return (byte[])read!;
        }

        var message = MllpFrame.Unwrapped(await ReadBodyAsync(request, most, ct)).ToArray();
        request.HttpContext.Items[typeof(ImportResults)] = message;
        return message;
    }

    private static async Task<byte[]> ReadBodyAsync(HttpRequest request, int most, CancellationToken ct)
    {
        if (request.ContentType is { } type && !type.StartsWith(MediaType, StringComparison.OrdinalIgnoreCase) && !type.StartsWith(MediaTypeNames.Text.Plain, StringComparison.OrdinalIgnoreCase))
        {
            throw new BadHttpRequestException("Unsupported media type.", StatusCodes.Status415UnsupportedMediaType);
        }

        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int read; (read = await request.Body.ReadAsync(buffer, ct)) > 0;)
        {
            body.Write(buffer, 0, read);
            if (body.Length > most)
            {
                throw new BadHttpRequestException("The message is longer than what is taken.", StatusCodes.Status413PayloadTooLarge);
            }
        }

        return body.ToArray();
    }
}
