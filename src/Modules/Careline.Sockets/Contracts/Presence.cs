using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;

namespace Careline.Sockets.Contracts;

/// <summary>
/// Who has a socket open at this moment, at whichever host. Kept in memory alone: hosts tell each other when somebody comes and goes, and all of it again from
/// time to time, so that a host that was killed takes its people along when its word has grown old.
/// </summary>
public sealed class Presence : BackgroundService
{
    private const string Topic = "on";

    private static readonly TimeSpan _again = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan _believed = TimeSpan.FromSeconds(40);

    private readonly ConcurrentDictionary<Guid, Seen> _accounts = new();
    private readonly HostLine _hosts;
    private readonly TimeProvider _machine = TimeProvider.System;

    /// <summary>Listens to the other hosts.</summary>
    public Presence(HostLine hosts)
    {
        _hosts = hosts;
        hosts.Subscribe(Topic, Hear);
    }

    /// <summary>Raised when somebody came (true) or went.</summary>
    public event Action<Guid, bool>? Changed;

    /// <summary>Whether somebody has a socket open.</summary>
    public bool IsOnline(Guid accountId) => Count(accountId) > 0;

    /// <summary>How many sockets somebody has open, as far as this host knows.</summary>
    internal int Count(Guid accountId)
    {
        if (!_accounts.TryGetValue(accountId, out var seen))
        {
            return 0;
        }

        lock (seen)
        {
            return seen.Count;
        }
    }

    internal void Came(Guid accountId) => Move(accountId, seen => seen.Here++);

    internal void Went(Guid accountId) => Move(accountId, seen => seen.Here--);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(_again, _machine, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            foreach (var (accountId, seen) in _accounts)
            {
                if (seen.Here > 0)
                {
                    Tell(accountId, seen.Here);
                }

                Change(accountId, seen, s => s.Forget(_machine.GetTimestamp() - (long)(_believed.TotalSeconds * _machine.TimestampFrequency)));
            }
        }
    }

    private void Move(Guid accountId, Action<Seen> move)
    {
        while (true)
        {
            var seen = _accounts.GetOrAdd(accountId, _ => new Seen());
            if (Change(accountId, seen, move))
            {
                Tell(accountId, seen.Here);
                return;
            }
        }
    }

    // Answers false where the entry was removed meanwhile.
    private bool Change(Guid accountId, Seen seen, Action<Seen> change)
    {
        bool before, after;
        lock (seen)
        {
            if (seen.IsGone)
            {
                return false;
            }

            before = seen.Count > 0;
            change(seen);
            after = seen.Count > 0;
            if (!after)
            {
                seen.IsGone = true;
                _accounts.TryRemove(accountId, out _);
            }
        }

        if (before != after)
        {
            Changed?.Invoke(accountId, after);
        }

        return true;
    }

    private void Tell(Guid accountId, int count) => _hosts.Tell(Topic, accountId.ToString("N"), count.ToString(CultureInfo.InvariantCulture));

    private void Hear(HostWord word)
    {
        var (accountId, count) = (Guid.ParseExact(word.Key, "N"), int.Parse(word.Value, CultureInfo.InvariantCulture));
        while (!Change(accountId, _accounts.GetOrAdd(accountId, _ => new Seen()), seen => seen.Elsewhere(word.HostId, count, _machine.GetTimestamp())))
        {
        }
    }

    private sealed class Seen
    {
        private readonly Dictionary<string, (int Count, long At)> _elsewhere = [];

        public int Here { get; set; }

        public bool IsGone { get; set; }

        public int Count => Here + _elsewhere.Values.Sum(e => e.Count);

        public void Elsewhere(string host, int count, long at)
        {
            if (count > 0)
            {
                _elsewhere[host] = (count, at);
            }
            else
            {
                _elsewhere.Remove(host);
            }
        }

        public void Forget(long before)
        {
            foreach (var host in _elsewhere.Where(e => e.Value.At < before).Select(e => e.Key).ToList())
            {
                _elsewhere.Remove(host);
            }
        }
    }
}
