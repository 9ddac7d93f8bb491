namespace Careline.Host.Supervision;

// How often something that keeps dying is started again. A long life in between makes up for what was before.
internal sealed class Patience
{
    public const int QuickFailures = 5;

    private static readonly TimeSpan QuickLife = TimeSpan.FromSeconds(10);

    private int quick;

    // How long to wait before the next try, or null when there is no point in another.
    public TimeSpan? After(TimeSpan life)
    {
        quick = life < QuickLife ? quick + 1 : 0;
        return quick >= QuickFailures ? null : TimeSpan.FromMilliseconds(250 * (1 << quick));
    }
}
