using System.Collections.Concurrent;
using Careline.Audit.Contracts;
using Careline.Messaging.Chats;
using Careline.Messaging.Messages;
using Careline.Sockets.Contracts;
using Microsoft.Extensions.Logging;

namespace Careline.Messaging.Live;

/// <summary>
/// What is said on a chat socket. <c>/ws/chat/{chatId}/</c> is about one chat, <c>/ws/chat/</c> about all of a person's; the frames are the same, and each names its chat.
/// </summary>
internal sealed partial class ChatTalk(
    Rooms rooms, Receipts receipts, MessageDesk desk, MessagePages pages, IServiceScopeFactory scopes, ILogger<ChatTalk> log) : ISocketTalk, IChatListener
{
    // Of somebody with thousands of chats the newest are told at once; the others are heard all the same.
    private const int MostReady = 200;

    private readonly ConcurrentDictionary<Guid, Seat> _seats = new();
    private SocketLine _line = null!;
    private HttpContext _http = null!;
    private Guid? _only;
    private volatile bool _isOver;

    public Guid AccountId => _line.Actor.AccountId;

    public async Task BeginAsync(SocketLine line, HttpContext http, CancellationToken ct)
    {
        (_line, _http) = (line, http);
        if (http.GetRouteValue("chatId") is string named)
        {
            // What is no id is no chat, and that is told as of every other chat that is not theirs.
            _only = Guid.TryParse(named, out var id) ? id : Guid.Empty;
        }

        if (_only is null)
        {
            // Before it looks, so that a chat that comes meanwhile is found by one or the other.
            rooms.Begin(this);
        }

        await EnterAsync(_only, ct);
        if (_only is not null && _seats.IsEmpty && !line.IsClosing)
        {
            line.Close(SocketClose.NotMember, "Not a member of this chat.");
        }
    }

    public async Task HearAsync(ReadOnlyMemory<byte> frame, CancellationToken ct)
    {
        if (Read(frame.Span) is not { } said)
        {
            _line.Say(new ErrorFrame("MALFORMED_FRAME", "Not a frame of this socket."));
            return;
        }

        if (said.Type == "ping")
        {
            _line.Say(new PongFrame());
            return;
        }

        if (!await _line.IsSignedInAsync(isUse: true, ct))
        {
            return;
        }

        try
        {
            await AnswerAsync(said, ct);
        }
        catch (Refusal refusal)
        {
            _line.Say(new ErrorFrame(refusal.Code, refusal.Message, said.ClientId, said.ChatId ?? _only));
        }
        catch (Exception error) when (error is Npgsql.NpgsqlException or TimeoutException or DbUpdateException)
        {
            LogFailed(log, error.GetType().Name);
            _line.Say(new ErrorFrame("UNAVAILABLE", "The service is temporarily unavailable. Try again shortly.", said.ClientId, said.ChatId ?? _only));
        }
    }

    public void End()
    {
        _isOver = true;
        rooms.End(this);
        foreach (var seat in _seats.Values)
        {
            rooms.Leave(seat);
        }
    }

    /// <summary>The person takes part in another chat from now on.</summary>
    public void LetIn(Guid chatId) => _ = LetInAsync(chatId);

    public void Left(Seat seat)
    {
        _seats.TryRemove(KeyValuePair.Create(seat.Room.Id, seat));
        rooms.Leave(seat);
        if (_only is not null)
        {
            _line.Close(SocketClose.NotMember, "Not a member of this chat any more.");
        }
        else
        {
            _line.Say(new LeftFrame(seat.Room.Id, AccountId));
        }
    }

    private static ClientFrame? Read(ReadOnlySpan<byte> frame)
    {
        try
        {
            return JsonSerializer.Deserialize<ClientFrame>(frame, WireJson.Options);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private async Task AnswerAsync(ClientFrame said, CancellationToken ct)
    {
        if (said.Type is not ("message" or "typing" or "read" or "sync"))
        {
            _line.Say(new ErrorFrame("UNKNOWN_TYPE", "No such type of frame.", said.ClientId));
            return;
        }

        var seat = await SeatOfAsync(said, ct);
        switch (said.Type)
        {
            case "message":
                await TakeAsync(seat, said, ct);
                break;
            case "typing":
                rooms.Typing(seat.Room.Id, AccountId, said.IsTyping ?? true);
                break;
            case "read" when said.Seq is > 0:
                receipts.Note(seat.Room.Id, AccountId, delivered: 0, read: Math.Min(said.Seq.Value, seat.Room.Seq));
                break;
            case "sync" when said.AfterSeq is >= 0:
                await SyncAsync(seat, said.AfterSeq.Value, ct);
                break;
            default:
                throw new InvalidInput(said.Type == "read" ? "seq" : "after_seq", "Must be the number of a message.");
        }
    }

    private async Task<Seat> SeatOfAsync(ClientFrame said, CancellationToken ct)
    {
        if (_only is { } only && said.ChatId is { } other && other != only)
        {
            throw new NotFound();
        }

        var chatId = said.ChatId ?? _only ?? throw new InvalidInput("chat_id", "This field is required.");
        if (!_seats.TryGetValue(chatId, out var seat))
        {
            // That they were let in may not have been heard.
            await EnterAsync(chatId, ct);
        }

        return seat ?? _seats.GetValueOrDefault(chatId) ?? throw new NotFound();
    }

    private async Task TakeAsync(Seat seat, ClientFrame said, CancellationToken ct)
    {
        if (!_line.Messages.TryTake())
        {
            throw new RateLimited(10);
        }

        var message = new NewMessage(said.ClientId, said.Content, said.ReplyTo, said.AttachmentId);
        var written = await desk.TakeAsync(seat.Room.Id, _line.Actor, message, ct);
        _line.Say(new AckFrame(seat.Room.Id, said.ClientId, written.Id, written.Seq, written.At));
    }

    // Page by page at the pace of the reader. What is stored meanwhile follows in its turn, so the line misses nothing and gets nothing twice.
    private async Task SyncAsync(Seat seat, long after, CancellationToken ct)
    {
        await AuditAsync([seat.Room.Id], ct);
        seat.Room.Rewind(seat, after);
        do
        {
            // Before the look: a message that is stored between it and the question below would make a stranger of a member.
            var known = seat.Room.Seq;
            var page = await pages.ReadForAsync(AccountId, seat.Room.Id, seat.Cursor, ct);
            IReadOnlyDictionary<Guid, MessageAttachment> attached = new Dictionary<Guid, MessageAttachment>();
            if (page.Any(m => m.Message.AttachmentId is not null))
            {
                await using var scope = scopes.CreateAsyncScope();
                attached = await MessageReader.AttachmentsAsync(scope.ServiceProvider.GetRequiredService<CarelineDb>(), page.Select(m => m.Message), ct);
            }

            foreach (var (_, message) in page)
            {
                seat.Send(rooms.Frame(seat.Room, message, message.AttachmentId is { } id ? attached.GetValueOrDefault(id) : null));
            }

            if (page.Count == 0 && seat.Cursor < known)
            {
                // Not a member any more, which the room is about to learn.
                throw new NotFound();
            }

            await _line.DrainAsync(ct);
        }
        while (!seat.Room.TryResume(seat));
    }

    // Takes a place in one chat, or in all of the person's.
    private async Task EnterAsync(Guid? only, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CarelineDb>();
        var joined = Chat.JoinedBy(db, _line.Actor);
        var chats = await joined.Where(c => only == null || c.Id == only).OrderByDescending(c => c.LastMessageAt ?? c.CreatedAt)
            .Select(c => new { c.Id, c.Revision, c.PatientId }).ToListAsync(ct);
        if (only is not null && chats.Count == 0)
        {
            await ((IRequestTrail)scope.ServiceProvider.GetRequiredService<AuditTrail>().About("chat", only.Value)).RefusedAsync(_http, StatusCodes.Status404NotFound);
            return;
        }

        await AuditAsync(scope.ServiceProvider, only, chats.Select(c => c.PatientId));
        var entered = new List<(long Revision, Seat Seat)>();
        foreach (var chat in chats.Where(c => !_seats.ContainsKey(c.Id)))
        {
            // A chat that came meanwhile may be entered from two sides: one of the seats is given back.
            var seat = rooms.Enter(chat.Id, _line, this);
            if (_seats.TryAdd(chat.Id, seat))
            {
                entered.Add((chat.Revision, seat));
            }
            else
            {
                rooms.Leave(seat);
            }
        }

        await Task.WhenAll(entered.Select(e => rooms.ReadyAsync(e.Seat.Room, e.Revision))).WaitAsync(ct);
        foreach (var (index, (_, seat)) in entered.Index())
        {
            if (!seat.Room.Begin(seat, isTold: index < MostReady))
            {
                _seats.TryRemove(KeyValuePair.Create(seat.Room.Id, seat));
                rooms.Leave(seat);
            }

            if (index % 50 == 49)
            {
                await _line.DrainAsync(ct);
            }
        }

        if (_isOver)
        {
            End();
        }
    }

    private async Task LetInAsync(Guid chatId)
    {
        try
        {
            if (!_seats.ContainsKey(chatId) && !_line.IsClosing)
            {
                await EnterAsync(chatId, CancellationToken.None);
            }
        }
        catch (Exception error)
        {
            // Their next frame to the chat tries again, and so does their next connection.
            LogFailed(log, error.GetType().Name);
        }
    }

    // Opening and catching up are looks into somebody's record; what follows live is part of them.
    private async Task AuditAsync(Guid[] chatIds, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CarelineDb>();
        await AuditAsync(scope.ServiceProvider, chatIds[0], await db.Set<Chat>().Where(c => chatIds.Contains(c.Id)).Select(c => c.PatientId).ToListAsync(ct));
    }

    private ValueTask AuditAsync(IServiceProvider scope, Guid? chatId, IEnumerable<Guid?> patients)
    {
        var trail = scope.GetRequiredService<AuditTrail>().Concerns(patients.OfType<Guid>()).Always();
        if (chatId is { } id)
        {
            trail.About("chat", id);
        }

        return ((IRequestTrail)trail).BeforeAnswerAsync(_http);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A chat's line failed: {ErrorType}")]
    private static partial void LogFailed(ILogger logger, string errorType);
}
