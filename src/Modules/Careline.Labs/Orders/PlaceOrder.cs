using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Patients.Contracts;

namespace Careline.Labs.Orders;

/// <summary>An order outside of a visit.</summary>
/// <param name="PatientId">For whom.</param>
/// <param name="Tests">Codes or ids of tests.</param>
/// <param name="Panels">Codes or ids of panels.</param>
/// <param name="Priority">How soon; low and medium mean routine, high means urgent, stat means emergency.</param>
/// <param name="ClinicalQuestion">What is to be found out, as written.</param>
/// <param name="IsPregnant">Whether the patient is pregnant, where it is known.</param>
/// <param name="ClinicId">The clinic whose laboratory does it.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record PlaceOrderRequest(
    Guid PatientId,
    [MaxLength(50)] IReadOnlyList<string>? Tests = null,
    [MaxLength(20)] IReadOnlyList<string>? Panels = null,
    [property: JsonConverter(typeof(LabPriorityReader))] LabPriority Priority = LabPriority.Routine,
    [MaxLength(4000)] string? ClinicalQuestion = null,
    bool? IsPregnant = null,
    Guid? ClinicId = null) : IValidatableObject
{
    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => Form.Validate(validationContext);

    internal LabOrderForm Form => new(Tests, Panels, Priority, ClinicalQuestion, IsPregnant, ClinicId);
}

/// <summary>A doctor orders for whoever is in her care at this moment.</summary>
internal static class PlaceOrder
{
    public static void Map(RouteGroupBuilder orders) => orders.MapPost("/", Handle)
        .Named("PlaceLabOrder", "Orders tests for a patient in one's care, outside of a visit.").ForRoles(Roles.Doctor);

    private static async Task<CreatedAnswer<LabOrderRow>> Handle(
        PlaceOrderRequest request, Actor actor, CarelineDb db, ILabs labs, AuditTrail trail, CancellationToken ct)
    {
        if (actor.DoctorId is not { } doctor || !await ClinicalCare.TreatedBy(db, actor).ContainsAsync(request.PatientId, ct))
        {
            throw await ClinicalCare.PatientsOf(db, actor).ContainsAsync(request.PatientId, ct)
                ? new PermissionDenied("The record is open to you for reading only.") : new NotFound();
        }

        trail.Concerns(request.PatientId);
        var order = await labs.OrderAsync(new LabVisit(null, request.PatientId, doctor, actor.AccountId), request.Form, ct);
        return Answer.Created(order, "Ordered.");
    }
}
