using Careline.Audit.Contracts;
using Careline.Notifications.Contracts;

namespace Careline.Scheduling.Reminders;

/// <summary>A reminder that the caller was, will be, or was not sent.</summary>
/// <param name="Id">The reminder, and its delivery.</param>
/// <param name="AppointmentId">The visit.</param>
/// <param name="Start">The start of which it reminds.</param>
/// <param name="Channel">How it comes.</param>
/// <param name="OffsetMinutes">How long before the start it was meant to come.</param>
/// <param name="DueAt">When it comes or should have come.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="StatusDisplay">The same for people.</param>
/// <param name="Why">Why it is not sent.</param>
/// <param name="WhyDisplay">The same for people.</param>
/// <param name="SettledAt">When it was sent or came to nothing.</param>
public sealed record ReminderResponse(
    Guid Id,
    Guid AppointmentId,
    DateTimeOffset Start,
    NoticeChannel Channel,
    int OffsetMinutes,
    DateTimeOffset DueAt,
    ReminderStatus Status,
    string StatusDisplay,
    ReminderWhy? Why,
    string? WhyDisplay,
    DateTimeOffset? SettledAt);

internal static class ListReminders
{
    public static void Map(IEndpointRouteBuilder app) => app.MapApi("/api/reminders", "Reminders").MapGet("/", Handle)
        .Named("ListReminders", "Lists what the caller was and will be sent about visits, by which channel, and why not.")
        .WithFilters("appointment", "status", "channel").ForSignedIn();

    private static async Task<PageAnswer<ReminderResponse>> Handle(ListQuery query, Actor actor, AuditTrail trail, CarelineDb db, CancellationToken ct)
    {
        var (appointment, status, channel) = (query.Id("appointment"), query.Enum<ReminderStatus>("status"), query.Enum<NoticeChannel>("channel"));
        var (_, descending) = query.Ordering("-due_at");
        var rows = Reminder.VisibleTo(db, actor);
        rows = appointment is { } visit ? rows.Where(r => r.AppointmentId == visit) : rows;
        rows = status is { } at ? rows.Where(r => r.Status == at) : rows;
        rows = channel is { } by ? rows.Where(r => r.Channel == by) : rows;
        var page = await query.PageAsync(
            descending ? rows.OrderByDescending(r => r.DueAt).ThenByDescending(r => r.Id) : rows.OrderBy(r => r.DueAt).ThenBy(r => r.Id), ct);
        trail.Concerns(page.Rows.Select(r => r.PatientId));
        return Answer.Page(new Page<ReminderResponse>([.. page.Rows.Select(From)], page.Total, page.Number, page.Size));
    }

    private static ReminderResponse From(Reminder r) => new(
        r.Id,
        r.AppointmentId,
        r.StartsAt,
        r.Channel,
        r.OffsetMinutes,
        r.DueAt,
        r.Status,
        EnumText<ReminderStatus>.Display(r.Status),
        r.Why,
        r.Why is { } why ? EnumText<ReminderWhy>.Display(why) : null,
        r.SettledAt);
}
