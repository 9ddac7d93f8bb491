using System.Net;
using System.Net.Sockets;
using Careline.Labs.Hl7;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Careline.Labs.Imports;

/// <summary>
/// Listens for messages of laboratories' systems over MLLP, where a port is set. Who connects is asked nothing, so it listens on this machine alone unless told otherwise.
/// Where another host has the port already it waits until that one is gone.
/// </summary>
internal sealed partial class MllpListenerService(IServiceProvider services, IOptions<LabsOptions> options, TimeProvider clock, ILogger<MllpListenerService> log) : BackgroundService
{
    private static readonly TimeSpan _again = TimeSpan.FromSeconds(30);

    private readonly MllpOptions _options = options.Value.Mllp;

    /// <summary>Where it listens; null while it does not.</summary>
    public IPEndPoint? Listening { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (_options.Port is { } port && !stoppingToken.IsCancellationRequested)
        {
            using var listener = new TcpListener(IPAddress.Parse(_options.Address), port);
            try
            {
                listener.Start(_options.MostConnections);
                Listening = (IPEndPoint)listener.LocalEndpoint;
                LogListening(log, Listening.Port);
                await AcceptAsync(listener, stoppingToken);
            }
            catch (SocketException error)
            {
                LogNotListening(log, port, error.SocketErrorCode.ToString());
                await Task.Delay(_again, TimeProvider.System, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
            }
        }
    }

    private async Task AcceptAsync(TcpListener listener, CancellationToken ct)
    {
        using var places = new SemaphoreSlim(_options.MostConnections);
        var open = new HashSet<Task>();
        try
        {
            while (true)
            {
                await places.WaitAsync(ct);
                var client = await listener.AcceptTcpClientAsync(ct);
                open.RemoveWhere(t => t.IsCompleted);
                open.Add(ServeAsync(client, places, ct));
            }
        }
        finally
        {
            await Task.WhenAll(open);
        }
    }

    private async Task ServeAsync(TcpClient client, SemaphoreSlim places, CancellationToken ct)
    {
        await Task.Yield();
        try
        {
            using (client)
            {
                await using var stream = client.GetStream();
                await new MllpConversation(stream, _options).RunAsync(TakeAsync, ct);
            }
        }
        catch (Exception error) when (error is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
        }
        catch (Exception error)
        {
            LogFailed(log, error.GetType().Name);
        }
        finally
        {
            places.Release();
        }
    }

    // What fails here is not the message's fault: the sender is told to come again, and nothing was kept.
    private async Task<string> TakeAsync(ReadOnlyMemory<byte> message, CancellationToken ct)
    {
        try
        {
            var outcome = await ResultImport.TakeAloneAsync(services, message, new ImportOrigin(ImportChannel.Mllp, _options.ClinicId, null), ct);
            LogTaken(log, outcome.Code, outcome.Count.Imported, outcome.Count.Quarantined);
            return outcome.Text;
        }
        catch (Exception error) when (!ct.IsCancellationRequested)
        {
            LogFailed(log, error.GetType().Name);
            var header = Hl7Message.Read(message.Span).Message?.Header;
            return Acknowledgement.Refused(header, Ids.New(clock), new Hl7Fault("207", "The message could not be taken at present. Send it again."), clock.GetUtcNow());
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Listening for laboratories' messages (MLLP) on port {Port}")]
    private static partial void LogListening(ILogger logger, int port);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The port {Port} for laboratories' messages cannot be opened: {Code}")]
    private static partial void LogNotListening(ILogger logger, int port, string code);

    [LoggerMessage(Level = LogLevel.Information, Message = "A laboratory's message was answered {Code}: {Imported} imported, {Quarantined} set aside")]
    private static partial void LogTaken(ILogger logger, string code, int imported, int quarantined);

    [LoggerMessage(Level = LogLevel.Error, Message = "A laboratory's message failed: {ErrorType}")]
    private static partial void LogFailed(ILogger logger, string errorType);
}
