using System.Net;
using Careline.Platform.Data;
using Careline.Platform.Delivery;
using Careline.Platform.Security;
using Careline.Platform.Web;

namespace Careline.Host.Endpoints;

/// <summary>A message that was not really sent.</summary>
/// <param name="Id">The delivery.</param>
/// <param name="Channel">email or sms.</param>
/// <param name="To">Address or number.</param>
/// <param name="Subject">Mail only.</param>
/// <param name="Text">What it says.</param>
/// <param name="SentAt">When.</param>
public sealed record InboxMessage(Guid Id, Channel Channel, string To, string? Subject, string Text, DateTimeOffset SentAt);

internal static class DevelopmentInbox
{
    public static void MapDevelopmentInbox(this IEndpointRouteBuilder app) => app.MapApi("/dev", "Development")
        .MapGet("/inbox/", Handle).Named("ReadSandboxInbox", "Mail and SMS that were not really sent, newest first.").WithFilters("to")
        .ForAnyone("Exists in Development only and answers the machine itself only.");

    private static async Task<PageAnswer<InboxMessage>> Handle(ListQuery query, HttpContext http, CarelineDb db, CancellationToken ct)
    {
        if (http.Connection.RemoteIpAddress is { } address && !IPAddress.IsLoopback(address))
        {
            throw new NotFound();
        }

        IQueryable<SandboxMessage> messages = db.Set<SandboxMessage>();
        if (query.Text("to", 254) is { } to)
        {
            messages = messages.Where(m => m.Recipient == to);
        }

        // In the order of posting, which the ids keep; of two that are sent side by side either may be done first.
        query.Ordering("-sent_at");
        return Answer.Page(await query.PageAsync(
            messages.OrderByDescending(m => m.Id),
            m => new InboxMessage(m.Id, m.Channel, m.Recipient, m.Subject, m.Text, m.SentAt),
            ct));
    }
}
