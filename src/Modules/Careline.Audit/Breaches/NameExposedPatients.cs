using Careline.Audit.Exposures;
using Careline.Audit.Reading;

namespace Careline.Audit.Breaches;

/// <summary>Through which account data got out, and between when and when.</summary>
/// <param name="ActorId">The account.</param>
/// <param name="From">From when on.</param>
/// <param name="To">Until when; it does not belong to the time.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ExposedPatientsRequest(Guid ActorId, DateTimeOffset From, DateTimeOffset To) : IValidatableObject
{
    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (To <= From)
        {
            yield return new ValidationResult("Must be after the beginning.", [nameof(To)]);
        }
    }
}

/// <summary>Adds to a breach every patient with whose data an account had to do, as the audit knows it. It adds only: what is wrong is taken out by PATCH.</summary>
internal static class NameExposedPatients
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/{id:guid}/patients/", Handle).Named("NameExposedPatients", "Adds to a breach the patients with whose data an account had to do.")
            .ForRoles(ListEvents.Readers).VisibleAs<Breach>();

    private static async Task<Answer<BreachResponse>> Handle(
        Guid id, ExposedPatientsRequest request, IfMatch ifMatch, Actor actor, CarelineDb db, Exposure exposure, IActorNames names, AuditTrail trail, CancellationToken ct)
    {
        var breach = await Breach.VisibleTo(db, actor).AsTracking().FirstOrDefaultAsync(b => b.Id == id, ct) ?? throw new NotFound();
        ifMatch.Check(breach);
        breach.NamePatients(await exposure.PatientsOfAsync(request.ActorId, new ExposurePeriod(request.From, request.To), BreachRequest.MostPatients, ct), db.Now);
        var fields = ChangedFields.Of(db, breach);
        db.Add(BreachEvent.Of(breach, BreachStep.Changed, actor.AccountId, db.Now, fields: fields));
        trail.About("breach", id).Because("operations").Changed(fields);
        await db.SaveChangesAsync(ct);
        return Answer.Ok(await BreachResponse.ReadAsync(db, names, id, ct), "The patients were added.");
    }
}
