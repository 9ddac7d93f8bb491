using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Careline.Tests.Support;

internal static class Eventually
{
    // Nobody waits for it but a test that fails: a busy machine may take a minute to start a host.
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    public static async Task HoldsAsync(Func<Task<bool>> condition, [CallerArgumentExpression(nameof(condition))] string? what = null)
    {
        var since = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(25));
        while (!await condition())
        {
            since.Elapsed.ShouldBeLessThan(Deadline, $"never came true: {what}");
            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }

    public static Task HoldsAsync(Func<bool> condition, [CallerArgumentExpression(nameof(condition))] string? what = null) =>
        HoldsAsync(() => Task.FromResult(condition()), what);
}
