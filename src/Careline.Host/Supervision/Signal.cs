using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Careline.Host.Supervision;

internal static class Signal
{
    private const int Terminate = 15;

    // Process.Kill knows only the signal that leaves no time to finish a request.
    public static void AskToEnd(Process process)
    {
        if (!process.HasExited)
        {
            _ = Kill(process.Id, Terminate);
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int pid, int signal);
}
