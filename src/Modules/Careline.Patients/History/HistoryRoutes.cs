using Careline.Audit.Contracts;
using Careline.Patients.Care;
using Careline.Patients.Patients;

namespace Careline.Patients.History;

/// <summary>
/// The six routes under a patient that every kind of entry has: written once, so that who may read and write is asked the same way for each.
/// The request types reach the validator by their <c>[ValidatableType]</c>.
/// </summary>
internal static class HistoryRoutes<TEntry, TRequest, TResponse>
    where TEntry : HistoryEntry, IHistoryEntry<TEntry, TRequest, TResponse>, new()
    where TRequest : class
{
    private static readonly Func<TEntry, TResponse> _answer = TEntry.Projection.Compile();

    public static void Map(IEndpointRouteBuilder routes)
    {
        var noun = TEntry.Noun;
        var list = $"/{{id:guid}}/{noun.Path}/";
        var one = list + "{entryId:guid}/";
#pragma warning disable RDG002 // Routes of a generic type can only be bound when the host starts.
        routes.MapGet(list, Late(List)).Named($"List{noun.Name}", $"A patient's entries of the kind: {noun.Words}.").ForSignedIn().VisibleAs<Patient>();
        routes.MapPost(list, Late(Add)).Named($"Add{noun.Name}", $"Records for a patient: {noun.Words}.").ForSignedIn().VisibleAs<Patient>();
        routes.MapGet(one, Late(Get)).Named($"Get{noun.Name}", $"One entry of the kind: {noun.Words}.").ForSignedIn().VisibleAs<Patient>();
        routes.MapPut(one, Late(Replace)).Named($"Replace{noun.Name}", $"Replaces an entry of the kind: {noun.Words}.").ForSignedIn().VisibleAs<Patient>();
        routes.MapPatch(one, Late(Change)).Named($"Change{noun.Name}", $"Changes an entry of the kind: {noun.Words}.").ForSignedIn().VisibleAs<Patient>()
            .AcceptsMerge<TRequest>();
        routes.MapDelete(one, Late(Remove)).Named($"Remove{noun.Name}", $"Removes an entry of the kind: {noun.Words}.").ForSignedIn().VisibleAs<Patient>();
#pragma warning restore RDG002
    }

    // Hides the method from the generator, whose code would not compile.
    private static Delegate Late(Delegate handler) => handler;

    private static async Task<PageAnswer<TResponse>> List(
        Guid id, ListQuery query, Actor actor, CarelineDb db, SealedFields fields, AuditTrail trail, CancellationToken ct)
    {
        var access = await PatientAccess.OfAsync(db, actor, id, ct);
        TEntry.Noun.RequireReading(access);
        var (_, descending) = query.Ordering("-created_at");
        var page = await query.PageAsync(
            descending
                ? Entries(db, actor, id).OrderByDescending(e => e.CreatedAt).ThenByDescending(e => e.Id)
                : Entries(db, actor, id).OrderBy(e => e.CreatedAt).ThenBy(e => e.Id),
            ct);
        trail.Concerns(id);
        return Answer.Page(new Page<TResponse>([.. page.Rows.Select(e => Show(e, access, fields))], page.Total, page.Number, page.Size));
    }

    private static async Task<Answer<TResponse>> Get(
        Guid id, Guid entryId, Actor actor, CarelineDb db, SealedFields fields, AuditTrail trail, CancellationToken ct)
    {
        var access = await PatientAccess.OfAsync(db, actor, id, ct);
        TEntry.Noun.RequireReading(access);
        var entry = await Entries(db, actor, id).FirstOrDefaultAsync(e => e.Id == entryId, ct) ?? throw new NotFound();
        trail.About(TEntry.Noun.Path, entryId).Concerns(id);
        return Answer.Ok(Show(entry, access, fields));
    }

    private static async Task<CreatedAnswer<TResponse>> Add(
        Guid id, TRequest request, Actor actor, CarelineDb db, SealedFields fields, AuditTrail trail, CancellationToken ct)
    {
        var access = await PatientAccess.OfAsync(db, actor, id, ct);
        TEntry.Noun.RequireWriting(access);
        var entry = new TEntry();
        entry.Begin(db.NewId(), id, actor.AccountId, db.Now);
        entry.Replace(request);
        db.Add(entry);
        return Answer.Created(await SaveAsync(new Opened(entry, access), db, fields, trail, ct), "Recorded.");
    }

    private static async Task<Answer<TResponse>> Replace(
        Guid id, Guid entryId, TRequest request, IfMatch ifMatch, Actor actor, CarelineDb db, SealedFields fields, AuditTrail trail, CancellationToken ct)
    {
        var opened = await LoadAsync(db, fields, actor, id, entryId, ifMatch, ct);
        opened.Entry.Replace(request);
        return Answer.Ok(await SaveAsync(opened, db, fields, trail, ct), "Changed.");
    }

    private static async Task<Answer<TResponse>> Change(
        Guid id, Guid entryId, Merge<TRequest> patch, IfMatch ifMatch, Actor actor, CarelineDb db, SealedFields fields, AuditTrail trail,
        CancellationToken ct)
    {
        var opened = await LoadAsync(db, fields, actor, id, entryId, ifMatch, ct);
        opened.Entry.Replace(await patch.OntoAsync(opened.Entry.AsRequest()));
        return Answer.Ok(await SaveAsync(opened, db, fields, trail, ct), "Changed.");
    }

    private static async Task<DeletedAnswer> Remove(
        Guid id, Guid entryId, IfMatch ifMatch, Actor actor, CarelineDb db, SealedFields fields, AuditTrail trail, CancellationToken ct)
    {
        var opened = await LoadAsync(db, fields, actor, id, entryId, ifMatch, ct);
        opened.Entry.Remove(db.Now);
        await SaveAsync(opened, db, fields, trail, ct);
        return Answer.Deleted();
    }

    private static IQueryable<TEntry> Entries(CarelineDb db, Actor actor, Guid patientId) =>
        TEntry.ReadableBy(db.Set<TEntry>().Where(e => e.PatientId == patientId && e.RemovedAt == null), actor.AccountId);

    private static async Task<Opened> LoadAsync(
        CarelineDb db, SealedFields fields, Actor actor, Guid id, Guid entryId, IfMatch ifMatch, CancellationToken ct)
    {
        var access = await PatientAccess.OfAsync(db, actor, id, ct);
        TEntry.Noun.RequireWriting(access);
        var entry = await Entries(db, actor, id).AsTracking().FirstOrDefaultAsync(e => e.Id == entryId, ct) ?? throw new NotFound();
        entry.RequireChangeBy(actor.AccountId);
        ifMatch.Check(entry);
        entry.Open(fields);
        return new Opened(entry, access);
    }

    private static TResponse Show(TEntry entry, PatientAccess access, SealedFields fields)
    {
        entry.Open(fields);
        return TEntry.ShownTo(access, _answer(entry));
    }

    private static async Task<TResponse> SaveAsync(Opened opened, CarelineDb db, SealedFields fields, AuditTrail trail, CancellationToken ct)
    {
        var entry = opened.Entry;
        entry.Touch(db.Now);
        entry.Seal(fields);
        trail.About(TEntry.Noun.Path, entry.Id).Concerns(entry.PatientId);
        await db.SaveChangesAsync(ct);
        return TEntry.ShownTo(opened.Access, _answer(entry));
    }

    private sealed record Opened(TEntry Entry, PatientAccess Access);
}
