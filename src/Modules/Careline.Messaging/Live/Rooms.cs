using System.Collections.Concurrent;
using Careline.Audit.Contracts;
using Careline.Messaging.Chats;
using Careline.Messaging.Messages;
using Careline.Messaging.Participants;
using Careline.Sockets.Contracts;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Careline.Messaging.Live;

/// <summary>
/// The rooms of this host, and how they follow the database. Hosts tell each other only that a chat moved on; a host that has a room for it reads what is new, for all
/// rooms that lag in one go. A word may be lost: every few seconds, and when the line between the hosts was down, rooms are compared with the counters of their chats.
/// </summary>
internal sealed partial class Rooms : BackgroundService
{
    private const string Moved = "chat";
    private const string Changed = "chat-revision";
    private const string Typed = "typing";
    private const string Joined = "seat";
    private const int AtOnce = 500;

    private static readonly TimeSpan _look = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentDictionary<Guid, Room> _rooms = new();
    private readonly ConcurrentDictionary<Room, byte> _lagging = new();
    private readonly ConcurrentDictionary<ChatTalk, byte> _talks = new();
    private readonly SemaphoreSlim _bell = new(0, 1);
    private readonly HostLine _hosts;
    private readonly Presence _presence;
    private readonly Receipts _receipts;
    private readonly IServiceScopeFactory _scopes;
    private readonly ILogger<Rooms> _log;
    private int _looksWanted;

    public Rooms(HostLine hosts, Presence presence, Receipts receipts, IServiceScopeFactory scopes, ILogger<Rooms> log)
    {
        (_hosts, _presence, _receipts, _scopes, _log) = (hosts, presence, receipts, scopes, log);
        hosts.Subscribe(Moved, word => Aim(Guid.ParseExact(word.Key, "N"), Number(word.Value.Split(':')[0]), Number(word.Value.Split(':')[1])));
        hosts.Subscribe(Changed, word => Aim(Guid.ParseExact(word.Key, "N"), 0, Number(word.Value)));
        hosts.Subscribe(Typed, word => ShowTyping(Guid.ParseExact(word.Key.Split('/')[0], "N"), Guid.ParseExact(word.Key.Split('/')[1], "N"), word.Value == "1"));
        hosts.Subscribe(Joined, word => LetIn(Guid.ParseExact(word.Key.Split('/')[0], "N"), Guid.ParseExact(word.Key.Split('/')[1], "N")));
        hosts.Missed += WantLook;
        presence.Changed += ShowPresence;
    }

    public Room? Find(Guid chatId) => _rooms.GetValueOrDefault(chatId);

    /// <summary>Takes a place in a chat's room for a line, which hears nothing before <see cref="Room.Begin"/>.</summary>
    public Seat Enter(Guid chatId, SocketLine line, IChatListener listener)
    {
        while (true)
        {
            var room = _rooms.GetOrAdd(chatId, static (id, presence) => new Room(id, presence), _presence);
            var seat = new Seat(room, line, listener, _receipts);
            if (room.TryAdd(seat))
            {
                return seat;
            }

            _rooms.TryRemove(KeyValuePair.Create(chatId, room));
        }
    }

    /// <summary>Waits until the room knows who takes part, as of a revision.</summary>
    public Task ReadyAsync(Room room, long revision)
    {
        var reached = room.ReachAsync(revision);
        if (!reached.IsCompleted)
        {
            Lag(room);
        }

        return reached;
    }

    public void Leave(Seat seat)
    {
        if (seat.Room.Remove(seat))
        {
            _rooms.TryRemove(KeyValuePair.Create(seat.Room.Id, seat.Room));
        }
    }

    public void Begin(ChatTalk talk) => _talks[talk] = 0;

    public void End(ChatTalk talk) => _talks.TryRemove(talk, out _);

    /// <summary>Messages of a chat were stored by this host.</summary>
    public void Stored(Guid chatId, long revision, IReadOnlyList<StoredMessage> messages)
    {
        _hosts.Tell(Moved, chatId.ToString("N"), string.Create(CultureInfo.InvariantCulture, $"{messages[^1].Seq}:{revision}"));
        if (Find(chatId) is not { } room)
        {
            return;
        }

        // What a document is called has to be read.
        var isHanded = messages.All(m => m.AttachmentId is null)
            ? room.Hand([.. messages.Select(m => Frame(room, m, null))], revision)
            : !room.Aim(messages[^1].Seq, revision);
        if (!isHanded)
        {
            Lag(room);
        }
    }

    /// <summary>Who takes part in a chat changed, or what was said in it: called once that is committed.</summary>
    public void Revised(Guid chatId, long revision)
    {
        _hosts.Tell(Changed, chatId.ToString("N"), revision.ToString(CultureInfo.InvariantCulture));
        Aim(chatId, 0, revision);
    }

    /// <summary>Somebody takes part from now on: their lines that carry all of their chats carry this one too.</summary>
    public void Admitted(Guid accountId, Guid chatId)
    {
        _hosts.Tell(Joined, $"{accountId:N}/{chatId:N}", "1");
        LetIn(accountId, chatId);
    }

    /// <summary>Somebody writes, or has stopped to. Kept nowhere.</summary>
    public void Typing(Guid chatId, Guid accountId, bool isTyping)
    {
        _hosts.Tell(Typed, $"{chatId:N}/{accountId:N}", isTyping ? "1" : "0");
        ShowTyping(chatId, accountId, isTyping);
    }

    public RoomMessage Frame(Room room, StoredMessage message, MessageAttachment? attachment) => new(
        message.Seq, message.SenderId, JsonSerializer.SerializeToUtf8Bytes(MessageFrame.Of(message, room.NameOf(message.SenderId), attachment), WireJson.Options));

    public override void Dispose()
    {
        _bell.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var looked = TimeProvider.System.GetTimestamp();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await _bell.WaitAsync(_look, stoppingToken);
                if (Interlocked.Exchange(ref _looksWanted, 0) > 0 || TimeProvider.System.GetElapsedTime(looked) >= _look)
                {
                    looked = TimeProvider.System.GetTimestamp();
                    await CompareAsync(stoppingToken);
                }

                await CatchUpAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                // The database is away: what lags goes on lagging until it is back.
                LogFailed(_log, error.GetType().Name);
                WantLook();
                await Task.Delay(_pause, TimeProvider.System, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private void Aim(Guid chatId, long seq, long revision)
    {
        if (Find(chatId) is { } room && room.Aim(seq, revision))
        {
            Lag(room);
        }
    }

    private void Lag(Room room)
    {
        _lagging[room] = 0;
        Ring();
    }

    private void WantLook()
    {
        Interlocked.Exchange(ref _looksWanted, 1);
        Ring();
    }

    private void Ring()
    {
        try
        {
            _bell.Release();
        }
        catch (SemaphoreFullException)
        {
            // Already ringing.
        }
    }

    private void ShowTyping(Guid chatId, Guid accountId, bool isTyping)
    {
        if (Find(chatId) is { } room && room.Has(accountId))
        {
            room.Tell(new TypingFrame(chatId, accountId, isTyping), accountId);
        }
    }

    private void ShowPresence(Guid accountId, bool isOnline)
    {
        foreach (var room in _rooms.Values.Where(r => r.Has(accountId)))
        {
            room.Tell(new PresenceFrame(room.Id, accountId, PresenceFrame.StatusOf(isOnline)), accountId);
        }
    }

    private void LetIn(Guid accountId, Guid chatId)
    {
        foreach (var talk in _talks.Keys.Where(t => t.AccountId == accountId))
        {
            talk.LetIn(chatId);
        }
    }

    // How far the chats are, for all rooms: what nobody told is found here.
    private async Task CompareAsync(CancellationToken ct)
    {
        foreach (var ids in _rooms.Keys.Chunk(AtOnce * 2))
        {
            await using var scope = _scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<CarelineDb>();
            foreach (var chat in await db.Set<Chat>().Where(c => ids.Contains(c.Id)).Select(c => new { c.Id, c.LastSeq, c.Revision }).ToListAsync(ct))
            {
                Aim(chat.Id, chat.LastSeq, chat.Revision);
            }
        }
    }

    private async Task CatchUpAsync(CancellationToken ct)
    {
        var lagging = _lagging.Keys.Take(AtOnce).ToList();
        if (lagging.Count == 0)
        {
            return;
        }

        lagging.ForEach(room => _lagging.TryRemove(room, out _));
        try
        {
            await using var scope = _scopes.CreateAsyncScope();
            await ReviseAsync(scope.ServiceProvider, [.. lagging.Where(r => r.IsStale)], ct);
            await ReadOnAsync(scope.ServiceProvider, [.. lagging.Where(r => r.IsBehind && r.Revision >= 0)], ct);
        }
        finally
        {
            // Those that were not brought there, and those that moved on meanwhile.
            lagging.Where(r => _rooms.ContainsKey(r.Id) && (r.IsStale || r.IsBehind)).ToList().ForEach(Lag);
            if (!_lagging.IsEmpty)
            {
                Ring();
            }
        }
    }

    private async Task ReviseAsync(IServiceProvider scope, List<Room> rooms, CancellationToken ct)
    {
        if (rooms.Count == 0)
        {
            return;
        }

        // The revision first: the members are then of this one or a later.
        var db = scope.GetRequiredService<CarelineDb>();
        var ids = rooms.ConvertAll(r => r.Id);
        var chats = await db.Set<Chat>().Where(c => ids.Contains(c.Id)).Select(c => new { c.Id, c.LastSeq, c.Revision }).ToDictionaryAsync(c => c.Id, ct);
        var participants = (await db.Set<Participant>().Where(p => ids.Contains(p.ChatId)).ToListAsync(ct)).ToLookup(p => p.ChatId);
        var names = await scope.GetRequiredService<IActorNames>().OfAsync([.. participants.SelectMany(p => p).Select(p => p.AccountId).Distinct()], ct);
        foreach (var room in rooms)
        {
            // A chat that is gone has nobody in it any more.
            var chat = chats.GetValueOrDefault(room.Id) ?? new { room.Id, LastSeq = 0L, Revision = long.MaxValue };
            var members = participants[room.Id].ToDictionary(p => p.AccountId, p => new Member
            {
                AccountId = p.AccountId,
                Name = names.GetValueOrDefault(p.AccountId),
                Role = p.Role,
                IsActive = p.LeftAt is null,
                ReadSeq = p.ReadSeq,
                DeliveredSeq = p.DeliveredSeq,
            });
            var former = room.Revision;
            foreach (var seat in room.Enter(chat.LastSeq, chat.Revision, members))
            {
                seat.Listener.Left(seat);
            }

            if (former >= 0)
            {
                await TellChangesAsync(scope, room, former, ct);
            }
        }
    }

    // What was edited or deleted since.
    private static async Task TellChangesAsync(IServiceProvider scope, Room room, long former, CancellationToken ct)
    {
        var (db, reader) = (scope.GetRequiredService<CarelineDb>(), scope.GetRequiredService<MessageReader>());
        var rows = await db.Set<ChatMessage>().Where(m => m.ChatId == room.Id && m.Revision > former).OrderBy(m => m.Revision).ToListAsync(ct);
        var messages = rows.ConvertAll(reader.Open);
        var attached = await MessageReader.AttachmentsAsync(db, messages, ct);
        foreach (var message in messages)
        {
            room.Tell(MessageFrame.Of(
                message,
                room.NameOf(message.SenderId),
                message.AttachmentId is { } id ? attached.GetValueOrDefault(id) : null,
                message.DeletedAt is null ? "message_edited" : "message_deleted"));
        }
    }

    private async Task ReadOnAsync(IServiceProvider scope, List<Room> rooms, CancellationToken ct)
    {
        if (rooms.Count == 0)
        {
            return;
        }

        var messages = await scope.GetRequiredService<MessagePages>().ReadAsync([.. rooms.Select(r => (r.Id, r.Seq))], ct);
        var attached = await MessageReader.AttachmentsAsync(scope.GetRequiredService<CarelineDb>(), messages.Select(m => m.Message), ct);
        var byChat = messages.ToLookup(m => m.Message.ChatId);
        foreach (var room in rooms.Where(r => byChat.Contains(r.Id)))
        {
            // Where who takes part has changed by the time of these messages, they wait until that is known here.
            room.Hand(
                [.. byChat[room.Id].Select(m => Frame(room, m.Message, m.Message.AttachmentId is { } id ? attached.GetValueOrDefault(id) : null))],
                byChat[room.Id].First().Revision);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Rooms could not follow the database: {ErrorType}")]
    private static partial void LogFailed(ILogger logger, string errorType);
}
