using Npgsql;

namespace Careline.Host.Database;

// The operator's own PostgreSQL server, when one is named; without one the host keeps a private cluster.
internal static class OwnServer
{
    public static string? ConnectionString(Surroundings surroundings)
    {
        if (surroundings["DATABASE_URL"] is { } url)
        {
            return DatabaseUrl.Translate(url);
        }

        if (surroundings["ConnectionStrings__Careline"] is not { } given)
        {
            return null;
        }

        try
        {
            return new NpgsqlConnectionStringBuilder(given).ConnectionString;
        }
        catch (ArgumentException)
        {
            throw new StartFailure(
                "ConnectionStrings__Careline is not a connection string that Npgsql reads, such as Host=db;Username=careline;Database=careline.",
                StartFailure.Configuration);
        }
    }
}
