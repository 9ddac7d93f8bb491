using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Careline.Tests.Files;

/// <summary>Speaks clamd's INSTREAM: finds EICAR's test file, says nothing sensible while it is told to be broken.</summary>
internal sealed class ScannerDouble : IDisposable
{
    public const string Finding = "Eicar-Test-Signature";

    // Put together here so that no scanner on a developer's machine takes this source for the test file.
    public static readonly byte[] Eicar = Encoding.ASCII.GetBytes("X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*");

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public ScannerDouble()
    {
        _listener.Start();
        _ = Task.Run(ListenAsync);
    }

    public string Address => $"tcp:127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    public bool IsBroken { get; set; }

    public int Asked { get; private set; }

    public void Dispose() => _listener.Dispose();

    private async Task ListenAsync()
    {
        while (true)
        {
            TcpClient client;
            try
            {
                client = await _listener.AcceptTcpClientAsync();
            }
            catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException)
            {
                return;
            }

            _ = Task.Run(() => AnswerAsync(client));
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using (client)
        {
            await using var line = client.GetStream();
            var command = new byte[10];
            await line.ReadExactlyAsync(command);
            Encoding.ASCII.GetString(command).ShouldBe("zINSTREAM\0");
            var content = new MemoryStream();
            var length = new byte[4];
            while (true)
            {
                await line.ReadExactlyAsync(length);
                var chunk = new byte[BinaryPrimitives.ReadInt32BigEndian(length)];
                if (chunk.Length == 0)
                {
                    break;
                }

                await line.ReadExactlyAsync(chunk);
                content.Write(chunk);
            }

            Asked++;
            var answer = IsBroken ? "INSTREAM size limit exceeded. ERROR"
                : content.ToArray().AsSpan().IndexOf(Eicar) >= 0 ? $"stream: {Finding} FOUND" : "stream: OK";
            await line.WriteAsync(Encoding.ASCII.GetBytes(answer + "\0"));
        }
    }
}
