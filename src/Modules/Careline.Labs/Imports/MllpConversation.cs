using System.Text;

namespace Careline.Labs.Imports;

/// <summary>
/// One connection: a message in its frame, its answer, the next message. Bounded in size and time; whoever sends something else than frames, or too much, or nothing, is
/// hung up on.
/// </summary>
internal sealed class MllpConversation(Stream stream, MllpOptions options)
{
    private readonly byte[] _buffer = new byte[16 * 1024];
    private int _at;
    private int _filled;

    public async Task RunAsync(Func<ReadOnlyMemory<byte>, CancellationToken, Task<string>> take, CancellationToken ct)
    {
        while (await ReadMessageAsync(ct) is { } message)
        {
            var answer = Encoding.UTF8.GetBytes(await take(message, ct));
            using var writing = Bounded(ct);
            await stream.WriteAsync((byte[])[MllpFrame.Start, .. answer, MllpFrame.End, MllpFrame.Return], writing.Token);
            await stream.FlushAsync(writing.Token);
        }
    }

    private async Task<ReadOnlyMemory<byte>?> ReadMessageAsync(CancellationToken ct)
    {
        using var reading = Bounded(ct);
        using var message = new MemoryStream();
        for (int next; (next = await NextAsync(reading.Token)) != MllpFrame.Start;)
        {
            // Between frames only what some senders add to the end of theirs.
            if (next is not (MllpFrame.Return or '\n'))
            {
                return null;
            }
        }

        while (true)
        {
            var next = await NextAsync(reading.Token);
            if (next < 0 || next == MllpFrame.Start || message.Length >= options.MostBytes)
            {
                return null;
            }

            if (next == MllpFrame.End)
            {
                return message.ToArray();
            }

            message.WriteByte((byte)next);
        }
    }

    private ValueTask<int> NextAsync(CancellationToken ct) => _at < _filled ? ValueTask.FromResult((int)_buffer[_at++]) : FillAsync(ct);

    private async ValueTask<int> FillAsync(CancellationToken ct)
    {
        _filled = await stream.ReadAsync(_buffer, ct);
        _at = 0;
        return _filled == 0 ? -1 : _buffer[_at++];
    }

    private CancellationTokenSource Bounded(CancellationToken ct)
    {
        var bounded = CancellationTokenSource.CreateLinkedTokenSource(ct);
        bounded.CancelAfter(TimeSpan.FromSeconds(options.TimeoutSeconds));
        return bounded;
    }
}
