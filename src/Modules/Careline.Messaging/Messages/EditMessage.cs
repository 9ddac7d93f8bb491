using Careline.Audit.Contracts;
using Careline.Messaging.Chats;
using Careline.Messaging.Participants;

namespace Careline.Messaging.Messages;

/// <summary>A message's new text.</summary>
/// <param name="Content">The text, kept as sent.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record EditMessageRequest([Required, MaxLength(MessageText.MostCharacters)] string Content);

/// <summary>What one said oneself is corrected or taken back; what it said before is kept for the audit, where no route shows it.</summary>
internal static class EditMessage
{
    public static void Map(RouteGroupBuilder chats)
    {
        chats.MapPut("/{id:guid}/messages/{messageId:guid}/", Edit).Named("EditMessage", "Changes the text of one's own message.").ForSignedIn().VisibleAs<Chat>();
        chats.MapDelete("/{id:guid}/messages/{messageId:guid}/", Delete).Named("DeleteMessage", "Takes one's own message back.").ForSignedIn().VisibleAs<Chat>();
    }

    private static async Task<Answer<MessageResponse>> Edit(
        Guid id, Guid messageId, EditMessageRequest request, Actor actor, CarelineDb db, ChatReader chats, ChatMembers members, MessageText text, MessageReader reader, AuditTrail trail,
        CancellationToken ct)
    {
        var (message, revision) = await OwnAsync(id, messageId, actor, db, chats, members, trail, ct);
        Keep(db, text, message, actor);
        message.Edit((text.Seal(message.Id, request.Content), text.HashesOf(id, request.Content)), revision, db.Now);
        trail.Changed("content");
        await db.SaveChangesAsync(ct);
        return Answer.Ok((await reader.ReadAsync(db.Set<ChatMessage>().Where(m => m.Id == messageId), ct))[0], "Message changed.");
    }

    private static async Task<DeletedAnswer> Delete(
        Guid id, Guid messageId, Actor actor, CarelineDb db, ChatReader chats, ChatMembers members, MessageText text, AuditTrail trail, CancellationToken ct)
    {
        var (message, revision) = await OwnAsync(id, messageId, actor, db, chats, members, trail, ct);
        Keep(db, text, message, actor);
        message.Delete(revision, db.Now);
        await db.SaveChangesAsync(ct);
        return Answer.Deleted();
    }

    // Under the chat's row, as everything that its listeners have to follow.
    private static async Task<(ChatMessage Message, long Revision)> OwnAsync(
        Guid id, Guid messageId, Actor actor, CarelineDb db, ChatReader chats, ChatMembers members, AuditTrail trail, CancellationToken ct)
    {
        var chat = await chats.FindJoinedAsync(id, actor, tracking: false, ct);
        trail.About("chat", id).Concerns(chat.PatientId is { } patient ? [patient] : []);
        if (chat.ClosedAt is not null)
        {
            throw MessageRefusals.Closed();
        }

        var revision = await members.ReviseAsync(id, ct);
        var message = await db.Set<ChatMessage>().AsTracking().FirstOrDefaultAsync(m => m.ChatId == id && m.Id == messageId, ct) ?? throw new NotFound();
        message.MustStand();
        return message.SenderId == actor.AccountId ? (message, revision) : throw new PermissionDenied("Only who said it changes it.");
    }

    private static void Keep(CarelineDb db, MessageText text, ChatMessage message, Actor actor)
    {
        var version = db.NewId();
        db.Append(MessageVersion.Of(version, message, text.SealVersion(version, message), actor.AccountId, db.Now));
    }
}
