using Careline.Host.CommandLine;
using Careline.Host.Demo;

namespace Careline.Host.Supervision;

// What the person at the terminal reads once everything answers.
internal static class StartBanner
{
    public static void Show(IReadOnlyList<string> addresses, bool withDemo)
    {
        foreach (var address in addresses)
        {
            Terminal.Say($"careline: ready at {address}/");
        }

        Terminal.Say($"careline: the API is described and can be tried at {addresses[0]}/api/docs/");
        if (withDemo)
        {
            Terminal.Say("careline: demo people sign in as");
            foreach (var line in DemoSignIns.Lines)
            {
                Terminal.Say($"careline:   {line}");
            }
        }

        Terminal.Say("careline: Ctrl-C stops everything.");
    }
}
