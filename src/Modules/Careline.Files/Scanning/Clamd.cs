using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Careline.Files.Scanning;

/// <summary>ClamAV's daemon, by its protocol INSTREAM (clamd(8)): the content goes over the socket, so that the scanner needs neither our files nor our keys.</summary>
internal sealed class Clamd(ScannerSettings settings)
{
    private const int ChunkBytes = 64 * 1024;
    private const int LongestAnswer = 1024;

    /// <summary>What it finds in a content; null where nothing.</summary>
    /// <exception cref="IOException">It cannot say: it is not there, too slow, or the content is too large for it.</exception>
    public async Task<string?> FindAsync(Stream content, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(settings.Patience);
        try
        {
            return Read(await AskAsync(content, patience.Token));
        }
        catch (SocketException silent)
        {
            throw new IOException("The scanner does not answer.", silent);
        }
        catch (OperationCanceledException slow) when (!ct.IsCancellationRequested)
        {
            throw new IOException("The scanner is too slow.", slow);
        }
    }

    private async Task<string> AskAsync(Stream content, CancellationToken ct)
    {
        var family = settings.Address is UnixDomainSocketEndPoint ? AddressFamily.Unix : settings.Address is IPEndPoint number ? number.AddressFamily : AddressFamily.InterNetwork;
        using var socket = new Socket(family, SocketType.Stream, family == AddressFamily.Unix ? ProtocolType.Unspecified : ProtocolType.Tcp);
        await socket.ConnectAsync(settings.Address!, ct);
        await using var line = new NetworkStream(socket, ownsSocket: false);
        await line.WriteAsync("zINSTREAM\0"u8.ToArray(), ct);
        try
        {
            await SendAsync(content, line, ct);
        }
        catch (IOException)
        {
            // It stops listening once it has made up its mind, and says why.
        }

        var answer = new byte[LongestAnswer];
        var length = 0;
        while (length < answer.Length && await line.ReadAsync(answer.AsMemory(length), ct) is > 0 and var read)
        {
            length += read;
            if (answer[length - 1] == 0)
            {
                break;
            }
        }

        return Encoding.UTF8.GetString(answer, 0, length).TrimEnd('\0', '\n');
    }

    private static async Task SendAsync(Stream content, NetworkStream line, CancellationToken ct)
    {
        var chunk = new byte[4 + ChunkBytes];
        int length;
        do
        {
            // The last chunk has no bytes.
            length = await content.ReadAsync(chunk.AsMemory(4), ct);
            BinaryPrimitives.WriteInt32BigEndian(chunk, length);
            await line.WriteAsync(chunk.AsMemory(0, 4 + length), ct);
        }
        while (length > 0);
    }

    private static string? Read(string answer) =>
        answer == "stream: OK" ? null
        : answer.StartsWith("stream: ", StringComparison.Ordinal) && answer.EndsWith(" FOUND", StringComparison.Ordinal) ? answer["stream: ".Length..^" FOUND".Length]
        : throw new IOException("The scanner cannot say.");
}
