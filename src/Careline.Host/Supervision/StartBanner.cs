using Careline.Host.CommandLine;

namespace Careline.Host.Supervision;

// What the person at the terminal reads once everything answers.
internal static class StartBanner
{
    public static void Show(IReadOnlyList<string> addresses)
    {
        foreach (var address in addresses)
        {
            Terminal.Say($"careline: ready at {address}/");
        }

        Terminal.Say("careline: Ctrl-C stops everything.");
    }
}
