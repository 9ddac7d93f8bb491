using Careline.Accounts.Contracts;

namespace Careline.Prescriptions.Prescriptions;

/// <summary>Why a prescription is called off.</summary>
/// <param name="Reason">For the patient and the pharmacy.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CancelPrescriptionRequest([Required, MaxLength(2000)] string Reason);

/// <summary>What becomes of a signed prescription: called off, corrected by another, or prescribed again.</summary>
internal static class EndPrescription
{
    public static void Map(RouteGroupBuilder prescriptions)
    {
        prescriptions.MapPost("/{id:guid}/cancel/", Cancel)
            .Named("CancelPrescription", "Calls a signed prescription off: its code says so at once, and no pharmacy hands out more of it.")
            .ForRoles(Roles.Doctor)
            .VisibleAs<Prescription>();
        prescriptions.MapPost("/{id:guid}/supersede/", Supersede)
            .Named("SupersedePrescription", "Begins the correction of a signed prescription, as a draft that says the same; once that is signed, this one is superseded.")
            .ForRoles(Roles.Doctor)
            .RequiresRecentSignIn()
            .VisibleAs<Prescription>();
        prescriptions.MapPost("/{id:guid}/repeat/", Repeat)
            .Named("RepeatPrescription", "Begins a prescription that says the same as an earlier one, as a draft.")
            .ForRoles(Roles.Doctor)
            .RequiresRecentSignIn()
            .VisibleAs<Prescription>();
    }

    private static async Task<Answer<PrescriptionResponse>> Cancel(
        Guid id, CancelPrescriptionRequest request, Actor actor, CarelineDb db, PrescriptionDesk desk, CancellationToken ct)
    {
        // Also after the care has ended: a dose that turns out wrong must be stopped by whoever notices first.
        var prescription = await desk.OwnAsync(actor, id, ct);
        db.Publish(prescription.Cancel(request.Reason, db.Now));
        await db.SaveChangesAsync(ct);
        return Answer.Ok(await desk.ReadAsync(id, ct), "Prescription cancelled.");
    }

    private static async Task<CreatedAnswer<PrescriptionResponse>> Supersede(
        Guid id, Actor actor, CarelineDb db, PrescriptionDesk desk, SafetyStatements statements, CancellationToken ct)
    {
        var former = await desk.OwnAsync(actor, id, ct);
        return await BeginAsync(former.Correct(db.NewId(), db.Now), actor, db, desk, statements, ct);
    }

    private static async Task<CreatedAnswer<PrescriptionResponse>> Repeat(
        Guid id, Actor actor, CarelineDb db, PrescriptionDesk desk, SafetyStatements statements, CancellationToken ct)
    {
        var former = await desk.HoldAsync(actor, id, ct);
        return await BeginAsync(former.Again(db.NewId(), actor.DoctorId!.Value, db.Now), actor, db, desk, statements, ct);
    }

    private static async Task<CreatedAnswer<PrescriptionResponse>> BeginAsync(
        Prescription draft, Actor actor, CarelineDb db, PrescriptionDesk desk, SafetyStatements statements, CancellationToken ct)
    {
        await desk.MustTreatAsync(actor, draft.PatientId, ct);
        db.Add(draft);
        await statements.CheckAsync(draft, ct);
        await db.SaveChangesAsync(ct);
        return Answer.Created(await desk.ReadAsync(draft.Id, ct), "Prescription begun.");
    }
}
