using Npgsql;

namespace Careline.PrivateCluster;

// The server that runs on a data folder already, whoever started it.
internal static class RunningCluster
{
    // Null when none runs. One that is starting (it may be recovering from a crash) or stopping is waited for.
    public static async Task<Postmaster?> WaitForReadyAsync(CarelineFolder folder, CancellationToken ct)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (Postmaster.ReadAlive(folder) is { } postmaster)
        {
            if (postmaster.IsReady)
            {
                await RequireAnswerAsync(folder, postmaster, ct);
                return postmaster;
            }

            await timer.WaitForNextTickAsync(ct);
        }

        return null;
    }

    private static async Task RequireAnswerAsync(CarelineFolder folder, Postmaster postmaster, CancellationToken ct)
    {
        try
        {
            await using var connection = new NpgsqlConnection(Cluster.ConnectionStringOf(postmaster, "postgres") + ";Pooling=false");
            await connection.OpenAsync(ct);
        }
        catch (NpgsqlException) when (Postmaster.ReadAlive(folder) is null)
        {
            // It ended between the look and the call: the caller's next look will see.
        }
        catch (NpgsqlException e)
        {
            throw new StartFailure(
                $"A PostgreSQL server runs on {folder.Cluster} (process {postmaster.ProcessId}) but does not answer in {postmaster.SocketFolder} "
                + $"({e.Message}): stop it with 'kill -INT {postmaster.ProcessId}', then start again.");
        }
    }
}
