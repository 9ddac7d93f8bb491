namespace Careline.Payments.Reconciling;

/// <summary>Work that was claimed to be done by this host alone, several at once, each in a scope of its own.</summary>
internal static class DueWork
{
    /// <summary>For how long what a host claimed is its own; if it dies, another one takes it after that.</summary>
    public static readonly TimeSpan Claim = TimeSpan.FromMinutes(2);

    public static Task EachAsync<TWorker>(IServiceProvider scope, IEnumerable<Guid> claimed, int atOnce, Func<TWorker, Guid, CancellationToken, Task> work, CancellationToken ct)
        where TWorker : notnull
    {
        var scopes = scope.GetRequiredService<IServiceScopeFactory>();
        return Parallel.ForEachAsync(claimed, new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = ct }, async (id, stop) =>
        {
            await using var own = scopes.CreateAsyncScope();
            await work(own.ServiceProvider.GetRequiredService<TWorker>(), id, stop);
        });
    }
}
