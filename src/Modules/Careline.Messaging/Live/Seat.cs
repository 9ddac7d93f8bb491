using Careline.Sockets.Contracts;

namespace Careline.Messaging.Live;

/// <summary>
/// A line's place in a room. Its cursor is the message that it was sent last; while it is live the next ones follow by themselves, and while it catches up they wait
/// their turn. So every line gets each message once, in order and without a gap. Cursor and liveness are the room's to guard.
/// </summary>
internal sealed class Seat(Room room, SocketLine line, IChatListener listener, Receipts receipts) : IFrameSent
{
    public Room Room => room;

    public SocketLine Line => line;

    public IChatListener Listener => listener;

    public Guid AccountId => line.Actor.AccountId;

    public long Cursor { get; set; }

    public bool IsLive { get; set; }

    /// <summary>Sends a message; that another's has arrived is noted.</summary>
    public void Send(in RoomMessage message)
    {
        Cursor = message.Seq;
        line.Send(message.Frame, message.SenderId == AccountId ? null : this, message.Seq);
    }

    public void Sent(long mark) => receipts.Note(room.Id, AccountId, delivered: mark, read: 0);
}

/// <summary>Told by a room that its line has no place in it any more.</summary>
internal interface IChatListener
{
    /// <summary>The person takes no part in the chat any more.</summary>
    void Left(Seat seat);
}

/// <summary>A message as it goes to everybody in a room.</summary>
/// <param name="Seq">Its number.</param>
/// <param name="SenderId">Who said it.</param>
/// <param name="Frame">The frame, made once for all.</param>
internal readonly record struct RoomMessage(long Seq, Guid SenderId, ReadOnlyMemory<byte> Frame);
