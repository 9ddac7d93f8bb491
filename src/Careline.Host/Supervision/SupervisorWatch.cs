using Careline.Host.CommandLine;

namespace Careline.Host.Supervision;

// Ends this process when its supervisor is gone. The kernel's own signal for that (PR_SET_PDEATHSIG) follows the death of
// the thread that started us, and .NET's pool lets its threads go at any time; a pipe follows the process.
internal static class SupervisorWatch
{
    // The next `up` waits about as long for the port.
    private static readonly TimeSpan TimeToFinish = TimeSpan.FromSeconds(3);

    public static void Start(CancellationTokenSource orphaned)
    {
        var thread = new Thread(() =>
        {
            var input = Terminal.Input;
            Span<byte> ignored = stackalloc byte[64];
            while (input.Read(ignored) > 0)
            {
            }

            orphaned.CancelAsync();
            Thread.Sleep(TimeToFinish);
            Environment.Exit(StartFailure.Failed);
        })
        {
            IsBackground = true,
            Name = "supervisor watch",
        };
        thread.Start();
    }
}
