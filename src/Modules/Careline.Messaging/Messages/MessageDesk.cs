using Careline.Files.Contracts;
using Careline.Messaging.Chats;
using Careline.Records.Contracts;

namespace Careline.Messaging.Messages;

/// <summary>Takes what people write, over HTTP and over sockets alike.</summary>
internal sealed class MessageDesk(MessageWriter writer, MessageText text, IServiceScopeFactory scopes, TimeProvider clock)
{
    /// <summary>Stores a message, and answers once it is certain.</summary>
    /// <exception cref="Refusal">It is not taken.</exception>
    public async Task<WrittenMessage> TakeAsync(Guid chatId, Actor sender, NewMessage message, CancellationToken ct)
    {
        var content = message.Content ?? "";
        if (content.Length > MessageText.MostCharacters || (content.Length == 0 && message.AttachmentId is null))
        {
            throw new InvalidInput("content", content.Length == 0 ? "This field is required." : $"At most {MessageText.MostCharacters} characters.");
        }

        if (message.AttachmentId is { } attachment)
        {
            await CheckAsync(chatId, sender, attachment, ct);
        }

        var id = Ids.New(clock);
        return await writer.WriteAsync(
            new MessageDraft
            {
                Id = id,
                ChatId = chatId,
                SenderId = sender.AccountId,

                // Who leaves it out cannot send again what may have been lost.
                ClientId = message.ClientId ?? Ids.New(clock),
                Content = content,
                Body = text.Seal(id, content),
                Words = text.HashesOf(chatId, content),
                ReplyTo = message.ReplyTo,
                AttachmentId = message.AttachmentId,
                At = clock.GetUtcNow(),
            },
            ct);
    }

    // A document of the patient of whom the chat speaks: so whoever reads the chat reads the document by the rules of the record, and no file goes to people by a side door.
    private async Task CheckAsync(Guid chatId, Actor sender, Guid attachment, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CarelineDb>();
        var found = await (
            from d in DocumentRow.VisibleTo(db, sender)
            join c in db.Set<Chat>() on d.PatientId equals c.PatientId
            where d.Id == attachment && c.Id == chatId && !d.IsPrivate
            select d.ScanStatus).ToListAsync(ct);
        if (found is not [ScanStatus.Clean or ScanStatus.NotScanned])
        {
            throw MessageRefusals.Attachment();
        }
    }
}

/// <summary>What somebody says.</summary>
internal sealed record NewMessage(Guid? ClientId, string? Content, Guid? ReplyTo, Guid? AttachmentId);
