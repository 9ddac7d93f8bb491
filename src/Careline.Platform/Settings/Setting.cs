using System.Globalization;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Careline.Platform.Settings;

/// <summary>What a setting's value is.</summary>
public enum SettingKind
{
    /// <summary>A whole number within bounds.</summary>
    Number,

    /// <summary>true or false.</summary>
    Flag,

    /// <summary>Words.</summary>
    Text,
}

/// <summary>A setting that may be changed while the application runs. The list is fixed in the code, and no secret is among them.</summary>
/// <param name="Key">As administrators name it.</param>
/// <param name="Path">As the configuration names it.</param>
/// <param name="Kind">What its value is.</param>
/// <param name="Usual">Its value where nobody set one.</param>
/// <param name="Summary">What it does.</param>
/// <param name="Least">Of a number.</param>
/// <param name="Most">Of a number; of words how many characters.</param>
/// <param name="Allows">What words must be besides.</param>
public sealed record Setting(
    string Key, string Path, SettingKind Kind, string Usual, string Summary, int Least, int Most, Func<string, bool>? Allows = null)
{
    /// <summary>The value as it is kept, or null where it is none of this setting.</summary>
    public string? Read(string value) => Kind switch
    {
        SettingKind.Number => int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= Least && number <= Most
            ? number.ToString(CultureInfo.InvariantCulture) : null,
        SettingKind.Flag => value is "true" or "false" ? value : null,
        _ => value.Length <= Most && !value.Contains('\0', StringComparison.Ordinal) && (Allows is null || Allows(value)) ? value : null,
    };
}

/// <summary>Registers what may be changed while the application runs. Whoever reads the options reads <c>Value</c> at each use.</summary>
public static class SettingRegistration
{
    /// <summary>A whole number.</summary>
    public static IServiceCollection AddNumberSetting<TOptions>(this IServiceCollection services, string key, string path, (int Least, int Most) bounds, string summary)
        where TOptions : class, new() => services.Add<TOptions>(new Setting(key, path, SettingKind.Number, UsualOf<TOptions>(path), summary, bounds.Least, bounds.Most));

    /// <summary>Yes or no.</summary>
    public static IServiceCollection AddFlagSetting<TOptions>(this IServiceCollection services, string key, string path, string summary)
        where TOptions : class, new() => services.Add<TOptions>(new Setting(key, path, SettingKind.Flag, UsualOf<TOptions>(path).ToLowerInvariant(), summary, 0, 0));

    /// <summary>Words.</summary>
    public static IServiceCollection AddTextSetting<TOptions>(
        this IServiceCollection services, string key, string path, int most, string summary, Func<string, bool>? allows = null)
        where TOptions : class, new() => services.Add<TOptions>(new Setting(key, path, SettingKind.Text, UsualOf<TOptions>(path), summary, 0, most, allows));

    private static IServiceCollection Add<TOptions>(this IServiceCollection services, Setting setting)
        where TOptions : class
    {
        services.TryAddSingleton<IOptions<TOptions>, FollowingOptions<TOptions>>();
        return services.AddSingleton(setting);
    }

    private static string UsualOf<TOptions>(string path)
        where TOptions : class, new() =>
        Convert.ToString(typeof(TOptions).GetProperty(path.Split(':')[^1])!.GetValue(new TOptions()), CultureInfo.InvariantCulture) ?? "";

    /// <summary>Options as they are now, where the framework's own are as they were at the start.</summary>
    private sealed class FollowingOptions<TOptions>(IOptionsMonitor<TOptions> present) : IOptions<TOptions>
        where TOptions : class
    {
        public TOptions Value => present.CurrentValue;
    }
}
