using Careline.Audit.Contracts;
using Careline.Platform.Delivery;
using Careline.Platform.Events;

namespace Careline.Accounts.Operations;

/// <summary>Whose events are to be tried again.</summary>
/// <param name="Handler">As the list names it.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ReplayLettersRequest([Required, MaxLength(300)] string Handler);

/// <summary>Why an event is dropped.</summary>
/// <param name="Reason">For the record.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record DiscardLetterRequest([Required, StringLength(500, MinimumLength = 1)] string Reason);

/// <summary>How many events are tried again.</summary>
/// <param name="Replayed">Events.</param>
public sealed record ReplayedLetters(int Replayed);

/// <summary>Events that a handler refused too often wait for a person, who looks why, and then has them tried again or drops them. What they say is shown to nobody.</summary>
internal static class ManageDeadLetters
{
    private const string Open = "an event's delivery is no person's";

    public static void Map(RouteGroupBuilder system)
    {
        system.MapGet("/dead-letters/", List).Named("ListDeadLetters", "Events that a handler refused too often, the last first: which handler, how often, which failure.")
            .ForRoles(Roles.Administrators).WithFilters("handler");
        system.MapPost("/dead-letters/{id:guid}/replay/", Replay).Named("ReplayDeadLetter", "Has one event tried again.").ForRoles(Roles.Administrators)
            .RequiresRecentSignIn().OpenToAll(Open);
        system.MapPost("/dead-letters/replay/", ReplayAll).Named("ReplayDeadLetters", "Has all events of a handler tried again.").ForRoles(Roles.Administrators).RequiresRecentSignIn();
        system.MapPost("/dead-letters/{id:guid}/discard/", Discard).Named("DiscardDeadLetter", "Drops one event for good, with a reason.").ForRoles(Roles.Administrators)
            .RequiresRecentSignIn().OpenToAll(Open);
        system.MapGet("/undelivered-messages/", ListUndelivered)
            .Named("ListUndeliveredMessages", "Messages of the last month that were given up, the last first. To whom and what they said is not kept.")
            .ForRoles(Roles.Administrators).WithFilters("channel", "failure");
    }

    private static async Task<PageAnswer<DeadLetterRow>> List(ListQuery query, CarelineDb db, CancellationToken ct)
    {
        IQueryable<DeadLetterRow> letters = db.Set<DeadLetterRow>();
        letters = query.Text("handler", 300) is { } handler ? letters.Where(l => l.Handler == handler) : letters;
        query.Ordering("-dead_at");
        return Answer.Page(await query.PageAsync(letters.OrderByDescending(l => l.DeadAt).ThenByDescending(l => l.Id), ct));
    }

    private static async Task<PageAnswer<UndeliveredRow>> ListUndelivered(ListQuery query, CarelineDb db, CancellationToken ct)
    {
        IQueryable<UndeliveredRow> messages = db.Set<UndeliveredRow>();
        messages = query.Enum<Channel>("channel") is { } channel ? messages.Where(m => m.Channel == channel) : messages;
        messages = query.Text("failure", 100) is { } failure ? messages.Where(m => m.Failure == failure) : messages;
        query.Ordering("-created_at");
        return Answer.Page(await query.PageAsync(messages.OrderByDescending(m => m.CreatedAt).ThenByDescending(m => m.Id), ct));
    }

    private static async Task<Answer<ReplayedLetters>> Replay(Guid id, CarelineDb db, DeadLetters letters, AuditTrail trail, CancellationToken ct)
    {
        if (!await letters.ReplayAsync(id, ct))
        {
            throw new NotFound();
        }

        trail.About("dead_letter", id).Because("operations");
        await db.SaveChangesAsync(ct);
        return Answer.Ok(new ReplayedLetters(1), "It is tried again.");
    }

    private static async Task<Answer<ReplayedLetters>> ReplayAll(ReplayLettersRequest request, CarelineDb db, DeadLetters letters, AuditTrail trail, CancellationToken ct)
    {
        var replayed = await letters.ReplayAllAsync(request.Handler, ct);
        trail.Because("operations");
        await db.SaveChangesAsync(ct);
        return Answer.Ok(new ReplayedLetters(replayed), "They are tried again.");
    }

    private static async Task<Answer<ReplayedLetters>> Discard(
        Guid id, DiscardLetterRequest request, Actor actor, CarelineDb db, DeadLetters letters, AuditTrail trail, CancellationToken ct)
    {
        if (!await letters.DiscardAsync(id, actor.AccountId, request.Reason, ct))
        {
            throw new NotFound();
        }

        trail.About("dead_letter", id).Because("operations");
        await db.SaveChangesAsync(ct);
        return Answer.Ok(new ReplayedLetters(0), "Dropped.");
    }
}
