using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Patients.Patients;

namespace Careline.Patients.Proxies;

/// <summary>Somebody without an account, for whom the caller acts.</summary>
/// <param name="FirstName">Given name.</param>
/// <param name="LastName">Family name.</param>
/// <param name="DateOfBirth">Not in the future.</param>
/// <param name="Gender">male, female, other, unknown; M, F and O are read too.</param>
/// <param name="Relation">What the caller is to them.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record AddDependantRequest(
    [Required, StringLength(100)] string FirstName,
    [Required, StringLength(100)] string LastName,
    [Range(typeof(DateOnly), "1900-01-01", "2200-12-31", ErrorMessage = "Must lie after the year 1899.")] DateOnly DateOfBirth,
    [property: JsonConverter(typeof(GenderReader))] Gender Gender,
    ProxyRelation Relation) : IValidatableObject
{
    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        // A day ahead of UTC is already today somewhere.
        if (DateOfBirth > DateOnly.FromDateTime(validationContext.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime).AddDays(1))
        {
            yield return new ValidationResult("Must not lie in the future.", [nameof(DateOfBirth)]);
        }
    }
}

internal static class AddDependant
{
    // A large family; a registry of strangers is none.
    private const int MostDependants = 20;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/me/dependants/", Handle).Named("AddDependant", "Registers somebody without an account, for whom the caller acts.").ForRoles(Roles.Patient);
        routes.MapGet("/me/dependants/", List).Named("ListDependants", "The patients for whom the caller acts.").ForSignedIn();
    }

    private static async Task<CreatedAnswer<DependantResponse>> Handle(
        AddDependantRequest request, Actor actor, CarelineDb db, ICareRelationships care, AuditTrail trail, CancellationToken ct)
    {
        if (await Proxy.InForce(db, actor).CountAsync(p => p.InvitedBy == actor.AccountId, ct) >= MostDependants)
        {
            throw new RuleViolation("TOO_MANY_DEPENDANTS", $"At most {MostDependants} dependants. Ask your practice to register more.");
        }

        var person = new PatientRequest(request.FirstName, request.LastName, request.Gender, request.DateOfBirth);
        var dependant = Patient.Register(db.NewId(), actor.AccountId, person, false, db.Now);
        var proxy = Proxy.OfDependant(dependant, request.Relation, actor.AccountId, db.Now);
        db.Add(dependant);
        db.Add(proxy);
        care.Begin(proxy.Opening());
        trail.About("patient", dependant.Id).Concerns(dependant.Id).Because("operations");
        await db.SaveChangesAsync(ct);
        return Answer.Created(await DependantResponse.ReadAsync(db, actor, proxy.Id, ct), "Registered. You act for this patient.");
    }

    private static async Task<PageAnswer<DependantResponse>> List(
        ListQuery query, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var page = await query.PageAsync(DependantResponse.Of(db, actor), ct);
        trail.Concerns(page.Rows.Select(d => d.Id));
        return Answer.Page(page);
    }
}
