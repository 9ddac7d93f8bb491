using Npgsql;

namespace Careline.Tests.Support;

/// <summary>Holds up all who write to a table, or with <c>ACCESS EXCLUSIVE</c> those who read it too, so that what they saw before is certain to be old when they write.</summary>
internal sealed class WritersGate
{
    private readonly TestApp _app;
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;

    private WritersGate(TestApp app, NpgsqlConnection connection, NpgsqlTransaction transaction)
    {
        _app = app;
        _connection = connection;
        _transaction = transaction;
    }

    public static async Task<WritersGate> CloseAsync(TestApp app, string table, string mode = "EXCLUSIVE")
    {
        var connection = new NpgsqlConnection(app.ConnectionString);
        await connection.OpenAsync();
        var gate = new WritersGate(app, connection, await connection.BeginTransactionAsync());
        await gate.DoAsync($"LOCK TABLE {table} IN {mode} MODE");
        return gate;
    }

    /// <summary>Returns when as many wait, here or at a lock that one of them holds.</summary>
    public Task WaitedForByAsync(int waiting) => Eventually.HoldsAsync(async () => await WaitingAsync() >= waiting);

    /// <summary>How many wait, here or at a lock that one of them holds.</summary>
    public async Task<long> WaitingAsync() => (long)(await _app.SqlAsync(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"))!;

    /// <summary>Lets them go on, after a change that they have not seen.</summary>
    public async Task OpenAsync(string? change = null)
    {
        if (change is not null)
        {
            await DoAsync(change);
        }

        await _transaction.CommitAsync();
        await _connection.DisposeAsync();
    }

    private async Task DoAsync(string statement)
    {
#pragma warning disable CA2100 // Statements of tests.
        await using var command = new NpgsqlCommand(statement, _connection, _transaction);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
