using Npgsql;

namespace Careline.PrivateCluster;

internal static class ClusterRoles
{
    // Makes what is missing. The folder's owner gets a role of the same name, so that plain psql opens the cluster for them.
    public static async Task EnsureAsync(Cluster cluster, string database, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(cluster.ConnectionString("postgres") + ";Pooling=false");
        await connection.OpenAsync(ct);
        foreach (var owner in new[] { "postgres", PostgresAccount.OfProcess().Name, Environment.UserName }.Distinct())
        {
            await RunDraftAsync(
                connection,
                "SELECT format('CREATE ROLE %I SUPERUSER LOGIN', @name::text) WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = @name)",
                owner,
                ct);
        }

        await RunDraftAsync(
            connection,
            "SELECT format('CREATE DATABASE %I', @name::text) WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = @name)",
            database,
            ct);
    }

    // CREATE takes no parameters: the server quotes the name into a statement, which then runs when there is one.
    private static async Task RunDraftAsync(NpgsqlConnection connection, string draft, string name, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants above, and what format('%I') made of a name.
        command.CommandText = draft;
        command.Parameters.AddWithValue("name", name);
        if (await command.ExecuteScalarAsync(ct) is string statement)
        {
            await using var create = new NpgsqlCommand(statement, connection);
            await create.ExecuteNonQueryAsync(ct);
        }
#pragma warning restore CA2100
    }
}
