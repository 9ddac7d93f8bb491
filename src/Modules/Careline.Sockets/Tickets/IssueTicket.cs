namespace Careline.Sockets.Tickets;

/// <summary>What opens one socket.</summary>
/// <param name="Ticket">For <c>?ticket=</c>.</param>
/// <param name="ExpiresIn">Seconds until it opens nothing any more.</param>
public sealed record RealtimeTicketResponse(string Ticket, int ExpiresIn);

internal static class IssueTicket
{
    public static void Map(RouteGroupBuilder realtime) => realtime.MapPost("/tickets/", Handle)
        .Named("IssueRealtimeTicket", "Gives out a ticket that opens one socket within half a minute.").ForSignedIn();

    private static async Task<CreatedAnswer<RealtimeTicketResponse>> Handle(Actor actor, CarelineDb db, ISocketTickets tickets, CancellationToken ct)
    {
        var ticket = tickets.Issue(actor);
        await db.SaveChangesAsync(ct);
        return Answer.Created(new RealtimeTicketResponse(ticket, (int)ISocketTickets.Life.TotalSeconds), "Good for one socket.");
    }
}
