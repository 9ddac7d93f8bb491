using System.Text.Json;
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
    public void Mail(string to, string subject, string text, TimeSpan? life = null) =>
        Post(Channel.Email, to, subject, text, new Posting { NotAfter = _db.Now + (life ?? _usualLife) });

    /// <summary>Posts an SMS.</summary>
    /// <param name="to">E.164.</param>
    /// <param name="text">As short as it can be.</param>
    /// <param name="life">After this it is not worth sending any more; two days unless told.</param>
    public void Sms(string to, string text, TimeSpan? life = null) =>
        Post(Channel.Sms, to, null, text, new Posting { NotAfter = _db.Now + (life ?? _usualLife) });

    /// <summary>Posts a message by any channel.</summary>
    /// <param name="channel">How it goes.</param>
    /// <param name="to">An address, an E.164 number, or an account's id for what its devices show.</param>
    /// <param name="subject">One line; null where the channel has none.</param>
    /// <param name="text">Plain text.</param>
    /// <param name="posting">When it goes, and as which delivery.</param>
    public void Post(Channel channel, string to, string? subject, string text, Posting posting)
    {
        var now = _db.Now;
        var id = posting.Id ?? _db.NewId();
        var from = posting.NotBefore > now ? posting.NotBefore.Value : now;
        var until = posting.NotAfter ?? from + _usualLife;
        var content = JsonSerializer.Serialize(new OutgoingMessage(id, to, subject, text, until));
        _db.Append(Message.Queue(id, channel, _cipher.Seal(content, PlaceOf(id)), now, (from, until)));
        _db.AfterCommit(() => _sender.Wake(channel));
    }

    /// <summary>
    /// Takes messages back within the caller's transaction, and answers which of them: what was handed over already, or is at this moment, is not among them.
    /// </summary>
    public async Task<IReadOnlyList<Guid>> WithdrawAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        var asked = ids.ToArray();
        return await _db.Database.SqlQuery<Guid>(
            $"""
            UPDATE platform.messages SET status = 'expired', content = NULL
            WHERE id = ANY ({asked}) AND status = 'queued' AND (tries = 0 OR failure IS NOT NULL) RETURNING id AS "Value"
            """).ToListAsync(ct);
    }

    internal static string PlaceOf(Guid id) => $"platform.messages.content:{id}";
}

/// <summary>When a message goes, and as which delivery.</summary>
public sealed record Posting
{
    /// <summary>The delivery, where its poster knows it by an id of its own: the same id is never posted twice.</summary>
    public Guid? Id { get; init; }

    /// <summary>Held back until then; at once where null.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>After this it is not worth sending any more; two days unless told.</summary>
    public DateTimeOffset? NotAfter { get; init; }
}
