using Careline.Audit.Contracts;
using Careline.Labs.Notices;

namespace Careline.Labs.Collections;

/// <summary>A time to book.</summary>
/// <param name="Order">The order's number or id.</param>
/// <param name="ClinicId">By which clinic.</param>
/// <param name="Start">When it begins: one of the times that the clinic has.</param>
/// <param name="Mode">Where.</param>
/// <param name="Address">Where the patient is; needed for a collection at home.</param>
/// <param name="ContactPhone">Where the patient is called.</param>
/// <param name="Notes">How to find the house, and the like.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CollectionRequest(
    [Required, MaxLength(40)] string Order,
    Guid ClinicId,
    DateTimeOffset Start,
    CollectionMode Mode = CollectionMode.Laboratory,
    [MaxLength(500)] string? Address = null,
    [RegularExpression(@"\+[1-9][0-9]{6,14}", ErrorMessage = "Must be a phone number such as +2348012345678.")] string? ContactPhone = null,
    [MaxLength(1000)] string? Notes = null) : IValidatableObject
{
    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Mode == CollectionMode.Home && string.IsNullOrWhiteSpace(Address))
        {
            yield return new ValidationResult("A collection at home needs an address.", [nameof(Address)]);
        }
    }
}

/// <summary>The patient, who books for the patient, or the clinic's desk and nurses take a time. An order has one at a time.</summary>
internal static class BookCollection
{
    public static void Map(RouteGroupBuilder collections) => collections.MapPost("/", Handle)
        .Named("BookCollection", "Books a time at which samples of an order are taken.").ForSignedIn();

    private static async Task<CreatedAnswer<CollectionResponse>> Handle(
        CollectionRequest request, Actor actor, CarelineDb db, CollectionDesk desk, LabNews news, AuditTrail trail, CancellationToken ct)
    {
        var order = await desk.OrderAsync(actor, request.Order, request.ClinicId, ct);
        var time = await desk.TimeAsync(request.ClinicId, request.Mode, request.Start, null, ct);
        var collection = Collection.Book(db.NewId(), order, time, request, actor.AccountId, db.Now);
        db.Add(collection);
        order.DoneAt(request.ClinicId);
        await news.CollectionAsync(order.PatientId, order.Number, collection, "labs.collection_booked", ct);
        trail.About("lab_collection", collection.Id).Concerns(order.PatientId);
        await db.SaveChangesAsync(ct);
        return Answer.Created(await CollectionResponse.OneAsync(db, collection.Id, ct), "Booked.");
    }
}
