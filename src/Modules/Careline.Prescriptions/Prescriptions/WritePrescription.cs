using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Prescriptions.Templates;

namespace Careline.Prescriptions.Prescriptions;

/// <summary>A prescription that is begun outside a visit.</summary>
/// <param name="PatientId">For whom.</param>
/// <param name="TemplateId">What it begins with; <paramref name="Lines"/> follow.</param>
/// <param name="Lines">The medicines, in order.</param>
/// <param name="GeneralAdvice">What else the patient should do.</param>
/// <param name="DietAdvice">What to eat.</param>
/// <param name="FluidAdvice">What to drink.</param>
/// <param name="LifestyleAdvice">How to live.</param>
/// <param name="NextVisit">When to come again.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record WritePrescriptionRequest(
    Guid PatientId,
    Guid? TemplateId = null,
    [MaxLength(PrescriptionSheet.MostLines)] IReadOnlyList<MedicationOrder>? Lines = null,
    [MaxLength(4000)] string? GeneralAdvice = null,
    [MaxLength(4000)] string? DietAdvice = null,
    [MaxLength(4000)] string? FluidAdvice = null,
    [MaxLength(4000)] string? LifestyleAdvice = null,
    DateOnly? NextVisit = null) : IValidatableObject
{
    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => PrescriptionSheet.NoNull(Lines, nameof(Lines));
}

internal static class WritePrescription
{
    public static void Map(RouteGroupBuilder prescriptions) => prescriptions.MapPost("/", Handle)
        .Named("WritePrescription", "Begins a prescription for a patient whom the caller treats, and checks it; it is valid once it is signed.")
        .ForRoles(Roles.Doctor)
        .RequiresRecentSignIn();

    private static async Task<CreatedAnswer<PrescriptionResponse>> Handle(
        WritePrescriptionRequest request, Actor actor, CarelineDb db, PrescriptionDesk desk, SafetyStatements statements, AuditTrail trail, CancellationToken ct)
    {
        trail.Concerns(request.PatientId);
        await desk.MustTreatAsync(actor, request.PatientId, ct);
        var template = request.TemplateId is { } templateId
            ? await Template.VisibleTo(db, actor).FirstOrDefaultAsync(t => t.Id == templateId, ct) ?? throw new InvalidInput("template_id", "Is none of your templates.")
            : null;
        var draft = Prescription.Draft(db.NewId(), request.PatientId, actor.DoctorId!.Value, null, db.Now);
        draft.Replace(SheetOf(request, template?.Sheet), db.Now);
        db.Add(draft);
        await statements.CheckAsync(draft, ct);
        trail.About("prescription", draft.Id);
        await db.SaveChangesAsync(ct);
        return Answer.Created(await desk.ReadAsync(draft.Id, ct), "Prescription begun.");
    }

    private static PrescriptionSheet SheetOf(WritePrescriptionRequest request, PrescriptionSheet? template) => new(
        [.. template?.Lines ?? [], .. request.Lines ?? []],
        request.GeneralAdvice ?? template?.GeneralAdvice,
        request.DietAdvice ?? template?.DietAdvice,
        request.FluidAdvice ?? template?.FluidAdvice,
        request.LifestyleAdvice ?? template?.LifestyleAdvice,
        request.NextVisit);
}
