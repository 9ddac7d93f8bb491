using Npgsql;

namespace Careline.Platform.Data;

/// <summary>What the database said, however often it was wrapped on its way: a save wraps it once, and once more when the error may pass.</summary>
public static class PostgresError
{
    /// <summary>The database's own error within <paramref name="error"/>; null when it said nothing.</summary>
    public static PostgresException? In(Exception error)
    {
        for (Exception? at = error; at is not null; at = at.InnerException)
        {
            if (at is PostgresException said)
            {
                return said;
            }
        }

        return null;
    }
}
