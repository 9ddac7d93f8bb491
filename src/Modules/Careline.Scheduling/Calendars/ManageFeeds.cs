using Careline.Audit.Contracts;

namespace Careline.Scheduling.Calendars;

/// <summary>An address that a calendar program reads.</summary>
/// <param name="Id">The feed; by it the address is renewed or ended.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="RenewedAt">When its address was last replaced.</param>
/// <param name="LastReadAt">When a program last read it, to the hour.</param>
public sealed record FeedResponse(Guid Id, DateTimeOffset CreatedAt, DateTimeOffset? RenewedAt, DateTimeOffset? LastReadAt);

/// <summary>An address that was made just now. It is shown this once.</summary>
/// <param name="Id">The feed.</param>
/// <param name="Url">Where the calendar is read; whoever knows it reads it.</param>
/// <param name="WebcalUrl">The same as programs subscribe to it at a click.</param>
public sealed record FeedMade(Guid Id, string Url, string WebcalUrl);

internal static class ManageFeeds
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/feeds/", HandleList).Named("ListCalendarFeeds", "Lists the caller's calendar feeds, never their addresses.").ForSignedIn();
        group.MapPost("/feeds/", HandleOpen).Named("OpenCalendarFeed", "Makes a secret address at which a calendar program reads the caller's appointments.").ForSignedIn();
        group.MapPost("/feeds/{id:guid}/renew/", HandleRenew)
            .Named("RenewCalendarFeed", "Replaces a feed's address; the old one is over at once.").ForSignedIn().VisibleAs<CalendarFeed>();
        group.MapDelete("/feeds/{id:guid}/", HandleEnd).Named("EndCalendarFeed", "Ends a feed; its address is over at once.").ForSignedIn().VisibleAs<CalendarFeed>();
    }

    private static async Task<PageAnswer<FeedResponse>> HandleList(ListQuery query, Actor actor, CarelineDb db, CancellationToken ct) =>
        Answer.Page(await query.PageAsync(
            CalendarFeed.VisibleTo(db, actor).OrderByDescending(f => f.Id), f => new FeedResponse(f.Id, f.CreatedAt, f.RenewedAt, f.LastReadAt), ct));

    private static async Task<CreatedAnswer<FeedMade>> HandleOpen(HttpRequest http, Actor actor, AuditTrail trail, CarelineDb db, CancellationToken ct)
    {
        if (await CalendarFeed.VisibleTo(db, actor).CountAsync(ct) >= CalendarFeed.MostOfAccount)
        {
            throw new RuleViolation("TOO_MANY_FEEDS", $"There are {CalendarFeed.MostOfAccount} feeds already: end one that nobody reads any more.");
        }

        var (feed, token) = CalendarFeed.Open(actor.AccountId, db.Now);
        db.Append(feed);
        trail.About("calendar_feed", feed.Id).Because("operations");
        await db.SaveChangesAsync(ct);
        return Answer.Created(Made(http, feed, token), "Feed made. Its address is shown this once.");
    }

    private static async Task<Answer<FeedMade>> HandleRenew(Guid id, HttpRequest http, Actor actor, AuditTrail trail, CarelineDb db, CancellationToken ct)
    {
        var feed = await CalendarFeed.VisibleTo(db, actor).AsTracking().FirstOrDefaultAsync(f => f.Id == id, ct) ?? throw new NotFound();
        var token = feed.Renew(db.Now);
        trail.About("calendar_feed", id).Because("operations");
        await db.SaveChangesAsync(ct);
        return Answer.Ok(Made(http, feed, token), "Feed renewed. Its address is shown this once.");
    }

    private static async Task<DeletedAnswer> HandleEnd(Guid id, Actor actor, AuditTrail trail, CarelineDb db, CancellationToken ct)
    {
        trail.About("calendar_feed", id).Because("operations");
        return await CalendarFeed.VisibleTo(db, actor).Where(f => f.Id == id).ExecuteDeleteAsync(ct) == 1 ? Answer.Deleted() : throw new NotFound();
    }

    private static FeedMade Made(HttpRequest http, CalendarFeed feed, string token)
    {
        var path = $"{http.Host}/api/calendar/feeds/{token}.ics";
        return new FeedMade(feed.Id, $"{http.Scheme}://{path}", $"webcal://{path}");
    }
}
