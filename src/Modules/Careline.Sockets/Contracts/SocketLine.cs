using System.Threading.Channels;

namespace Careline.Sockets.Contracts;

/// <summary>Told when a frame was handed over to the network.</summary>
public interface IFrameSent
{
    /// <summary>The frame with this mark was handed over.</summary>
    void Sent(long mark);
}

/// <summary>
/// One open socket of somebody who has signed in. What is sent waits in a short queue; whoever lets it fill is dropped, so that a slow reader costs others
/// nothing.
/// </summary>
#pragma warning disable CA1001 // Its cancellation has neither timer nor handle, and is looked at by others after the end: there is nothing to give back.
public sealed class SocketLine
#pragma warning restore CA1001
{
    private const int MostWaiting = 256;

    // Enough for a page of history in frames of the largest size.
    private const int MostBytesWaiting = 4 * 1024 * 1024;

    private readonly Channel<Outgoing> _queue = Channel.CreateBounded<Outgoing>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });
    private readonly CancellationTokenSource _closing = new();
    private TaskCompletionSource? _drained;
    private int _bytes;
    private int _closeCode;

    private readonly ISocketSignIn _signIn;

    internal SocketLine(SocketSession session, FrameBudget messages, ISocketSignIn signIn) =>
        (Session, Messages, _signIn, Closing) = (session, messages, signIn, _closing.Token);

    /// <summary>Who is on the line.</summary>
    public SocketSession Session { get; }

    /// <summary>The person.</summary>
    public Actor Actor => Session.Actor;

    /// <summary>What the person may say within ten seconds on all lines to this host together.</summary>
    public FrameBudget Messages { get; }

    /// <summary>Whether the line is being closed.</summary>
    public bool IsClosing => Volatile.Read(ref _closeCode) != 0;

    internal CancellationToken Closing { get; }

    internal int CloseCode => Volatile.Read(ref _closeCode);

    internal string CloseReason { get; private set; } = "";

    internal ChannelReader<Outgoing> Queue => _queue.Reader;

    /// <summary>Puts a frame into the queue; a line whose queue is full is closed as too slow. Answers whether the frame is on its way.</summary>
    /// <param name="frame">UTF-8 text, which nobody changes any more: many lines may share it.</param>
    /// <param name="sent">Told once the frame was handed over.</param>
    /// <param name="mark">What it is told.</param>
    public bool Send(ReadOnlyMemory<byte> frame, IFrameSent? sent = null, long mark = 0)
    {
        if (IsClosing)
        {
            return false;
        }

        if (Interlocked.Add(ref _bytes, frame.Length) > MostBytesWaiting || !_queue.Writer.TryWrite(new Outgoing(frame, sent, mark)))
        {
            Close(SocketClose.TooSlow, "Too slow.");
            return false;
        }

        return true;
    }

    /// <summary>Sends something as a JSON frame.</summary>
    public bool Say<T>(T frame) => Send(JsonSerializer.SerializeToUtf8Bytes(frame, WireJson.Options));

    /// <summary>Waits until all that was put into the queue was handed over: whoever sends much at once does so between pages.</summary>
    public async Task DrainAsync(CancellationToken ct)
    {
        var fresh = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var drained = Interlocked.CompareExchange(ref _drained, fresh, null) ?? fresh;
        if (Volatile.Read(ref _bytes) > 0)
        {
            await drained.Task.WaitAsync(ct);
        }
    }

    /// <summary>
    /// Whether the sign-in behind the line still lives, asked before anything is done on it; a line whose sign-in is over is closed. Costs a look into memory.
    /// </summary>
    /// <param name="isUse">Whether the person did something, which keeps an idle session alive.</param>
    /// <param name="ct">Ends the question.</param>
    public async ValueTask<bool> IsSignedInAsync(bool isUse, CancellationToken ct)
    {
        if (await _signIn.IsAliveAsync(Session, isUse, ct))
        {
            return true;
        }

        Close(SocketClose.NotSignedIn, "The sign-in is over.");
        return false;
    }

    /// <summary>Closes the line; what still waits is not sent. The first reason counts.</summary>
    public void Close(int code, string reason)
    {
        if (Interlocked.CompareExchange(ref _closeCode, code, 0) == 0)
        {
            CloseReason = reason;
            _queue.Writer.TryComplete();

            // Not on the caller's thread: what is cancelled goes on there.
            _ = _closing.CancelAsync();
        }
    }

    internal void Handed(in Outgoing frame)
    {
        frame.Sent?.Sent(frame.Mark);
        if (Interlocked.Add(ref _bytes, -frame.Bytes.Length) == 0)
        {
            Interlocked.Exchange(ref _drained, null)?.TrySetResult();
        }
    }

    internal readonly record struct Outgoing(ReadOnlyMemory<byte> Bytes, IFrameSent? Sent, long Mark);
}
