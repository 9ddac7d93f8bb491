using System.Text.Json;
using Careline.Platform.Data;
using Careline.Platform.Security;

namespace Careline.Platform.Delivery;

/// <summary>Where messages are posted: with the caller's save they are certain to go out, and without it they never existed.</summary>
public sealed class Postbox
{
    private static readonly TimeSpan _usualLife = TimeSpan.FromDays(2);

    private readonly CarelineDb _db;
    private readonly FieldCipher _cipher;
    private readonly MessageSender _sender;

    internal Postbox(CarelineDb db, FieldCipher cipher, MessageSender sender) => (_db, _cipher, _sender) = (db, cipher, sender);

    /// <summary>Posts an e-mail.</summary>
    /// <param name="to">The address.</param>
    /// <param name="subject">One line.</param>
    /// <param name="text">Plain text.</param>
    /// <param name="life">After this it is not worth sending any more; two days unless told.</param>
    public void Mail(string to, string subject, string text, TimeSpan? life = null) => Post(Channel.Email, to, subject, text, life);

    /// <summary>Posts an SMS.</summary>
    /// <param name="to">E.164.</param>
    /// <param name="text">As short as it can be.</param>
    /// <param name="life">After this it is not worth sending any more; two days unless told.</param>
    public void Sms(string to, string text, TimeSpan? life = null) => Post(Channel.Sms, to, null, text, life);

    internal static string PlaceOf(Guid id) => $"platform.messages.content:{id}";

    private void Post(Channel channel, string to, string? subject, string text, TimeSpan? life)
    {
        var id = _db.NewId();
        var content = JsonSerializer.Serialize(new OutgoingMessage(id, to, subject, text));
        _db.Append(Message.Queue(id, channel, _cipher.Seal(content, PlaceOf(id)), _db.Now, life ?? _usualLife));
        _db.AfterCommit(() => _sender.Wake(channel));
    }
}
