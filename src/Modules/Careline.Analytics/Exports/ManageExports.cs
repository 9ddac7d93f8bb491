using Careline.Analytics.Reports;
using Careline.Audit.Contracts;
using Careline.Files.Contracts;

namespace Careline.Analytics.Exports;

internal static class ManageExports
{
    private const int MostAtOnce = 5;

    public static void Map(RouteGroupBuilder exports)
    {
        exports.MapGet("/", List).Named("ListExports", "Lists the caller's exports, newest first.").ForRoles(FigureScope.Readers).WithFilters("status", "format");
        exports.MapPost("/", Order).Named("OrderExport", "Has a file made of a report or a list, in the background.").ForRoles(FigureScope.Readers).RequiresRecentSignIn();
        exports.MapGet("/{id:guid}/", Get).Named("GetExport", "Shows how far an export is.").ForRoles(FigureScope.Readers).VisibleAs<Export>();
        exports.MapPost("/{id:guid}/cancel/", Cancel).Named("CancelExport", "Calls off an export that waits or is being made.").ForRoles(FigureScope.Readers).VisibleAs<Export>();
        exports.MapPost("/{id:guid}/retry/", Retry).Named("RetryExport", "Makes an export again that failed, was called off or has expired.").ForRoles(FigureScope.Readers)
            .RequiresRecentSignIn().VisibleAs<Export>();
        exports.MapGet("/{id:guid}/file/", Download).Named("DownloadExport", "The file, by ranges too; for whoever asked for it alone.").ForRoles(FigureScope.Readers)
            .RequiresRecentSignIn().VisibleAs<Export>().Produces(StatusCodes.Status200OK, contentType: "application/octet-stream");
    }

    private static async Task<PageAnswer<ExportResponse>> List(ListQuery query, Actor actor, CarelineDb db, CancellationToken ct)
    {
        var exports = Export.VisibleTo(db, actor);
        exports = query.Enum<ExportStatus>("status") is { } status ? exports.Where(e => e.Status == status) : exports;
        exports = query.Enum<ExportFormat>("format") is { } format ? exports.Where(e => e.Format == format) : exports;
        query.Ordering("-requested_at");
        return Answer.Page(await query.PageAsync(exports.OrderByDescending(e => e.Id), ExportResponse.Of, ct));
    }

    private static async Task<Answer<ExportResponse>> Get(Guid id, Actor actor, CarelineDb db, CancellationToken ct) =>
        Answer.Ok(await Export.VisibleTo(db, actor).Where(e => e.Id == id).Select(ExportResponse.Of).FirstOrDefaultAsync(ct) ?? throw new NotFound());

    private static async Task<CreatedAnswer<ExportResponse>> Order(
        ExportRequest request, Actor actor, CarelineDb db, ExportBell bell, AuditTrail trail, CancellationToken ct)
    {
        await FigureScope.OfAsync(db, actor, ct);
        var (me, now, id) = (actor.AccountId, db.Now, db.NewId());

        await CheckRoomAsync(db, actor, ct);
        var report = request.ReportId is { } reportId
            ? (await SavedReport.VisibleTo(db, actor).FirstOrDefaultAsync(r => r.Id == reportId, ct) ?? throw new NotFound()).Question : request.Report;
        var export = report is not null
            ? Export.OfReport(id, me, report, request.ReportId, request.Format, isScheduled: false, now) : Export.OfList(id, me, request.List!, request.Format, now);
        db.Add(export.WithByteOrderMark(request.ByteOrderMark));
        trail.About("export", id).Because("operations").Changed(NamesOf(export));
        await db.SaveChangesAsync(ct);
        db.AfterCommit(bell.Ring);
        return Answer.Created(ExportResponse.Of.Compile()(export), "The file is being made.");
    }

    private static async Task<Answer<ExportResponse>> Cancel(Guid id, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var export = await LockAsync(db, actor, id, ct);
        export.Cancel(db.Now);
        trail.About("export", id).Because("operations");
        await db.SaveChangesAsync(ct);
        return Answer.Ok(ExportResponse.Of.Compile()(export), "Called off.");
    }

    private static async Task<Answer<ExportResponse>> Retry(Guid id, Actor actor, CarelineDb db, ExportBell bell, AuditTrail trail, CancellationToken ct)
    {
        var export = await LockAsync(db, actor, id, ct);
        await CheckRoomAsync(db, actor, ct);
        export.Retry(db.Now);
        trail.About("export", id).Because("operations").Changed(NamesOf(export));
        await db.SaveChangesAsync(ct);
        db.AfterCommit(bell.Ring);
        return Answer.Ok(ExportResponse.Of.Compile()(export), "The file is being made.");
    }

    private static async Task<IResult> Download(Guid id, Actor actor, CarelineDb db, IFiles files, AuditTrail trail, CancellationToken ct)
    {
        var export = await Export.VisibleTo(db, actor).FirstOrDefaultAsync(e => e.Id == id, ct) ?? throw new NotFound();
        if (export.Status != ExportStatus.Ready || export.ExpiresAt <= db.Now)
        {
            throw export.Status is ExportStatus.Ready or ExportStatus.Expired
                ? new RuleViolation("EXPORT_EXPIRED", "The file was deleted. Have it made again.") : new RuleViolation("EXPORT_NOT_READY", "There is no file yet.");
        }

        trail.About("export", id).Because("operations").Changed([.. NamesOf(export), $"rows:{export.RowsDone}"]).Concerns(export.PatientIds).Always();
        return (await files.OpenAsync(export.FileId!.Value, FileCopy.Original, ct) ?? throw new NotFound()).AsAttachment(export.FileName!);
    }

    /// <exception cref="RuleViolation">TOO_MANY_EXPORTS.</exception>
    private static async Task CheckRoomAsync(CarelineDb db, Actor actor, CancellationToken ct)
    {
        // Of several at once each waits for the one before, and counts it.
        var me = actor.AccountId;
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({$"analytics.exports:{me}"}, 0))", ct);
        if (await db.Set<Export>().CountAsync(e => e.AccountId == me && e.DueAt != null, ct) >= MostAtOnce)
        {
            throw new RuleViolation("TOO_MANY_EXPORTS", $"{MostAtOnce} of your exports wait or are being made. Call one off, or wait for it.");
        }
    }

    private static string[] NamesOf(Export export) => export.Content == ExportContent.Report
        ? RunReport.Describe(export.ReportAsked) : [export.Dataset, .. (export.ListAsked.Filters?.Keys ?? []).Select(name => $"filter:{name}")];

    private static async Task<Export> LockAsync(CarelineDb db, Actor actor, Guid id, CancellationToken ct)
    {
        var me = actor.AccountId;
        return await db.Set<Export>().FromSql($"SELECT * FROM analytics.exports WHERE id = {id} FOR NO KEY UPDATE").AsTracking().Where(e => e.AccountId == me)
            .FirstOrDefaultAsync(ct) ?? throw new NotFound();
    }
}
