using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Careline.Tests.Support;

/// <summary>Stands in for a mail server (RFC 5321) on a port of this machine; knows no mailbox whose name begins with "gone".</summary>
internal sealed class MailServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public MailServer() => _listener.Start();

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Serves one conversation and answers the message that came, empty when there was none.</summary>
    public async Task<string> TakeAsync()
    {
        using var client = await _listener.AcceptTcpClientAsync();
        await using var stream = client.GetStream();
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var message = new StringBuilder();
        await SayAsync(stream, "220 double ready");
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("DATA", StringComparison.OrdinalIgnoreCase))
            {
                await SayAsync(stream, "354 go on");
                while (await reader.ReadLineAsync() is { } text && text != ".")
                {
                    message.AppendLine(text);
                }
            }

            await SayAsync(stream, line.StartsWith("RCPT TO:<gone", StringComparison.OrdinalIgnoreCase) ? "550 no such mailbox" : "250 ok");
        }

        return message.ToString();
    }

    public void Dispose() => _listener.Dispose();

    private static Task SayAsync(NetworkStream stream, string line) => stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n")).AsTask();
}
