using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Labs.Catalogue;
using Careline.Labs.Orders;
using Careline.Labs.Results;
using Careline.Labs.Units;

namespace Careline.Labs.Imports;

/// <summary>Whose an observation is.</summary>
/// <param name="Order">The order's number or id.</param>
/// <param name="Test">The test's code or id.</param>
/// <param name="Unit">The unit that is meant, where the message's is not known; as a person found out, never guessed, and never in the place of one that is known.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ResolveQuarantineRequest([Required, MaxLength(40)] string Order, [Required, MaxLength(40)] string Test, [MaxLength(40)] string? Unit = null);

/// <summary>What could not be matched is settled by a person: it is made a result of an order, or set aside with a reason.</summary>
internal static class SettleQuarantine
{
    private static readonly string[] _roles = [Roles.Nurse, Roles.Admin, Roles.SuperAdmin];

    public static void Map(RouteGroupBuilder quarantine)
    {
        quarantine.MapGet("/", List).Named("ListLabQuarantine", "What could not be matched, the newest first; what still waits unless told otherwise.").ForRoles(_roles)
            .WithFilters("status", "reason", "clinic");
        quarantine.MapGet("/{id:guid}/", Get).Named("GetLabQuarantine", "One observation that could not be matched.").ForRoles(_roles).VisibleAs<QuarantinedResult>();
        quarantine.MapPost("/{id:guid}/resolve/", Resolve).Named("ResolveLabQuarantine", "Makes an observation a result of an order.").ForRoles(_roles)
            .VisibleAs<QuarantinedResult>();
        quarantine.MapPost("/{id:guid}/dismiss/", Dismiss).Named("DismissLabQuarantine", "Sets an observation aside, with a reason.").ForRoles(_roles)
            .VisibleAs<QuarantinedResult>();
    }

    private static async Task<PageAnswer<QuarantineResponse>> List(ListQuery query, Actor actor, CarelineDb db, FieldCipher cipher, AuditTrail trail, CancellationToken ct)
    {
        var status = query.Enum<QuarantineStatus>("status") ?? QuarantineStatus.Open;
        var rows = QuarantinedResult.VisibleTo(db, actor).Where(q => q.Status == status);
        if (query.Enum<QuarantineReason>("reason") is { } reason)
        {
            rows = rows.Where(q => q.Reason == reason);
        }

        if (query.Id("clinic") is { } clinic)
        {
            rows = rows.Where(q => q.ClinicId == clinic);
        }

        var (_, descending) = query.Ordering("-created_at");
        rows = descending ? rows.OrderByDescending(q => q.CreatedAt).ThenByDescending(q => q.Id) : rows.OrderBy(q => q.CreatedAt).ThenBy(q => q.Id);
        var page = await query.PageAsync(rows, ct);
        trail.Concerns(page.Rows.Select(q => q.PatientId).OfType<Guid>()).Because("operations").Always();
        return Answer.Page(new Page<QuarantineResponse>([.. page.Rows.Select(q => QuarantineResponse.Of(q, cipher))], page.Total, page.Number, page.Size));
    }

    private static async Task<Answer<QuarantineResponse>> Get(Guid id, Actor actor, CarelineDb db, FieldCipher cipher, AuditTrail trail, CancellationToken ct)
    {
        var row = await QuarantinedResult.VisibleTo(db, actor).FirstOrDefaultAsync(q => q.Id == id, ct) ?? throw new NotFound();
        trail.About("lab_quarantine", id).Concerns(row.PatientId is { } patient ? [patient] : []).Because("operations").Always();
        return Answer.Ok(QuarantineResponse.Of(row, cipher));
    }

    private static async Task<Answer<QuarantineResponse>> Resolve(
        Guid id, ResolveQuarantineRequest request, Actor actor, CarelineDb db, FieldCipher cipher, ResultDesk desk, QuarantineNews news, AuditTrail trail, CancellationToken ct)
    {
        var row = await HoldAsync(db, actor, id, ct);
        row.MustBeOpen();
        var sent = row.Sent(cipher) ?? throw new RuleViolation("QUARANTINE_UNREADABLE", "What was sent cannot be read any more. Ask the laboratory to send it again.");
        var order = await OrderAsync(db, actor, request.Order, ct);
        var test = await TestAsync(db, request.Test, ct);
        var state = sent.State ?? throw new RuleViolation("QUARANTINE_UNREADABLE", "The message does not say how far the result is. Ask the laboratory to send it again.");
        var measured = (state == ResultState.Cancelled ? Measured.Nothing : sent.Measured())
            ?? throw new RuleViolation("QUARANTINE_UNREADABLE", "The value cannot be read. Enter the result by hand, and dismiss this.");
        if (measured.Value is not null && test.Kind != ResultKind.Numeric)
        {
            throw new InvalidInput("test", $"{test.Code} has no numbers.");
        }

        if (request.Unit is { } unit && UnitTable.Find(measured.Unit) is { } known && UnitTable.Find(unit) != known)
        {
            throw new InvalidInput("unit", $"The message says {measured.Unit}. Enter the result by hand if that is wrong, and dismiss this.");
        }

        measured = measured.Value is null ? measured : measured with { Unit = request.Unit ?? measured.Unit };
        var observedAt = Hl7Time.Read(sent.Time, "UTC") is { } at && at < db.Now ? at : db.Now;
        var author = new ResultAuthor(actor.AccountId, ResultSource.Imported, "Matched by hand.");
        var said = await desk.SayAsync(order, test, sent.SubId, measured, state, observedAt, author, ct);
        await desk.FinishAsync(order, said is null ? [] : [said], ct);
        var result = said?.Result.Id ?? await db.Set<LabResult>().Where(r => r.OrderId == order.Id && r.TestId == test.Id && r.SubId == sent.SubId).Select(r => r.Id).FirstAsync(ct);
        row.Import(result, actor.AccountId, db.Now);
        await news.SettledAsync(row, ct);
        return await SaveAsync(row, order.PatientId, "Imported.", db, cipher, trail, ct);
    }

    private static async Task<Answer<QuarantineResponse>> Dismiss(
        Guid id, LabReasonRequest request, Actor actor, CarelineDb db, FieldCipher cipher, QuarantineNews news, AuditTrail trail, CancellationToken ct)
    {
        var row = await HoldAsync(db, actor, id, ct);
        row.Dismiss(request.Reason, actor.AccountId, db.Now);
        await news.SettledAsync(row, ct);
        return await SaveAsync(row, row.PatientId, "Set aside.", db, cipher, trail, ct);
    }

    private static async Task<Answer<QuarantineResponse>> SaveAsync(
        QuarantinedResult row, Guid? patient, string message, CarelineDb db, FieldCipher cipher, AuditTrail trail, CancellationToken ct)
    {
        trail.About("lab_quarantine", row.Id).Concerns(patient is { } id ? [id] : []).Because("operations");
        await db.SaveChangesAsync(ct);
        return Answer.Ok(QuarantineResponse.Of(row, cipher), message);
    }

    private static async Task<QuarantinedResult> HoldAsync(CarelineDb db, Actor actor, Guid id, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"SELECT FROM labs.quarantined_results WHERE id = {id} FOR UPDATE", ct);
        return await QuarantinedResult.VisibleTo(db, actor).AsTracking().FirstOrDefaultAsync(q => q.Id == id, ct) ?? throw new NotFound();
    }

    // Administrators match to any order; nurses, to those of their laboratory.
    private static async Task<LabOrder> OrderAsync(CarelineDb db, Actor actor, string named, CancellationToken ct)
    {
        var (number, id) = (named.Trim().ToUpperInvariant(), Guid.TryParse(named, out var parsed) ? parsed : Guid.Empty);
        var orders = actor.IsAdmin ? db.Set<LabOrder>() : LabOrder.AtLaboratoryOf(db, actor);
        var found = await orders.Where(o => o.Number == number || o.Id == id).Select(o => o.Id).FirstOrDefaultAsync(ct);
        return found == Guid.Empty ? throw new InvalidInput("order", "There is no such order.") : await LabStaff.HoldAsync(db, found, ct);
    }

    private static async Task<LabTest> TestAsync(CarelineDb db, string named, CancellationToken ct)
    {
        var (code, id) = (named.Trim().ToUpperInvariant(), Guid.TryParse(named, out var parsed) ? parsed : Guid.Empty);
        return await db.Set<LabTest>().Include(t => t.Ranges).FirstOrDefaultAsync(t => t.Code == code || t.Id == id, ct) ?? throw new InvalidInput("test", "There is no such test.");
    }
}
