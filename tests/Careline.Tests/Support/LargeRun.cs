using System.Globalization;

namespace Careline.Tests.Support;

/// <summary>How often a promise is tried: a cut of it in the suite, all of it by the commands of bench/faults.</summary>
internal static class LargeRun
{
#pragma warning disable RS0030 // A setting of the tests, not of the application.
    public static int Of(string variable, int usual) => Given(variable) is { } given ? int.Parse(given, CultureInfo.InvariantCulture) : usual;

    /// <summary>What a command of bench/faults tells its tests, such as where a server listens that it started.</summary>
    public static string? Given(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } given ? given : null;
#pragma warning restore RS0030
}
