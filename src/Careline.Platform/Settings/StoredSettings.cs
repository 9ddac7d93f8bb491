using Careline.Platform.Signals;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Careline.Platform.Settings;

/// <summary>The changed settings as the last word of the configuration.</summary>
internal sealed class StoredSettings : ConfigurationProvider, IConfigurationSource
{
    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

    public void Follow(IEnumerable<(string Path, string Value)> stored)
    {
        Data = stored.ToDictionary(s => s.Path, string? (s) => s.Value, StringComparer.OrdinalIgnoreCase);
        OnReload();
    }
}

/// <summary>Keeps this host's settings as the database has them: at the start, at each signal, and whenever signals may have been missed.</summary>
internal sealed partial class SettingFollower(
    StoredSettings stored, IEnumerable<Setting> settings, SignalLine signals, IServiceScopeFactory scopes, ILogger<SettingFollower> log) : IDisposable
{
    public const string Topic = "settings";

    private readonly SemaphoreSlim _turn = new(1);

    public void Dispose() => _turn.Dispose();

    public void Listen()
    {
        signals.Subscribe(Topic, _ => Follow());
        signals.Lost += Follow;
    }

    /// <summary>Reads them soon, and again when asked again meanwhile: the last reading sees all that was committed before it was asked for.</summary>
    public void Follow() => _ = FollowAsync();

    /// <summary>Reads them. What this release does not know, or would not take, is left out.</summary>
    public async Task LoadAsync(CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<CarelineDb>();
            var rows = await db.Set<StoredSetting>().ToListAsync(ct);
            stored.Follow(from row in rows join setting in settings on row.Key equals setting.Key where setting.Read(row.Value) is not null select (setting.Path, row.Value));
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task FollowAsync()
    {
        try
        {
            await LoadAsync(CancellationToken.None);
        }
        catch (Exception error)
        {
            // The database is away: the line is lost with it, and its return reads them.
            LogMissed(log, error.GetType().Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Settings were not read: {ErrorType}")]
    private static partial void LogMissed(ILogger logger, string errorType);
}
