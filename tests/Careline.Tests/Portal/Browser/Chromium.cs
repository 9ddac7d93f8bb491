using Microsoft.Playwright;

namespace Careline.Tests.Portal.Browser;

/// <summary>The browser of the machine: none is downloaded.</summary>
internal static class Chromium
{
    private const string Variable = "CARELINE_CHROMIUM";

    private static readonly string[] _names = ["chromium", "chromium-browser", "google-chrome"];

    private static readonly Lazy<string?> _program = new(Find);

    public static string? Program => _program.Value;

    /// <summary>Skips the test where there is no browser.</summary>
    public static void OrSkip() => Assert.SkipWhen(
        Program is null, $"No Chromium is here: install the package chromium (apt-get install chromium), or name the program in {Variable}.");

    public static Task<IBrowser> StartAsync(IPlaywright playwright) => playwright.Chromium.LaunchAsync(new()
    {
        ExecutablePath = Program,
        Args =
        [
            "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", "--autoplay-policy=no-user-gesture-required", "--mute-audio", "--disable-gpu", "--disable-dev-shm-usage",
        ],
    });

    private static string? Find()
    {
#pragma warning disable RS0030 // Settings of the tests, not of the application.
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
        {
            return File.Exists(named) ? named : throw new InvalidOperationException($"{Variable} names {named}, which is not there.");
        }

        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
#pragma warning restore RS0030
        return _names.SelectMany(name => folders.Select(folder => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
    }
}
