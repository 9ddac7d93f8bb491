using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Clinics.Contracts;
using Careline.Labs.Notices;
using Careline.Labs.Orders;
using Careline.Patients.Contracts;

namespace Careline.Labs.Collections;

/// <summary>Another time for a booked collection.</summary>
/// <param name="Start">When it begins.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record MoveCollectionRequest(DateTimeOffset Start);

/// <summary>Why a collection is called off.</summary>
/// <param name="Reason">As written.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CancelCollectionRequest([MaxLength(1000)] string? Reason = null);

/// <summary>A booked time is moved or called off by those who may book it; its place is free at once.</summary>
internal static class ChangeCollection
{
    public static void Map(RouteGroupBuilder collections)
    {
        collections.MapGet("/", List).Named("ListCollections", "The collections that the caller may see, the next first.").ForSignedIn()
            .WithFilters("clinic", "patient", "status", "mode", "from", "to");
        collections.MapGet("/{id:guid}/", Get).Named("GetCollection", "One collection.").ForSignedIn().VisibleAs<Collection>();
        collections.MapPost("/{id:guid}/move/", Move).Named("MoveCollection", "Moves a booked collection to another time of the clinic.").ForSignedIn().VisibleAs<Collection>();
        collections.MapPost("/{id:guid}/cancel/", Cancel).Named("CancelCollection", "Calls a booked collection off.").ForSignedIn().VisibleAs<Collection>();
    }

    private static async Task<PageAnswer<CollectionResponse>> List(ListQuery query, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var collections = Collection.VisibleTo(db, actor);
        if (query.Id("clinic") is { } clinic)
        {
            collections = collections.Where(c => c.ClinicId == clinic);
        }

        if (query.Id("patient") is { } patient)
        {
            collections = collections.Where(c => c.PatientId == patient);
        }

        if (query.Enum<CollectionStatus>("status") is { } status)
        {
            collections = collections.Where(c => c.Status == status);
        }

        if (query.Enum<CollectionMode>("mode") is { } mode)
        {
            collections = collections.Where(c => c.Mode == mode);
        }

        if (query.Instant("from") is { } from)
        {
            collections = collections.Where(c => c.StartsAt >= from);
        }

        if (query.Instant("to") is { } to)
        {
            collections = collections.Where(c => c.StartsAt < to);
        }

        var (_, descending) = query.Ordering("start");
        collections = descending ? collections.OrderByDescending(c => c.StartsAt).ThenByDescending(c => c.Id) : collections.OrderBy(c => c.StartsAt).ThenBy(c => c.Id);
        var page = await query.PageAsync(CollectionResponse.From(db, collections), ct);
        trail.Concerns(page.Rows.Select(c => c.Patient.Id));
        return Answer.Page(page);
    }

    private static async Task<Answer<CollectionResponse>> Get(Guid id, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var collection = await CollectionResponse.From(db, Collection.VisibleTo(db, actor).Where(c => c.Id == id)).FirstOrDefaultAsync(ct) ?? throw new NotFound();
        trail.About("lab_collection", id).Concerns(collection.Patient.Id);
        return Answer.Ok(collection);
    }

    private static async Task<Answer<CollectionResponse>> Move(
        Guid id, MoveCollectionRequest request, IfMatch ifMatch, Actor actor, CarelineDb db, CollectionDesk desk, LabNews news, AuditTrail trail, CancellationToken ct)
    {
        var (collection, order) = await TakeAsync(db, actor, id, ifMatch, ct);
        collection.MustBeBooked();
        collection.Move(await desk.TimeAsync(collection.ClinicId, collection.Mode, request.Start, id, ct), db.Now);
        await news.CollectionAsync(collection.PatientId, order.Number, collection, "labs.collection_booked", ct);
        return await SaveAsync(collection, "Moved.", db, trail, ct);
    }

    private static async Task<Answer<CollectionResponse>> Cancel(
        Guid id, CancelCollectionRequest request, IfMatch ifMatch, Actor actor, CarelineDb db, CollectionDesk desk, AuditTrail trail, CancellationToken ct)
    {
        var (collection, order) = await TakeAsync(db, actor, id, ifMatch, ct);
        await desk.CallOffAsync(order, collection, request.Reason, ct);
        return await SaveAsync(collection, "Called off.", db, trail, ct);
    }

    // Who ordered sees when; the time is the patient's and the clinic's. The order is held first, as it is by all who hold both.
    private static async Task<(Collection Collection, LabOrder Order)> TakeAsync(CarelineDb db, Actor actor, Guid id, IfMatch ifMatch, CancellationToken ct)
    {
        var orderId = await Collection.VisibleTo(db, actor).Where(c => c.Id == id).Select(c => (Guid?)c.OrderId).FirstOrDefaultAsync(ct) ?? throw new NotFound();
        var order = await LabStaff.HoldAsync(db, orderId, ct);
        await db.Database.ExecuteSqlAsync($"SELECT FROM labs.collections WHERE id = {id} FOR UPDATE", ct);
        var collection = await Collection.VisibleTo(db, actor).AsTracking().FirstOrDefaultAsync(c => c.Id == id, ct) ?? throw new NotFound();
        var me = actor.AccountId;
        if (!actor.IsAdmin && collection.PatientId != actor.PatientId
            && !await ProxyRow.InForce(db, actor).AnyAsync(p => p.PatientId == collection.PatientId && p.CanBook, ct)
            && !await db.Set<StaffRow>().AnyAsync(s => s.ClinicId == collection.ClinicId && s.AccountId == me && s.Role != ClinicRole.Doctor && s.Role != ClinicRole.Pharmacist, ct))
        {
            throw new PermissionDenied("Only the patient and the clinic change a collection.");
        }

        ifMatch.Check(collection);
        return (collection, order);
    }

    private static async Task<Answer<CollectionResponse>> SaveAsync(Collection collection, string message, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        trail.About("lab_collection", collection.Id).Concerns(collection.PatientId);
        await db.SaveChangesAsync(ct);
        return Answer.Ok(await CollectionResponse.OneAsync(db, collection.Id, ct), message);
    }
}
