using Careline.Platform.Signals;
using Careline.Platform.Web;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.Extensions.Configuration;

namespace Careline.Platform.Settings;

/// <summary>A setting and how it stands.</summary>
/// <param name="Key">Its name.</param>
/// <param name="Kind">What its value is.</param>
/// <param name="Value">What counts now.</param>
/// <param name="Default">What counts where it is not set here: as the installation's files say, or as the release comes.</param>
/// <param name="IsSet">Whether it is set here.</param>
/// <param name="Least">The least of a number.</param>
/// <param name="Most">The most of a number; of words how many characters.</param>
/// <param name="Summary">What it does.</param>
/// <param name="ChangedAt">When it was set here.</param>
public sealed record SettingState(
    string Key, SettingKind Kind, string Value, string Default, bool IsSet, int Least, int Most, string Summary, DateTimeOffset? ChangedAt);

/// <summary>That somebody changed a setting: <c>db.Set&lt;SettingChange&gt;()</c>.</summary>
public sealed class SettingChange
{
    /// <summary>The change.</summary>
    public Guid Id { get; init; }

    /// <summary>Of which setting.</summary>
    public string Key { get; init; } = "";

    /// <summary>What it was set to; null where it was left to the installation's files again.</summary>
    public string? Value { get; init; }

    /// <summary>Why.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The account of who changed it.</summary>
    public Guid ChangedBy { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset ChangedAt { get; init; }
}

/// <summary>A setting's value that was set here.</summary>
internal sealed class StoredSetting
{
    public string Key { get; init; } = "";

    public string Value { get; init; } = "";

    public DateTimeOffset ChangedAt { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<StoredSetting>, IEntityTypeConfiguration<SettingChange>
    {
        public void Configure(EntityTypeBuilder<StoredSetting> builder)
        {
            builder.ToTable("settings", "platform");
            builder.HasKey(s => s.Key);
        }

        public void Configure(EntityTypeBuilder<SettingChange> builder)
        {
            builder.ToTable("setting_changes", "platform");
            builder.Property(c => c.Id).ValueGeneratedNever();
        }
    }
}

/// <summary>Reads and changes the settings that may be changed while the application runs. All hosts follow once the caller's transaction has committed.</summary>
public sealed class SettingBook
{
    private readonly CarelineDb _db;
    private readonly IEnumerable<Setting> _settings;
    private readonly IConfigurationRoot _configuration;
    private readonly SettingFollower _follower;

    internal SettingBook(CarelineDb db, IEnumerable<Setting> settings, IConfiguration configuration, SettingFollower follower) =>
        (_db, _settings, _configuration, _follower) = (db, settings, (IConfigurationRoot)configuration, follower);

    /// <summary>All of them, by name.</summary>
    public async Task<IReadOnlyList<SettingState>> ReadAsync(CancellationToken ct)
    {
        var stored = await _db.Set<StoredSetting>().ToDictionaryAsync(s => s.Key, ct);
        return [.. _settings.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => StateOf(s, stored.GetValueOrDefault(s.Key)))];
    }

    /// <summary>Whether there is such a setting.</summary>
    public bool Knows(string key) => _settings.Any(s => s.Key == key);

    /// <summary>Sets one, or leaves it to the installation's files again.</summary>
    /// <exception cref="NotFound">There is no such setting.</exception>
    /// <exception cref="InvalidInput">The value is none of this setting.</exception>
    public async Task<SettingState> ChangeAsync(string key, string? value, string reason, Guid by, CancellationToken ct)
    {
        var setting = _settings.FirstOrDefault(s => s.Key == key) ?? throw new NotFound();
        var kept = value is null ? null : setting.Read(value) ?? throw new InvalidInput("value", ExpectedOf(setting));
        FormattableString change = kept is null
            ? $"DELETE FROM platform.settings WHERE key = {key}"
            : (FormattableString)$"INSERT INTO platform.settings (key, value, changed_at) VALUES ({key}, {kept}, {_db.Now}) ON CONFLICT (key) DO UPDATE SET value = excluded.value, changed_at = excluded.changed_at";
        await _db.Database.ExecuteSqlAsync(change, ct);
        _db.Append(new SettingChange { Id = _db.NewId(), Key = key, Value = kept, Reason = reason, ChangedBy = by, ChangedAt = _db.Now });
        await SignalLine.SendAsync(_db, SettingFollower.Topic, key, ct);
        _db.AfterCommit(_follower.Follow);
        return StateOf(setting, kept is null ? null : new StoredSetting { Key = key, Value = kept, ChangedAt = _db.Now });
    }

    private SettingState StateOf(Setting setting, StoredSetting? stored)
    {
        var usual = _configuration.Providers.Reverse().Where(p => p is not StoredSettings).Select(p => p.TryGet(setting.Path, out var value) ? value : null).FirstOrDefault(v => v is not null)
            ?? setting.Usual;
        return new SettingState(setting.Key, setting.Kind, stored?.Value ?? usual, usual, stored is not null, setting.Least, setting.Most, setting.Summary, stored?.ChangedAt);
    }

    private static string ExpectedOf(Setting setting) => setting.Kind switch
    {
        SettingKind.Number => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"Must be a whole number from {setting.Least} to {setting.Most}."),
        SettingKind.Flag => "Must be true or false.",
        _ => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"Must be what this setting takes, in at most {setting.Most} characters."),
    };
}
