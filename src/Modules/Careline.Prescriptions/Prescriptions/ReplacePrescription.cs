using Careline.Accounts.Contracts;

namespace Careline.Prescriptions.Prescriptions;

internal static class ReplacePrescription
{
    public static void Map(RouteGroupBuilder prescriptions)
    {
        prescriptions.MapPut("/{id:guid}/", Replace)
            .Named("ReplacePrescription", "Replaces what a draft says, and checks it again.")
            .ForRoles(Roles.Doctor)
            .RequiresRecentSignIn()
            .VisibleAs<Prescription>();
        prescriptions.MapPatch("/{id:guid}/", Merge)
            .Named("UpdatePrescription", "Changes parts of what a draft says (JSON merge patch), and checks it again.")
            .ForRoles(Roles.Doctor)
            .RequiresRecentSignIn()
            .VisibleAs<Prescription>()
            .AcceptsMerge<PrescriptionSheet>();
        prescriptions.MapDelete("/{id:guid}/", Remove)
            .Named("RemovePrescription", "Withdraws a draft.")
            .ForRoles(Roles.Doctor)
            .VisibleAs<Prescription>();
    }

    private static async Task<Answer<PrescriptionResponse>> Replace(
        Guid id, PrescriptionSheet request, IfMatch ifMatch, Actor actor, CarelineDb db, PrescriptionDesk desk, SafetyStatements statements, CancellationToken ct)
    {
        var draft = await desk.OwnDraftAsync(actor, id, ct);
        ifMatch.Check(draft);
        return await WriteAsync(draft, request, db, desk, statements, ct);
    }

    private static async Task<Answer<PrescriptionResponse>> Merge(
        Guid id, Merge<PrescriptionSheet> patch, IfMatch ifMatch, Actor actor, CarelineDb db, PrescriptionDesk desk, SafetyStatements statements, CancellationToken ct)
    {
        var draft = await desk.OwnDraftAsync(actor, id, ct);
        ifMatch.Check(draft);
        return await WriteAsync(draft, await patch.OntoAsync(PrescriptionSheet.Of(draft)), db, desk, statements, ct);
    }

    private static async Task<DeletedAnswer> Remove(Guid id, IfMatch ifMatch, Actor actor, CarelineDb db, PrescriptionDesk desk, CancellationToken ct)
    {
        var draft = await desk.OwnAsync(actor, id, ct);
        ifMatch.Check(draft);
        draft.Withdraw(db.Now);
        await db.SaveChangesAsync(ct);
        return Answer.Deleted();
    }

    private static async Task<Answer<PrescriptionResponse>> WriteAsync(
        Prescription draft, PrescriptionSheet sheet, CarelineDb db, PrescriptionDesk desk, SafetyStatements statements, CancellationToken ct)
    {
        // The former lines go before the new ones come: both count from one.
        db.RemoveRange(draft.Lines);
        draft.Replace(sheet with { Lines = [] }, db.Now);
        await db.SaveChangesAsync(ct);
        draft.Replace(sheet, db.Now);
        db.AddRange(draft.Lines);
        await statements.CheckAsync(draft, ct);
        await db.SaveChangesAsync(ct);
        return Answer.Ok(await desk.ReadAsync(draft.Id, ct), "Prescription saved.");
    }
}
