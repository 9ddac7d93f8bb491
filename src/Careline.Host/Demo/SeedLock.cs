using Npgsql;

namespace Careline.Host.Demo;

// One at a time makes demo people, however many hosts start at once; the others wait and find them there.
internal sealed class SeedLock : IAsyncDisposable
{
    private const long Key = 0x43_41_52_45_44_45_4D_4F;

    private readonly NpgsqlConnection _connection;

    private SeedLock(NpgsqlConnection connection) => _connection = connection;

    public static async Task<SeedLock> TakeAsync(string connectionString, CancellationToken ct)
    {
        // The lock lives as long as its connection, which therefore never goes back to a pool.
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        try
        {
            await connection.OpenAsync(ct);
            await using var command = new NpgsqlCommand("SELECT pg_advisory_lock($1)", connection) { CommandTimeout = 0 };
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = Key });
            await command.ExecuteNonQueryAsync(ct);
            return new SeedLock(connection);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
