namespace Careline.Files.Working;

/// <summary>Wakes this host's worker as soon as a file came.</summary>
internal sealed class WorkBell : IDisposable
{
    private readonly SemaphoreSlim _bell = new(0, 1);

    public void Ring()
    {
        try
        {
            _bell.Release();
        }
        catch (SemaphoreFullException)
        {
            // Already ringing: the worker will see this file too.
        }
    }

    public Task WaitAsync(TimeSpan atMost, CancellationToken ct) => _bell.WaitAsync(atMost, ct);

    public void Dispose() => _bell.Dispose();
}
