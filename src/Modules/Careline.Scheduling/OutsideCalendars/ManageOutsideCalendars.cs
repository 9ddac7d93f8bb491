using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Doctors.Contracts;
using Careline.Scheduling.Appointments;
using Careline.Scheduling.Availability;

namespace Careline.Scheduling.OutsideCalendars;

/// <summary>A calendar that the doctor keeps elsewhere, to be read as busy time.</summary>
/// <param name="Url">Its address, as its program gives it out for others to read: https, or webcal for the same.</param>
/// <param name="Name">What the doctor calls it.</param>
public sealed record OutsideCalendarRequest([Required, MaxLength(2000)] string Url, [MaxLength(100)] string? Name = null);

/// <summary>A calendar that the doctor keeps elsewhere.</summary>
public sealed record OutsideCalendarResponse
{
    /// <summary>The calendar.</summary>
    public required Guid Id { get; init; }

    /// <summary>What the doctor calls it.</summary>
    public required string Name { get; init; }

    /// <summary>Where it is kept. The rest of its address is not shown: whoever knows it reads the calendar.</summary>
    public required string Host { get; init; }

    /// <summary>When it was last read; what it said then holds until it is read again.</summary>
    public required DateTimeOffset? LastReadAt { get; init; }

    /// <summary>When reading it was last tried.</summary>
    public required DateTimeOffset? LastTriedAt { get; init; }

    /// <summary>Why the last try failed, such as <c>http_404</c>, <c>timeout</c> or <c>not_a_calendar</c>; null when it did not.</summary>
    public required string? LastError { get; init; }

    /// <summary>When it will be read again.</summary>
    public required DateTimeOffset NextReadAt { get; init; }

    /// <summary>How many stretches of busy time it holds, from now on.</summary>
    public required int BusyTimes { get; init; }

    /// <summary>How many of its events come again in a way that is not understood: of these only the first time counts.</summary>
    public required int NotUnderstood { get; init; }

    internal static OutsideCalendarResponse From(OutsideCalendar calendar) => new()
    {
        Id = calendar.Id,
        Name = calendar.Name,
        Host = calendar.Host,
        LastReadAt = calendar.LastReadAt,
        LastTriedAt = calendar.LastTriedAt,
        LastError = calendar.LastError,
        NextReadAt = calendar.NextReadAt,
        BusyTimes = calendar.BusyTimes,
        NotUnderstood = calendar.NotUnderstood,
    };
}

internal static class ManageOutsideCalendars
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/outside/", HandleList).Named("ListOutsideCalendars", "Lists the calendars elsewhere that are read as the doctor's busy time.").ForRoles(Roles.Doctor);
        group.MapPost("/outside/", HandleAdd).Named("AddOutsideCalendar", "Reads a calendar elsewhere as the doctor's busy time, from now on.").ForRoles(Roles.Doctor);
        group.MapGet("/outside/{id:guid}/", HandleRead)
            .Named("ReadOutsideCalendar", "Says when a calendar elsewhere was last read, and why not.").ForRoles(Roles.Doctor).VisibleAs<OutsideCalendar>();
        group.MapDelete("/outside/{id:guid}/", HandleRemove)
            .Named("RemoveOutsideCalendar", "Stops reading a calendar elsewhere and frees its time.").ForRoles(Roles.Doctor).VisibleAs<OutsideCalendar>();
    }

    private static async Task<PageAnswer<OutsideCalendarResponse>> HandleList(ListQuery query, Actor actor, CarelineDb db, CancellationToken ct)
    {
        query.Check();
        var rows = await OutsideCalendar.VisibleTo(db, actor).OrderBy(c => c.Id).Take(OutsideCalendar.MostOfDoctor).ToListAsync(ct);
        return Answer.Page(new Page<OutsideCalendarResponse>(
            [.. rows.Skip(query.Skip).Take(query.PageSize).Select(OutsideCalendarResponse.From)], rows.Count, query.Page, query.PageSize));
    }

    private static async Task<Answer<OutsideCalendarResponse>> HandleRead(Guid id, Actor actor, CarelineDb db, CancellationToken ct) =>
        Answer.Ok(OutsideCalendarResponse.From(await OutsideCalendar.VisibleTo(db, actor).FirstOrDefaultAsync(c => c.Id == id, ct) ?? throw new NotFound()));

    private static async Task<CreatedAnswer<OutsideCalendarResponse>> HandleAdd(
        OutsideCalendarRequest request, Actor actor, IDoctorListing listing, CalendarFetch fetch, FieldCipher cipher, AuditTrail trail, CarelineDb db, CancellationToken ct)
    {
        var address = AddressOf(request.Url, fetch);
        var doctorId = actor.DoctorId;
        var doctor = await ScheduledDoctor.VisibleTo(db, actor).FirstOrDefaultAsync(d => d.Id == doctorId, ct) ?? throw new PermissionDenied();

        // Times of a doctor without a schedule are looked up by statements that know of nothing else.
        await SetSchedule.KeptAsync(db, listing, doctor, null, null, ct);
        if (await db.Set<OutsideCalendar>().CountAsync(c => c.DoctorId == doctor.Id, ct) >= OutsideCalendar.MostOfDoctor)
        {
            throw new RuleViolation("TOO_MANY_CALENDARS", $"{OutsideCalendar.MostOfDoctor} calendars are read already.");
        }

        var calendar = OutsideCalendar.Add(doctor.Id, string.IsNullOrWhiteSpace(request.Name) ? address.Host : request.Name, address, cipher, db.Now);
        db.Add(calendar);
        trail.About("outside_calendar", calendar.Id).Because("operations");
        await db.SaveChangesAsync(ct);
        return Answer.Created(OutsideCalendarResponse.From(calendar), "The calendar will be read within a minute.");
    }

    private static async Task<DeletedAnswer> HandleRemove(Guid id, Actor actor, AuditTrail trail, CarelineDb db, CancellationToken ct)
    {
        var calendar = await OutsideCalendar.VisibleTo(db, actor).FirstOrDefaultAsync(c => c.Id == id, ct) ?? throw new NotFound();
        await CalendarLocks.TakeAsync(db, calendar.DoctorId, ct);
        await db.Set<OutsideCalendar>().Where(c => c.Id == id).ExecuteDeleteAsync(ct);
        trail.About("outside_calendar", id).Because("operations");
        await db.SaveChangesAsync(ct);
        return Answer.Deleted();
    }

    private static Uri AddressOf(string url, CalendarFetch fetch)
    {
        // Programs give the same address out under the name of their protocol.
        var text = url.Trim();
        text = text.StartsWith("webcal://", StringComparison.OrdinalIgnoreCase) ? string.Concat("https", text.AsSpan("webcal".Length)) : text;
        return Uri.TryCreate(text, UriKind.Absolute, out var address) && fetch.Accepts(address)
            ? address
            : throw new InvalidInput("url", "Must be an address such as https://calendar.example.com/private.ics.");
    }
}
