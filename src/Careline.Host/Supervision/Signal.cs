using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Careline.Host.Supervision;

internal static class Signal
{
    private const int Interrupt = 2;
    private const int Terminate = 15;
    private const nint DefaultAction = 0;

    // Process.Kill knows only the signal that leaves no time to finish a request.
    public static void AskToEnd(Process process)
    {
        if (!process.HasExited)
        {
            _ = Kill(process.Id, Terminate);
        }
    }

    // A shell script that starts us with & has Ctrl-C ignored for us, and .NET keeps to that: then kill -INT would do nothing.
    public static void HeedInterrupt() => _ = Handle(Interrupt, DefaultAction);

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int pid, int signal);

    [DllImport("libc", EntryPoint = "signal")]
    private static extern nint Handle(int signal, nint action);
}
