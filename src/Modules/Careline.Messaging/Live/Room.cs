using Careline.Messaging.Participants;
using Careline.Sockets.Contracts;

namespace Careline.Messaging.Live;

/// <summary>
/// A chat that somebody listens to at this host: who takes part, who listens, and up to which message they were told. What it should have reached, by another host's
/// word, may lie ahead of what it has; <see cref="Rooms"/> brings it there.
/// </summary>
internal sealed class Room(Guid id, Presence presence)
{
    private readonly Lock _lock = new();
    private readonly List<Seat> _seats = [];
    private readonly List<(long Revision, TaskCompletionSource Reached)> _waiting = [];
    private Dictionary<Guid, Member> _members = [];
    private long _targetSeq;
    private long _targetRevision;
    private bool _isGone;

    public Guid Id => id;

    /// <summary>The newest message that was handed to the seats.</summary>
    public long Seq { get; private set; } = -1;

    /// <summary>Of the members that it knows; -1 until it knows any.</summary>
    public long Revision { get; private set; } = -1;

    public bool IsStale
    {
        get
        {
            lock (_lock)
            {
                return Revision < 0 || Revision < _targetRevision;
            }
        }
    }

    public bool IsBehind
    {
        get
        {
            lock (_lock)
            {
                return Seq < _targetSeq;
            }
        }
    }

    public bool Has(Guid accountId)
    {
        lock (_lock)
        {
            return _members.TryGetValue(accountId, out var member) && member.IsActive;
        }
    }

    public string? NameOf(Guid accountId)
    {
        lock (_lock)
        {
            return _members.GetValueOrDefault(accountId)?.Name;
        }
    }

    /// <summary>Takes a line in, which hears nothing yet. False where the room was given up meanwhile.</summary>
    public bool TryAdd(Seat seat)
    {
        lock (_lock)
        {
            if (!_isGone)
            {
                _seats.Add(seat);
            }

            return !_isGone;
        }
    }

    /// <summary>Lets a line go, and answers whether it was the last.</summary>
    public bool Remove(Seat seat)
    {
        lock (_lock)
        {
            _seats.Remove(seat);
            return _isGone = _seats.Count == 0;
        }
    }

    /// <summary>Waits until the members of a revision are known.</summary>
    public Task ReachAsync(long revision)
    {
        lock (_lock)
        {
            if (Revision >= revision)
            {
                return Task.CompletedTask;
            }

            _targetRevision = Math.Max(_targetRevision, revision);
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((revision, reached));
            return reached.Task;
        }
    }

    /// <summary>Somebody told how far the chat is. Answers whether this room has to catch up.</summary>
    public bool Aim(long seq, long revision)
    {
        lock (_lock)
        {
            _targetSeq = Math.Max(_targetSeq, seq);
            _targetRevision = Math.Max(_targetRevision, revision);
            return Revision < 0 || Seq < _targetSeq || Revision < _targetRevision;
        }
    }

    /// <summary>Lets a seat hear what comes from now on, and tells it where the chat stands. False where the person takes no part.</summary>
    public bool Begin(Seat seat, bool isTold)
    {
        lock (_lock)
        {
            if (!_members.TryGetValue(seat.AccountId, out var member) || !member.IsActive)
            {
                return false;
            }

            (seat.Cursor, seat.IsLive) = (Seq, true);
            if (isTold)
            {
                seat.Line.Say(new ReadyFrame(id, Seq, [.. _members.Values.Where(m => m.IsActive).Select(Show)]));
            }

            return true;
        }
    }

    /// <summary>A seat asks for what it missed: until it has it, nothing new comes in between.</summary>
    public void Rewind(Seat seat, long after)
    {
        lock (_lock)
        {
            (seat.Cursor, seat.IsLive) = (Math.Min(after, Seq), false);
        }
    }

    /// <summary>Lets a seat go on by itself where it has everything, and says so.</summary>
    public bool TryResume(Seat seat)
    {
        lock (_lock)
        {
            if (seat.Cursor < Seq)
            {
                return false;
            }

            seat.IsLive = true;
            seat.Line.Say(new SyncedFrame(id, seat.Cursor));
            return true;
        }
    }

    /// <summary>
    /// Hands messages on, in order, to whoever is live. What was handed on before is passed over; what has a gap before it, or was said among other members than those
    /// that are known, is not handed on: false, and the room has to catch up.
    /// </summary>
    public bool Hand(IReadOnlyList<RoomMessage> messages, long revision)
    {
        lock (_lock)
        {
            foreach (var message in messages)
            {
                if (message.Seq <= Seq)
                {
                    continue;
                }

                if (message.Seq != Seq + 1 || Seq < 0 || revision > Revision)
                {
                    _targetSeq = Math.Max(_targetSeq, messages[^1].Seq);
                    _targetRevision = Math.Max(_targetRevision, revision);
                    return false;
                }

                Seq = message.Seq;
                foreach (var seat in _seats)
                {
                    // Who has just caught up may be ahead of this host.
                    if (seat.IsLive && message.Seq > seat.Cursor)
                    {
                        seat.Send(message);
                    }
                }
            }

            return true;
        }
    }

    /// <summary>Sends something to all who listen, but those of one person.</summary>
    public void Tell<T>(T frame, Guid? except = null)
    {
        lock (_lock)
        {
            if (_seats.Count > 0)
            {
                Tell(JsonSerializer.SerializeToUtf8Bytes(frame, WireJson.Options), except);
            }
        }
    }

    /// <summary>Somebody came further, as was stored.</summary>
    public void Receipt(Guid accountId, long delivered, long read)
    {
        lock (_lock)
        {
            if (!_members.TryGetValue(accountId, out var member))
            {
                return;
            }

            if (read > member.ReadSeq)
            {
                member.ReadSeq = read;
                Tell<ReceiptFrame>(new("read", id, accountId, read), accountId);
            }

            if (delivered > member.DeliveredSeq)
            {
                member.DeliveredSeq = delivered;
                if (delivered > read)
                {
                    Tell(new ReceiptFrame("delivered", id, accountId, delivered), accountId);
                }
            }
        }
    }

    /// <summary>
    /// Takes over who takes part: whoever does not any more hears nothing from here on, and the others are told. Answers the seats of those who left.
    /// </summary>
    public IReadOnlyList<Seat> Enter(long seq, long revision, Dictionary<Guid, Member> members)
    {
        lock (_lock)
        {
            if (revision < Revision)
            {
                return [];
            }

            var isFirst = Revision < 0;
            if (isFirst)
            {
                Seq = seq;
            }

            var former = _members;
            (_members, Revision) = (members, revision);
            var left = _seats.Where(s => !members.TryGetValue(s.AccountId, out var member) || !member.IsActive).ToList();
            left.ForEach(seat => seat.IsLive = false);
            _seats.RemoveAll(left.Contains);
            if (!isFirst)
            {
                TellOfMoves(former);
            }

            foreach (var (_, reached) in _waiting.Where(w => w.Revision <= revision))
            {
                reached.TrySetResult();
            }

            _waiting.RemoveAll(w => w.Revision <= revision);
            return left;
        }
    }

    private void TellOfMoves(Dictionary<Guid, Member> former)
    {
        foreach (var (accountId, member) in _members)
        {
            var was = former.TryGetValue(accountId, out var before) && before.IsActive;
            if (member.IsActive && !was)
            {
                Tell(new JoinedFrame(id, accountId, member.Name));
            }
            else if (was && !member.IsActive)
            {
                Tell(new LeftFrame(id, accountId));
            }
        }
    }

    private ParticipantFrame Show(Member member) =>
        new(member.AccountId, member.Name, member.Role, PresenceFrame.StatusOf(presence.IsOnline(member.AccountId)), member.ReadSeq, member.DeliveredSeq);

    private void Tell(byte[] frame, Guid? except)
    {
        foreach (var seat in _seats)
        {
            // Who waits to be let in has heard nothing yet that this could follow.
            if (seat.AccountId != except && (seat.IsLive || seat.Cursor > 0))
            {
                seat.Line.Send(frame);
            }
        }
    }
}

/// <summary>Somebody in a chat, as its room knows them.</summary>
internal sealed class Member
{
    public required Guid AccountId { get; init; }

    public required string? Name { get; init; }

    public required ParticipantRole Role { get; init; }

    public required bool IsActive { get; init; }

    public required long ReadSeq { get; set; }

    public required long DeliveredSeq { get; set; }
}
