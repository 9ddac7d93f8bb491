namespace Careline.Sockets.Contracts;

/// <summary>How much may be sent within ten seconds: counted in fixed windows.</summary>
/// <param name="most">Within a window; 0 means without end.</param>
/// <param name="clock">Whose timestamps count, which nobody moves.</param>
public sealed class FrameBudget(int most, TimeProvider clock)
{
    private static readonly TimeSpan _window = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private long _began = clock.GetTimestamp();
    private int _taken;

    /// <summary>Whether the window in which something was taken is over, so that nothing is known any more.</summary>
    public bool IsOver
    {
        get
        {
            lock (_lock)
            {
                return clock.GetElapsedTime(_began) >= _window;
            }
        }
    }

    /// <summary>Takes one, and answers whether it was still there.</summary>
    public bool TryTake()
    {
        if (most == 0)
        {
            return true;
        }

        lock (_lock)
        {
            var now = clock.GetTimestamp();
            if (clock.GetElapsedTime(_began, now) >= _window)
            {
                (_began, _taken) = (now, 0);
            }

            return ++_taken <= most;
        }
    }
}
