using Careline.Audit.Contracts;
using Careline.Messaging.Chats;

namespace Careline.Messaging.Messages;

/// <summary>A message to send.</summary>
/// <param name="ClientId">By which the sender knows it: sent again, it is the same message.</param>
/// <param name="Content">The text, kept as sent; may be empty with an attachment.</param>
/// <param name="ReplyTo">The message that it answers.</param>
/// <param name="AttachmentId">A document of the patient's record.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record PostMessageRequest(
    Guid ClientId,
    [MaxLength(MessageText.MostCharacters)] string? Content = null,
    Guid? ReplyTo = null,
    Guid? AttachmentId = null);

internal static class PostMessage
{
    // Messages of all chats are committed together, not in a transaction of the request.
    public static void Map(RouteGroupBuilder chats) => chats.MapPost("/{id:guid}/messages/", Handle)
        .Named("PostMessage", "Says something in a chat; with the same client_id it is said once.")
        .WithOwnTransaction().ForSignedIn().VisibleAs<Chat>();

    private static async Task<CreatedAnswer<MessageResponse>> Handle(
        Guid id, PostMessageRequest request, Actor actor, CarelineDb db, ChatReader chats, MessageDesk desk, MessageReader reader, AuditTrail trail, CancellationToken ct)
    {
        var chat = await chats.FindJoinedAsync(id, actor, tracking: false, ct);
        trail.About("chat", id).Concerns(chat.PatientId is { } patient ? [patient] : []).Always();
        var written = await desk.TakeAsync(id, actor, new NewMessage(request.ClientId, request.Content, request.ReplyTo, request.AttachmentId), ct);
        var shown = await reader.ReadAsync(db.Set<ChatMessage>().Where(m => m.ChatId == id && m.Seq == written.Seq), ct);
        return Answer.Created(shown[0], written.IsRepeated ? "Sent before." : "Sent.");
    }
}
