#pragma warning disable RS0030 // The one place that speaks to the terminal; every other file of the host asks here.
namespace Careline.Host.CommandLine;

internal static class Terminal
{
    // Answers go to stdout, so that `careline cli openapi > file` holds nothing else.
    public static void Answer(string text) => Console.Out.WriteLine(text);

    // News about the start, the restarts and the end go to stderr, as does everything that is wrong.
    public static void Say(string text) => Console.Error.WriteLine(text);

    public static Stream Input => Console.OpenStandardInput();
}
