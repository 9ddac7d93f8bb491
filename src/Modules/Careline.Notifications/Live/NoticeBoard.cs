using System.Collections.Concurrent;
using Careline.Notifications.Feed;
using Careline.Sockets.Contracts;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Careline.Notifications.Live;

/// <summary>
/// Who listens for notices at this host, and that there is something for them. Hosts tell each other only whose list moved; what came is read from the list. What nobody
/// told is found within seconds.
/// </summary>
internal sealed partial class NoticeBoard : BackgroundService
{
    private const string Topic = "notices";

    private static readonly TimeSpan _look = TimeSpan.FromSeconds(10);

    // A transaction that began before and is committed after.
    private static readonly TimeSpan _overlap = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<NotificationTalk, byte> _talks = new();
    private readonly HostLine _hosts;
    private readonly IServiceScopeFactory _scopes;
    private readonly TimeProvider _clock;
    private readonly ILogger<NoticeBoard> _log;

    public NoticeBoard(HostLine hosts, IServiceScopeFactory scopes, TimeProvider clock, ILogger<NoticeBoard> log)
    {
        (_hosts, _scopes, _clock, _log) = (hosts, scopes, clock, log);
        hosts.Subscribe(Topic, word => Wake(Guid.ParseExact(word.Key, "N")));
        hosts.Missed += () => WakeAll(_ => true);
    }

    /// <summary>Somebody's list moved: called once that is committed.</summary>
    public void Moved(Guid accountId)
    {
        _hosts.Tell(Topic, accountId.ToString("N"), "1");
        Wake(accountId);
    }

    public void Begin(NotificationTalk talk) => _talks[talk] = 0;

    public void End(NotificationTalk talk) => _talks.TryRemove(talk, out _);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(_look, TimeProvider.System, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var accounts = _talks.Keys.Select(t => t.AccountId).Distinct().ToArray();
            if (accounts.Length == 0 || stoppingToken.IsCancellationRequested)
            {
                continue;
            }

            try
            {
                await using var scope = _scopes.CreateAsyncScope();
                var since = _clock.GetUtcNow() - _overlap - _look;
                var moved = await scope.ServiceProvider.GetRequiredService<CarelineDb>().Set<Notification>()
                    .Where(n => accounts.Contains(n.AccountId) && n.CreatedAt > since && n.DeletedAt == null).Select(n => n.AccountId).Distinct().ToListAsync(stoppingToken);
                WakeAll(t => moved.Contains(t.AccountId));
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(_log, error.GetType().Name);
            }
        }
    }

    private void Wake(Guid accountId) => WakeAll(t => t.AccountId == accountId);

    private void WakeAll(Func<NotificationTalk, bool> whose)
    {
        foreach (var talk in _talks.Keys.Where(whose))
        {
            talk.Wake();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Notices could not be looked for: {ErrorType}")]
    private static partial void LogFailed(ILogger logger, string errorType);
}
