using Npgsql;

namespace Careline.Platform.Data;

/// <summary>
/// Connections beside the pool, for statements that have to do with PostgreSQL's own types only. A source asks the server for all others when it is first
/// used, which takes both sides longer than what such a connection is made for at a start.
/// </summary>
public static class PlainSource
{
    /// <summary>A source of such connections.</summary>
    public static NpgsqlDataSource Create(string connectionString) =>
        new NpgsqlDataSourceBuilder(connectionString).ConfigureTypeLoading(types => types.EnableTypeLoading(false)).Build();
}
