using System.Collections.Concurrent;
using System.Net.WebSockets;
using Careline.Sockets.Tickets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Careline.Sockets.Lines;

/// <summary>
/// Opens sockets, knows those that are open at this host, and closes them: when the sign-in behind them is over, and when the host stops.
/// </summary>
internal sealed partial class SocketDesk(
    ISocketSignIn signIn,
    TicketGate tickets,
    Presence presence,
    IConfiguration settings,
    IOptionsMonitor<RateLimitOptions> limits,
    IHostApplicationLifetime lifetime,
    IServiceProvider services,
    ILogger<SocketDesk> log)
    : IHostedService, IDisposable
{
    private const int MostPerPerson = 5;
    private const int MostFrames = 100;
    private const int MostMessages = 20;
    private const string Leaving = "This host stops: connect again.";

    private static readonly TimeSpan _toSignIn = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _toBeAsked = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan _idle = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<SocketLine, byte> _lines = new();
    private readonly ConcurrentDictionary<Guid, FrameBudget> _budgets = new();
    private readonly CancellationTokenSource _stopping = new();

    public async Task ServeAsync<TTalk>(HttpContext http)
        where TTalk : class, ISocketTalk
    {
        if (!http.WebSockets.IsWebSocketRequest)
        {
            http.Response.Headers.Upgrade = "websocket";
            throw new UpgradeRequired();
        }

        Handshake.CheckOrigin(http, settings);
        var isRefused = Handshake.HasTokenInQuery(http.Request);
        var (hasCredential, session) = isRefused ? (true, null) : await BeforeOpeningAsync(http);
        using var socket = await http.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext { KeepAliveInterval = _idle, KeepAliveTimeout = _idle });
        var loop = new LineLoop(socket);
        try
        {
            session ??= hasCredential ? null : await ByFirstFrameAsync(loop, http);
            if (session is null)
            {
                await loop.CloseAsync(SocketClose.NotSignedIn, isRefused ? "An access token has no place in an address." : "Not signed in.");
            }
            else
            {
                http.Features.Set(session.Actor);
                await TalkAsync<TTalk>(loop, session, http);
            }
        }
        catch (Exception gone) when (gone is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            // Lines break; whoever was on it comes again.
        }

        await loop.WaitForPeerAsync();
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        signIn.Changed += Look;
        lifetime.ApplicationStopping.Register(Leave);
        _ = LookNowAndThenAsync();
        return Task.CompletedTask;
    }

    public void Dispose() => _stopping.Dispose();

    public Task StopAsync(CancellationToken cancellationToken)
    {
        signIn.Changed -= Look;
        return Task.CompletedTask;
    }

    // The server waits for its requests to end before anything else is stopped, and these would not end by themselves.
    private void Leave()
    {
        _stopping.Cancel();
        foreach (var line in _lines.Keys)
        {
            line.Close(SocketClose.GoingAway, Leaving);
        }
    }

    private async Task<(bool HasCredential, SocketSession? Session)> BeforeOpeningAsync(HttpContext http)
    {
        if (Handshake.TokenOf(http.Request) is { } token)
        {
            return (true, Admitted(await signIn.ByTokenAsync(token, http.RequestAborted)));
        }

        if (http.Request.Query["ticket"] is not [{ Length: > 0 and < 200 } ticket])
        {
            return (http.Request.Query.ContainsKey("ticket"), null);
        }

        return (true, await tickets.TakeAsync(ticket, http.RequestAborted) is { } sessionId
            ? Admitted(await signIn.BySessionAsync(sessionId, http.RequestAborted)) : null);
    }

    private async Task<SocketSession?> ByFirstFrameAsync(LineLoop loop, HttpContext http)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, _stopping.Token);
        patience.CancelAfter(_toSignIn);
        string? token = null;
        var came = loop.ReadAsync(
            frame =>
            {
                token = TokenIn(frame.Span);
                return Task.CompletedTask;
            },
            null,
            CancellationToken.None);
        try
        {
            // A cancelled read would abort the socket, and nobody would learn why.
            await came.WaitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _ = came.ContinueWith(static t => t.Exception, TaskScheduler.Default);
            return null;
        }

        return token is null ? null : Admitted(await signIn.ByTokenAsync(token, http.RequestAborted));
    }

    private static string? TokenIn(ReadOnlySpan<byte> frame)
    {
        try
        {
            return JsonSerializer.Deserialize<FirstFrame>(frame, WireJson.Options) is { Type: "authenticate", Token: { } token } ? token : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    // As over HTTP: a password alone lets staff no further than to where a second factor is set up.
    private SocketSession? Admitted(SocketSession? session) =>
        session?.Actor.SecondFactorDueAt is { } due && due <= services.GetRequiredService<TimeProvider>().GetUtcNow() ? null : session;

    private async Task TalkAsync<TTalk>(LineLoop loop, SocketSession session, HttpContext http)
        where TTalk : class, ISocketTalk
    {
        var account = session.Actor.AccountId;
        var isLimited = limits.CurrentValue.Enabled;
        if (presence.Count(account) >= MostPerPerson && isLimited)
        {
            await loop.CloseAsync(SocketClose.TooMany, "Too many sockets.");
            return;
        }

        var line = new SocketLine(session, _budgets.GetOrAdd(account, _ => new FrameBudget(isLimited ? MostMessages : 0, TimeProvider.System)), signIn);
        var talk = ActivatorUtilities.CreateInstance<TTalk>(services);
        using var aborted = http.RequestAborted.Register(() => line.Close((int)WebSocketCloseStatus.EndpointUnavailable, ""));
        _lines[line] = 0;
        presence.Came(account);
        var writing = loop.WriteAsync(line);
        try
        {
            // What ended between the sign-in and its entry here was told to nobody.
            if (_stopping.IsCancellationRequested)
            {
                line.Close(SocketClose.GoingAway, Leaving);
            }
            else
            {
                await line.IsSignedInAsync(isUse: true, line.Closing);
            }

            await HearAsync(loop, line, talk, new FrameBudget(isLimited ? MostFrames : 0, TimeProvider.System), http);
        }
        finally
        {
            line.Close((int)WebSocketCloseStatus.NormalClosure, "");
            _lines.TryRemove(line, out _);
            presence.Went(account);
            ForgetBudgets();

            talk.End();
            await writing;
            await loop.CloseAsync(line.CloseCode, line.CloseReason);
        }
    }

    // Only once the window is over: whoever comes again at once has no more than before. And only where there are many, since it looks at all.
    private void ForgetBudgets()
    {
        if (_budgets.Count <= 1000 + (2 * _lines.Count))
        {
            return;
        }

        foreach (var (account, budget) in _budgets)
        {
            if (budget.IsOver && presence.Count(account) == 0)
            {
                _budgets.TryRemove(account, out _);
            }
        }
    }

    private async Task HearAsync(LineLoop loop, SocketLine line, ISocketTalk talk, FrameBudget budget, HttpContext http)
    {
        try
        {
            if (!line.IsClosing)
            {
                await talk.BeginAsync(line, http, line.Closing);
            }

            while (!line.IsClosing)
            {
                // Not cancelled with the line, which would abort the socket before the goodbye.
                var reading = loop.ReadAsync(frame => talk.HearAsync(frame, line.Closing), budget, CancellationToken.None);
                try
                {
                    if (!await reading.WaitAsync(line.Closing))
                    {
                        return;
                    }
                }
                catch (OperationCanceledException)
                {
                    _ = reading.ContinueWith(static t => t.Exception, TaskScheduler.Default);
                    return;
                }
            }
        }
        catch (Exception over) when (over is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The peer is gone, or broke the protocol and was told so by the framework.
        }
        catch (Exception error)
        {
            LogFailed(log, error.GetType().Name);
            line.Close(SocketClose.InternalError, "Something failed here: connect again.");
        }
    }

    // Some session ended, or all may have: whoever is on a line of it is looked at.
    private void Look(Guid? sessionId) => _ = LookAsync(_lines.Keys.Where(l => sessionId is null || l.Actor.SessionId == sessionId).ToList());

    private async Task LookAsync(IReadOnlyList<SocketLine> lines)
    {
        await Parallel.ForEachAsync(lines, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (line, _) =>
        {
            for (var wait = 100; !line.IsClosing; wait = Math.Min(wait * 2, 5_000))
            {
                try
                {
                    await line.IsSignedInAsync(isUse: false, line.Closing);
                    return;
                }
                catch (OperationCanceledException)
                {
                    return;
                }
                catch (Exception error)
                {
                    // The database cannot be asked just now. Who was signed in stays so until it can.
                    LogFailed(log, error.GetType().Name);
                    await Task.Delay(TimeSpan.FromMilliseconds(wait), TimeProvider.System, CancellationToken.None);
                }
            }
        });
    }

    // Sign-ins also end by time, which nobody tells.
    private async Task LookNowAndThenAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            await Task.Delay(_toBeAsked, TimeProvider.System, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await LookAsync([.. _lines.Keys]);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A socket failed: {ErrorType}")]
    private static partial void LogFailed(ILogger logger, string errorType);

    private sealed record FirstFrame(string Type, string? Token = null);
}
