using Careline.Audit.Contracts;
using Careline.Messaging.Messages;
using Microsoft.Extensions.Validation;

namespace Careline.Messaging.Chats;

/// <summary>What may be changed of a chat.</summary>
/// <param name="Title">What it is called.</param>
[ValidatableType]
public sealed record ChatRequest([MaxLength(200)] string? Title = null);

internal static class GetChat
{
    public static void Map(RouteGroupBuilder chats)
    {
        chats.MapGet("/{id:guid}/", Handle).Named("GetChat", "Shows a chat and who takes part in it.").ForSignedIn().VisibleAs<Chat>();
        chats.MapPatch("/{id:guid}/", Change).Named("ChangeChat", "Changes what a chat is called.").AcceptsMerge<ChatRequest>().ForSignedIn().VisibleAs<Chat>();
    }

    private static async Task<Answer<ChatResponse>> Handle(Guid id, Actor actor, ChatReader reader, AuditTrail trail, CancellationToken ct)
    {
        var chat = await reader.ReadAsync(id, actor, ct);
        trail.About("chat", id).Concerns(chat.PatientId is { } patient ? [patient] : []).Always();
        return Answer.Ok(chat);
    }

    private static async Task<Answer<ChatResponse>> Change(
        Guid id, Merge<ChatRequest> patch, IfMatch ifMatch, Actor actor, CarelineDb db, MessageText text, ChatReader reader, AuditTrail trail, CancellationToken ct)
    {
        var chat = await reader.FindJoinedAsync(id, actor, tracking: true, ct);
        ifMatch.Check(chat);
        var request = await patch.OntoAsync(new ChatRequest(text.OpenTitle(id, chat.Title)));
        chat.Rename(text.SealTitle(id, request.Title));
        trail.About("chat", id).Concerns(chat.PatientId is { } patient ? [patient] : []).Changed("title");
        await db.SaveChangesAsync(ct);
        return Answer.Ok(await reader.ReadAsync(id, actor, ct), "Chat changed.");
    }
}
