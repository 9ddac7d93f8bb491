using Careline.Audit.Contracts;
using Careline.Doctors.Contracts;
using Careline.Hours.Contracts;
using Careline.Scheduling.Slots;

namespace Careline.Scheduling.Availability;

/// <summary>Days on which something else holds than the weekly hours.</summary>
/// <param name="Kind">A day off, whole or in part, or extra hours.</param>
/// <param name="Date">One day; or else a range.</param>
/// <param name="StartDate">First day of a range.</param>
/// <param name="EndDate">Last day of a range, at most 366 days later.</param>
/// <param name="StartTime">Begin of the hours, by the schedule's wall clock; a day off without hours is the whole day.</param>
/// <param name="EndTime">End of the hours; one that is not after the start means the next day.</param>
/// <param name="Reason">For those who run the calendar.</param>
public sealed record ExceptionRequest(
    [Required] ExceptionKind Kind,
    DateOnly? Date = null,
    DateOnly? StartDate = null,
    DateOnly? EndDate = null,
    TimeOnly? StartTime = null,
    TimeOnly? EndTime = null,
    [MaxLength(500)] string? Reason = null) : IValidatableObject
{
    private const int LongestRangeDays = 366;

    internal (DateOnly First, DateOnly Last) Days => Date is { } day ? (day, day) : (StartDate!.Value, EndDate!.Value);

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Date is null ? StartDate is null || EndDate is null : StartDate is not null || EndDate is not null)
        {
            yield return new ValidationResult("Give either date, or start_date and end_date.", [nameof(Date)]);
        }
        else if (EndDate < StartDate || EndDate?.DayNumber - StartDate?.DayNumber >= LongestRangeDays)
        {
            yield return new ValidationResult($"Must lie at most {LongestRangeDays} days after start_date, and not before it.", [nameof(EndDate)]);
        }

        if ((StartTime is null) != (EndTime is null) || (Kind == ExceptionKind.ExtraDay && StartTime is null))
        {
            yield return new ValidationResult("Extra hours have a start_time and an end_time, a day off has both or neither.", [nameof(StartTime)]);
        }
        else if (StartTime is { } start && EndTime is { } end && !(Wall.IsWholeMinute(start) && Wall.IsWholeMinute(end)))
        {
            yield return new ValidationResult("Must be a whole minute, such as 09:00.", [nameof(StartTime)]);
        }
    }
}

/// <summary>Days on which something else holds than the weekly hours.</summary>
public sealed record ExceptionResponse : IVersioned
{
    /// <summary>The exception.</summary>
    public required Guid Id { get; init; }

    /// <summary>A day off, whole or in part, or extra hours.</summary>
    public required ExceptionKind Kind { get; init; }

    /// <summary>The day, where it is one.</summary>
    public required DateOnly? Date { get; init; }

    /// <summary>First day.</summary>
    public required DateOnly StartDate { get; init; }

    /// <summary>Last day.</summary>
    public required DateOnly EndDate { get; init; }

    /// <summary>Begin of the hours; null for whole days.</summary>
    public required TimeOnly? StartTime { get; init; }

    /// <summary>End of the hours; null for whole days.</summary>
    public required TimeOnly? EndTime { get; init; }

    /// <summary>For those who run the calendar.</summary>
    public required string? Reason { get; init; }

    /// <inheritdoc />
    [JsonIgnore]
    public int Version { get; init; }

    internal static ExceptionResponse From(ScheduleException exception) => new()
    {
        Id = exception.Id,
        Kind = exception.Kind,
        Date = exception.FirstDay == exception.LastDay ? exception.FirstDay : null,
        StartDate = exception.FirstDay,
        EndDate = exception.LastDay,
        StartTime = exception.StartTime,
        EndTime = exception.EndTime,
        Reason = exception.Reason,
        Version = exception.Version,
    };
}

internal static class ManageExceptions
{
    private const string List = "/{id:guid}/availability/exceptions/";
    private const string One = List + "{exceptionId:guid}/";

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet(List, HandleList).Named("ListScheduleExceptions", "Lists a doctor's days off and extra hours, the latest first.")
            .ForSignedIn().VisibleAs<ScheduledDoctor>();
        group.MapPost(List, HandleAdd).Named("AddScheduleException", "Takes days off or adds hours.").ForSignedIn().VisibleAs<ScheduledDoctor>();
        group.MapGet(One, HandleRead).Named("ReadScheduleException", "Reads one of a doctor's days off or extra hours.")
            .ForSignedIn().VisibleAs<ScheduledDoctor>();
        group.MapPut(One, HandleReplace).Named("ReplaceScheduleException", "Replaces one of a doctor's days off or extra hours.")
            .ForSignedIn().VisibleAs<ScheduledDoctor>();
        group.MapPatch(One, HandleChange).Named("ChangeScheduleException", "Changes one of a doctor's days off or extra hours.")
            .ForSignedIn().VisibleAs<ScheduledDoctor>().AcceptsMerge<ExceptionRequest>();
        group.MapDelete(One, HandleRemove).Named("RemoveScheduleException", "Removes one of a doctor's days off or extra hours.")
            .ForSignedIn().VisibleAs<ScheduledDoctor>();
    }

    private static async Task<PageAnswer<ExceptionResponse>> HandleList(Guid id, ListQuery query, Actor actor, CarelineDb db, CancellationToken ct)
    {
        await DoctorAsync(db, actor, id, ct);
        query.Check();
        var rows = OfDoctor(db, id).OrderByDescending(e => e.FirstDay).ThenBy(e => e.Id);
        var shown = await rows.Skip(query.Skip).Take(query.PageSize).ToListAsync(ct);
        return Answer.Page(new Page<ExceptionResponse>([.. shown.Select(ExceptionResponse.From)], await rows.LongCountAsync(ct), query.Page, query.PageSize));
    }

    private static async Task<Answer<ExceptionResponse>> HandleRead(Guid id, Guid exceptionId, Actor actor, CarelineDb db, CancellationToken ct)
    {
        await DoctorAsync(db, actor, id, ct);
        return Answer.Ok(ExceptionResponse.From(await OfDoctor(db, id).FirstOrDefaultAsync(e => e.Id == exceptionId, ct) ?? throw new NotFound()));
    }

    private static async Task<CreatedAnswer<ExceptionResponse>> HandleAdd(
        Guid id, ExceptionRequest request, Actor actor, IDoctorListing listing, AuditTrail trail, CarelineDb db, CancellationToken ct)
    {
        await LockAsync(db, listing, actor, id, ct);
        SlotDesk.CheckDay(request.Date is null ? "end_date" : "date", request.Days.Last, db.Now);
        var exception = ScheduleException.Add(id, request, db.Now);
        exception.CheckBeside(await OfDoctor(db, id).ToListAsync(ct));
        db.Add(exception);
        trail.About("doctor", id).Because("operations");
        await db.SaveChangesAsync(ct);
        return Answer.Created(ExceptionResponse.From(exception), "Added.");
    }

    private static async Task<Answer<ExceptionResponse>> HandleReplace(
        Guid id, Guid exceptionId, ExceptionRequest request, IfMatch ifMatch, Actor actor, IDoctorListing listing, AuditTrail trail, CarelineDb db, CancellationToken ct)
    {
        var exception = await FindAsync(db, listing, actor, (id, exceptionId), ifMatch, ct);
        return await ReplaceAsync(db, exception, request, trail, ct);
    }

    private static async Task<Answer<ExceptionResponse>> HandleChange(
        Guid id, Guid exceptionId, Merge<ExceptionRequest> patch, IfMatch ifMatch, Actor actor, IDoctorListing listing, AuditTrail trail, CarelineDb db, CancellationToken ct)
    {
        var exception = await FindAsync(db, listing, actor, (id, exceptionId), ifMatch, ct);
        var isOne = exception.FirstDay == exception.LastDay && !patch.Names("start_date") && !patch.Names("end_date");
        var present = new ExceptionRequest(
            exception.Kind,
            isOne ? exception.FirstDay : null,
            isOne || patch.Names("date") ? null : exception.FirstDay,
            isOne || patch.Names("date") ? null : exception.LastDay,
            exception.StartTime,
            exception.EndTime,
            exception.Reason);
        return await ReplaceAsync(db, exception, await patch.OntoAsync(present), trail, ct);
    }

    private static async Task<DeletedAnswer> HandleRemove(
        Guid id, Guid exceptionId, IfMatch ifMatch, Actor actor, IDoctorListing listing, AuditTrail trail, CarelineDb db, CancellationToken ct)
    {
        var exception = await FindAsync(db, listing, actor, (id, exceptionId), ifMatch, ct);
        exception.Remove(db.Now);
        trail.About("doctor", id).Because("operations");
        await db.SaveChangesAsync(ct);
        return Answer.Deleted();
    }

    private static async Task<Answer<ExceptionResponse>> ReplaceAsync(
        CarelineDb db, ScheduleException exception, ExceptionRequest request, AuditTrail trail, CancellationToken ct)
    {
        exception.Replace(request, db.Now);
        exception.CheckBeside(await OfDoctor(db, exception.DoctorId).Where(e => e.Id != exception.Id).ToListAsync(ct));
        trail.About("doctor", exception.DoctorId).Because("operations");
        await db.SaveChangesAsync(ct);
        return Answer.Ok(ExceptionResponse.From(exception), "Changed.");
    }

    private static async Task<ScheduleException> FindAsync(
        CarelineDb db, IDoctorListing listing, Actor actor, (Guid Doctor, Guid Exception) ids, IfMatch ifMatch, CancellationToken ct)
    {
        await LockAsync(db, listing, actor, ids.Doctor, ct);
        var exception = await OfDoctor(db, ids.Doctor).AsTracking().FirstOrDefaultAsync(e => e.Id == ids.Exception, ct) ?? throw new NotFound();
        ifMatch.Check(exception);
        return exception;
    }

    private static async Task LockAsync(CarelineDb db, IDoctorListing listing, Actor actor, Guid doctorId, CancellationToken ct)
    {
        var schedule = await SetSchedule.KeptAsync(db, listing, await DoctorAsync(db, actor, doctorId, ct), null, null, ct);
        schedule.Touch(db.Now);
    }

    private static async Task<ScheduledDoctor> DoctorAsync(CarelineDb db, Actor actor, Guid doctorId, CancellationToken ct) =>
        await ScheduledDoctor.VisibleTo(db, actor).FirstOrDefaultAsync(d => d.Id == doctorId, ct) ?? throw new NotFound();

    private static IQueryable<ScheduleException> OfDoctor(CarelineDb db, Guid doctorId) =>
        db.Set<ScheduleException>().Where(e => e.DoctorId == doctorId && e.RemovedAt == null);
}
