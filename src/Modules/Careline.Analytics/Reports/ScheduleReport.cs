using Careline.Analytics.Exports;
using Careline.Audit.Contracts;
using Careline.Platform.Time;

namespace Careline.Analytics.Reports;

/// <summary>When the caller wants a report's file.</summary>
/// <param name="Frequency">How often.</param>
/// <param name="Time">The wall-clock time.</param>
/// <param name="TimeZone">The IANA zone of that clock.</param>
/// <param name="Format">What the file is.</param>
/// <param name="Weekday">For weekly ones: from 1, Monday, to 7.</param>
/// <param name="DayOfMonth">For monthly ones: from 1 to 31; the last day where the month is shorter.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ReportScheduleRequest(
    ReportFrequency Frequency,
    TimeOnly Time,
    [Required, MaxLength(64)] string TimeZone,
    ExportFormat Format,
    [Range(1, 7)] int? Weekday = null,
    [Range(1, 31)] int? DayOfMonth = null) : IValidatableObject
{
    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!ZonedTimes.IsKnown(TimeZone))
        {
            yield return new ValidationResult("Must be a zone of the IANA database, such as Africa/Lagos.", [nameof(TimeZone)]);
        }

        if (Frequency == ReportFrequency.Weekly && Weekday is null)
        {
            yield return new ValidationResult("On which day of the week?", [nameof(Weekday)]);
        }

        if (Frequency == ReportFrequency.Monthly && DayOfMonth is null)
        {
            yield return new ValidationResult("On which day of the month?", [nameof(DayOfMonth)]);
        }
    }
}

/// <summary>When the caller is sent a report's file.</summary>
/// <param name="Frequency">How often.</param>
/// <param name="Weekday">For weekly ones.</param>
/// <param name="DayOfMonth">For monthly ones.</param>
/// <param name="Time">The wall-clock time.</param>
/// <param name="TimeZone">The zone of that clock.</param>
/// <param name="Format">What the file is.</param>
/// <param name="NextAt">When it is made next.</param>
/// <param name="LastAt">When it was made last.</param>
/// <param name="Version">Raised by every change.</param>
public sealed record ReportScheduleResponse(
    ReportFrequency Frequency, int? Weekday, int? DayOfMonth, TimeOnly Time, string TimeZone, ExportFormat Format, DateTimeOffset NextAt, DateTimeOffset? LastAt, int Version) : IVersioned
{
    internal static ReportScheduleResponse From(ReportSchedule s) => new(s.Frequency, s.Weekday, s.DayOfMonth, s.Time, s.TimeZone, s.Format, s.NextAt, s.LastAt, s.Version);
}

internal static class ScheduleReport
{
    public static void Map(RouteGroupBuilder reports)
    {
        reports.MapGet("/{id:guid}/schedule/", Get).Named("GetReportSchedule", "When the caller is sent this report.").ForRoles(FigureScope.Readers).VisibleAs<SavedReport>();
        reports.MapPut("/{id:guid}/schedule/", Set).Named("SetReportSchedule", "Has this report made into a file for the caller, again and again, and told of by mail.")
            .ForRoles(FigureScope.Readers).VisibleAs<SavedReport>();
        reports.MapDelete("/{id:guid}/schedule/", End).Named("EndReportSchedule", "Sends the caller this report no more.").ForRoles(FigureScope.Readers).VisibleAs<SavedReport>();
    }

    private static async Task<Answer<ReportScheduleResponse>> Get(Guid id, Actor actor, CarelineDb db, CancellationToken ct)
    {
        var me = actor.AccountId;
        var schedule = await db.Set<ReportSchedule>()
            .FirstOrDefaultAsync(s => s.ReportId == id && s.AccountId == me && SavedReport.VisibleTo(db, actor).Any(r => r.Id == id), ct) ?? throw new NotFound();
        return Answer.Ok(ReportScheduleResponse.From(schedule));
    }

    private static async Task<Answer<ReportScheduleResponse>> Set(Guid id, ReportScheduleRequest request, IfMatch ifMatch, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        await FigureScope.OfAsync(db, actor, ct);
        await CheckAsync(db, actor, id, ct);
        var (me, now) = (actor.AccountId, db.Now);
        var schedule = await db.Set<ReportSchedule>().FromSql($"SELECT * FROM analytics.report_schedules WHERE report_id = {id} AND account_id = {me} FOR NO KEY UPDATE")
            .AsTracking().FirstOrDefaultAsync(ct);
        if (schedule is null)
        {
            schedule = ReportSchedule.Of(db.NewId(), id, me, now);
            db.Add(schedule);
        }

        ifMatch.Check(schedule);
        schedule.Replace(request, now);
        trail.About("report", id).Because("operations");
        await db.SaveChangesAsync(ct);
        return Answer.Ok(ReportScheduleResponse.From(schedule), "Schedule set.");
    }

    private static async Task<DeletedAnswer> End(Guid id, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        await CheckAsync(db, actor, id, ct);
        var me = actor.AccountId;
        await db.Set<ReportSchedule>().Where(s => s.ReportId == id && s.AccountId == me).ExecuteDeleteAsync(ct);
        trail.About("report", id).Because("operations");
        await db.SaveChangesAsync(ct);
        return Answer.Deleted();
    }

    private static async Task CheckAsync(CarelineDb db, Actor actor, Guid id, CancellationToken ct)
    {
        if (!await SavedReport.VisibleTo(db, actor).AnyAsync(r => r.Id == id, ct))
        {
            throw new NotFound();
        }
    }
}
