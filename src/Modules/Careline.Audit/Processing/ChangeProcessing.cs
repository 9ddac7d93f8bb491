using Careline.Audit.Reading;

namespace Careline.Audit.Processing;

internal static class ChangeProcessing
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        const string Path = "/{id:guid}/";
        routes.MapPut(Path, Replace).Named("ReplaceProcessingActivity", "Replaces a processing activity.").ForRoles(ListEvents.Readers).OpenToAll(ReadProcessing.Why);
        routes.MapPatch(Path, Change).Named("ChangeProcessingActivity", "Changes some of a processing activity.")
            .ForRoles(ListEvents.Readers).OpenToAll(ReadProcessing.Why).AcceptsMerge<ProcessingActivityRequest>();
        routes.MapDelete(Path, Remove).Named("RemoveProcessingActivity", "Takes a processing activity out of the record; what it was stays in the database.")
            .ForRoles(ListEvents.Readers).OpenToAll(ReadProcessing.Why);
    }

    private static async Task<Answer<ProcessingActivityResponse>> Replace(
        Guid id, ProcessingActivityRequest request, IfMatch ifMatch, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var activity = await LoadAsync(db, id, ifMatch, ct);
        activity.Replace(request, db.Now);
        return Answer.Ok(await SaveAsync(activity, db, trail, ct), "The activity was changed.");
    }

    private static async Task<Answer<ProcessingActivityResponse>> Change(
        Guid id, Merge<ProcessingActivityRequest> patch, IfMatch ifMatch, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var activity = await LoadAsync(db, id, ifMatch, ct);
        activity.Replace(await patch.OntoAsync(ProcessingActivityRequest.Of(activity)), db.Now);
        return Answer.Ok(await SaveAsync(activity, db, trail, ct), "The activity was changed.");
    }

    private static async Task<DeletedAnswer> Remove(Guid id, IfMatch ifMatch, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var activity = await LoadAsync(db, id, ifMatch, ct);
        activity.Remove(db.Now);
        await SaveAsync(activity, db, trail, ct);
        return Answer.Deleted();
    }

    private static async Task<ProcessingActivity> LoadAsync(CarelineDb db, Guid id, IfMatch ifMatch, CancellationToken ct)
    {
        var activity = await ProcessingActivity.Present(db).AsTracking().FirstOrDefaultAsync(a => a.Id == id, ct) ?? throw new NotFound();
        ifMatch.Check(activity);
        return activity;
    }

    private static async Task<ProcessingActivityResponse> SaveAsync(ProcessingActivity activity, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        trail.About("processing_activity", activity.Id).Because("operations").Changed(ChangedFields.Of(db, activity));
        await db.SaveChangesAsync(ct);
        return ProcessingActivityResponse.From(activity);
    }
}
