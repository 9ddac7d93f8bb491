using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Clinics.Contracts;

namespace Careline.Analytics.Reports;

/// <summary>A report to keep.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Question">What it counts.</param>
/// <param name="Description">What it is for.</param>
/// <param name="ClinicId">A clinic of the caller's whose doctors and administrators read it too.</param>
/// <param name="ReaderIds">Accounts of colleagues who read it too. Everybody runs it with rights of their own.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ReportRequest(
    [Required, MaxLength(120)] string Name,
    [Required] ReportQuestion Question,
    [MaxLength(1000)] string? Description = null,
    Guid? ClinicId = null,
    [MaxLength(100)] IReadOnlyList<Guid>? ReaderIds = null)
{
    internal static ReportRequest Of(SavedReport report) => new(report.Name, report.Question, report.Description, report.ClinicId, report.ReaderIds);
}

internal static class ManageReports
{
    public static void Map(RouteGroupBuilder reports)
    {
        reports.MapGet("/", List).Named("ListReports", "Lists the reports that the caller keeps or was shown, newest first.").ForRoles(FigureScope.Readers).WithFilters("mine");
        reports.MapPost("/", Add).Named("AddReport", "Keeps a report.").ForRoles(FigureScope.Readers);
        reports.MapGet("/{id:guid}/", Get).Named("GetReport", "Shows one kept report.").ForRoles(FigureScope.Readers).VisibleAs<SavedReport>();
        reports.MapPut("/{id:guid}/", Replace).Named("ReplaceReport", "Changes a report of the caller's.").ForRoles(FigureScope.Readers).VisibleAs<SavedReport>();
        reports.MapPatch("/{id:guid}/", Change).Named("ChangeReport", "Changes parts of a report of the caller's.").AcceptsMerge<ReportRequest>().ForRoles(FigureScope.Readers)
            .VisibleAs<SavedReport>();
        reports.MapDelete("/{id:guid}/", Remove).Named("RemoveReport", "Removes a report of the caller's, for everybody.").ForRoles(FigureScope.Readers).VisibleAs<SavedReport>();
    }

    private static async Task<PageAnswer<ReportResponse>> List(ListQuery query, Actor actor, CarelineDb db, CancellationToken ct)
    {
        var (reports, me) = (SavedReport.VisibleTo(db, actor), actor.AccountId);
        reports = query.Flag("mine") is { } isMine ? reports.Where(r => (r.AccountId == me) == isMine) : reports;
        foreach (var pattern in query.SearchPatterns)
        {
            reports = reports.Where(r => EF.Functions.ILike(r.Name, pattern) || EF.Functions.ILike(r.Description!, pattern));
        }

        query.Ordering("-created_at");
        return Answer.Page(await query.PageAsync(reports.OrderByDescending(r => r.Id), ReportResponse.Of, ct));
    }

    private static async Task<Answer<ReportResponse>> Get(Guid id, Actor actor, CarelineDb db, CancellationToken ct) =>
        Answer.Ok(await SavedReport.VisibleTo(db, actor).Where(r => r.Id == id).Select(ReportResponse.Of).FirstOrDefaultAsync(ct) ?? throw new NotFound());

    private static async Task<CreatedAnswer<ReportResponse>> Add(
        ReportRequest request, Actor actor, CarelineDb db, IAdministratorAccounts administrators, AuditTrail trail, CancellationToken ct)
    {
        await FigureScope.OfAsync(db, actor, ct);
        await CheckReadersAsync(request, actor, db, administrators, ct);
        var report = SavedReport.Of(db.NewId(), request, actor.AccountId, db.Now);
        db.Add(report);
        trail.About("report", report.Id).Because("operations");
        await db.SaveChangesAsync(ct);
        return Answer.Created(ReportResponse.Of.Compile()(report), "Report kept.");
    }

    private static async Task<Answer<ReportResponse>> Replace(
        Guid id, ReportRequest request, IfMatch ifMatch, Actor actor, CarelineDb db, IAdministratorAccounts administrators, AuditTrail trail, CancellationToken ct)
    {
        var report = await LockAsync(db, actor, id, ct);
        return await ReplaceAsync(report, request, ifMatch, actor, db, administrators, trail, ct);
    }

    private static async Task<Answer<ReportResponse>> Change(
        Guid id, Merge<ReportRequest> patch, IfMatch ifMatch, Actor actor, CarelineDb db, IAdministratorAccounts administrators, AuditTrail trail, CancellationToken ct)
    {
        var report = await LockAsync(db, actor, id, ct);
        return await ReplaceAsync(report, await patch.OntoAsync(ReportRequest.Of(report)), ifMatch, actor, db, administrators, trail, ct);
    }

    private static async Task<Answer<ReportResponse>> ReplaceAsync(
        SavedReport report, ReportRequest request, IfMatch ifMatch, Actor actor, CarelineDb db, IAdministratorAccounts administrators, AuditTrail trail, CancellationToken ct)
    {
        ifMatch.Check(report);
        await CheckReadersAsync(request, actor, db, administrators, ct);
        report.Replace(request, db.Now);
        trail.About("report", report.Id).Because("operations");
        await db.SaveChangesAsync(ct);
        return Answer.Ok(ReportResponse.Of.Compile()(report), "Report changed.");
    }

    private static async Task<DeletedAnswer> Remove(Guid id, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        (await LockAsync(db, actor, id, ct)).Remove(db.Now);
        trail.About("report", id).Because("operations");
        await db.SaveChangesAsync(ct);
        return Answer.Deleted();
    }

    /// <exception cref="PermissionDenied">It is somebody else's, who showed it to the actor.</exception>
    private static async Task<SavedReport> LockAsync(CarelineDb db, Actor actor, Guid id, CancellationToken ct)
    {
        var visible = SavedReport.VisibleTo(db, actor);
        var report = await db.Set<SavedReport>().FromSql($"SELECT * FROM analytics.reports WHERE id = {id} FOR NO KEY UPDATE").AsTracking()
            .Where(r => visible.Any(v => v.Id == r.Id)).FirstOrDefaultAsync(ct) ?? throw new NotFound();
        return report.AccountId == actor.AccountId ? report : throw new PermissionDenied("Only whoever made a report changes it.");
    }

    // A report is shown to colleagues alone: to others its words would be a message.
    private static async Task CheckReadersAsync(ReportRequest request, Actor actor, CarelineDb db, IAdministratorAccounts administrators, CancellationToken ct)
    {
        var (me, isAdmin) = (actor.AccountId, actor.IsAdmin);
        var own = db.Set<StaffRow>().Where(s => s.AccountId == me && (s.Role == ClinicRole.Administrator || s.Role == ClinicRole.Doctor)).Select(s => s.ClinicId);
        if (request.ClinicId is { } clinic && !await (isAdmin ? db.Set<ClinicRow>().AnyAsync(c => c.Id == clinic, ct) : own.ContainsAsync(clinic, ct)))
        {
            throw new InvalidInput("clinic_id", "Must be a clinic of yours.");
        }

        if (request.ReaderIds is { Count: > 0 } readers)
        {
            var staff = await db.Set<StaffRow>().Where(s => readers.Contains(s.AccountId) && (isAdmin || own.Contains(s.ClinicId))).Select(s => s.AccountId).Distinct().ToListAsync(ct);
            var colleagues = isAdmin ? staff.Concat(await administrators.ActiveAsync(ct)) : staff;
            if (readers.Except(colleagues).Any())
            {
                throw new InvalidInput("reader_ids", "Must be colleagues: who works at a clinic of yours, and for administrators other administrators.");
            }
        }
    }
}
