using System.Linq.Expressions;
using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Patients.Contracts;

namespace Careline.Records.MedicalFiles;

/// <summary>The same list at three paths: all that the caller sees, the caller's own record, and one patient's.</summary>
internal static class ListMedicalFiles
{
    private static readonly string[] _filters = ["kind", "patient", "uploaded_by", "date_from", "date_to"];

    public static void Map(RouteGroupBuilder files) => files.MapGet("/", Handle)
        .Named("ListMedicalFiles", "Lists the documents that the caller may see, the newest first.").ForReaders().WithFilters(_filters);

    public static void MapOwn(RouteGroupBuilder records) => records.MapGet("/", HandleOwn)
        .Named("ListRecordDocuments", "Lists the documents of the caller's own record, or those that the caller may see where there is none.")
        .ForReaders().WithFilters(_filters);

    public static void MapOfPatient(RouteGroupBuilder patients) => patients.MapGet("/{id:guid}/documents/", HandleOfPatient)
        .Named("ListPatientDocuments", "Lists a patient's documents that the caller may see, the newest first.").ForReaders()
        .OpenToAll("The query answers 404 itself, as who wrote a document reads it after the care has ended.").WithFilters(_filters);

    private static Task<PageAnswer<MedicalFileResponse>> Handle(
        ListQuery query, Actor actor, CarelineDb db, IActorNames names, AuditTrail trail, CancellationToken ct) =>
        ShowAsync(MedicalFile.VisibleTo(db, actor), query, actor, db, names, trail, ct);

    private static Task<PageAnswer<MedicalFileResponse>> HandleOwn(
        ListQuery query, Actor actor, CarelineDb db, IActorNames names, AuditTrail trail, CancellationToken ct)
    {
        var patient = actor.PatientId;
        var visible = MedicalFile.VisibleTo(db, actor);
        return ShowAsync(patient is null ? visible : visible.Where(f => f.PatientId == patient), query, actor, db, names, trail, ct);
    }

    private static async Task<PageAnswer<MedicalFileResponse>> HandleOfPatient(
        Guid id, ListQuery query, Actor actor, CarelineDb db, IActorNames names, AuditTrail trail, CancellationToken ct)
    {
        var files = MedicalFile.VisibleTo(db, actor).Where(f => f.PatientId == id);
        if (id != actor.PatientId && !await ClinicalCare.PatientsOf(db, actor).ContainsAsync(id, ct) && !await files.AnyAsync(ct))
        {
            throw ClinicalCare.Refuse(actor);
        }

        trail.About("patient", id).Concerns(id);
        return await ShowAsync(files, query, actor, db, names, trail, ct);
    }

    private static async Task<PageAnswer<MedicalFileResponse>> ShowAsync(
        IQueryable<MedicalFile> files, ListQuery query, Actor actor, CarelineDb db, IActorNames names, AuditTrail trail, CancellationToken ct)
    {
        await ClinicalCare.CheckListAsync(db, actor, ct);
        files = Narrow(files, query);
        var (order, descending) = query.Ordering("-created_at", "title", "kind");
        var page = await query.PageAsync(
            MedicalFileResponse.From(db, order switch
            {
                "title" => By(files, f => f.Title ?? f.FileName, descending),
                "kind" => By(files, f => f.Kind, descending),
                _ => By(files, f => f.CreatedAt, descending),
            }),
            ct);
        trail.Concerns(page.Rows.Select(r => r.PatientId));
        return Answer.Page(page with { Rows = await MedicalFileResponse.NamedAsync(page.Rows, names, ct) });
    }

    private static IQueryable<MedicalFile> Narrow(IQueryable<MedicalFile> files, ListQuery query)
    {
        if (query.Enums<RecordFileKind>("kind") is { Count: > 0 } kinds)
        {
            files = files.Where(f => kinds.Contains(f.Kind));
        }

        if (query.Id("patient") is { } patient)
        {
            files = files.Where(f => f.PatientId == patient);
        }

        if (query.Id("uploaded_by") is { } uploader)
        {
            files = files.Where(f => f.UploadedBy == uploader);
        }

        if (query.Instant("date_from") is { } from)
        {
            files = files.Where(f => f.CreatedAt >= from);
        }

        if (Until(query) is { } until)
        {
            files = files.Where(f => f.CreatedAt < until);
        }

        foreach (var pattern in query.SearchPatterns)
        {
            files = files.Where(f => EF.Functions.ILike(f.SearchText, pattern, @"\"));
        }

        return files;
    }

    // A day is meant whole; an instant is the first that does not count any more.
    private static DateTimeOffset? Until(ListQuery query) =>
        query.Instant("date_to") is { } until ? query.Text("date_to")!.Length == "yyyy-MM-dd".Length ? until.AddDays(1) : until : null;

    private static IQueryable<MedicalFile> By<TKey>(IQueryable<MedicalFile> files, Expression<Func<MedicalFile, TKey>> key, bool descending) =>
        descending ? files.OrderByDescending(key).ThenByDescending(f => f.Id) : files.OrderBy(key).ThenBy(f => f.Id);
}

/// <summary>Who reads documents at all.</summary>
internal static class Readers
{
    /// <summary>Everybody who may be shown something clinical; the desk is shown nothing here.</summary>
    public static RouteHandlerBuilder ForReaders(this RouteHandlerBuilder route) =>
        route.ForRoles([.. Roles.RecordReaders, Roles.Pharmacist]);
}
