using System.Globalization;
using Npgsql;

namespace Careline.Host.Database;

// libpq's names for what Npgsql calls otherwise. An unknown name is refused: silently dropping, say, a misspelt sslmode
// would send health records over an unencrypted line.
internal static class DatabaseUrlParameter
{
    public static void Set(NpgsqlConnectionStringBuilder settings, string name, string value)
    {
        try
        {
            Assign(settings, name, value);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or OverflowException)
        {
            throw DatabaseUrl.Wrong($"has an impossible value for {name}");
        }
    }

    private static void Assign(NpgsqlConnectionStringBuilder settings, string name, string value)
    {
        switch (name)
        {
            case "host": settings.Host = value; break;
            case "port": settings.Port = int.Parse(value, NumberStyles.None, CultureInfo.InvariantCulture); break;
            case "user": settings.Username = value; break;
            case "password": settings.Password = value; break;
            case "dbname": settings.Database = value; break;
            case "sslmode": settings.SslMode = SslModeOf(value); break;
            case "sslrootcert": settings.RootCertificate = value; break;
            case "sslcert": settings.SslCertificate = value; break;
            case "sslkey": settings.SslKey = value; break;
            case "options": settings.Options = value; break;
            case "application_name": settings.ApplicationName = value; break;
            case "connect_timeout": settings.Timeout = int.Parse(value, NumberStyles.None, CultureInfo.InvariantCulture); break;
            case "target_session_attrs": settings.TargetSessionAttributes = value; break;
            case "channel_binding": settings.ChannelBinding = Enum.Parse<ChannelBinding>(value, ignoreCase: true); break;
            default: throw DatabaseUrl.Wrong("has a parameter that is not known here");
        }
    }

    private static SslMode SslModeOf(string value) => value switch
    {
        "disable" => SslMode.Disable,
        "allow" => SslMode.Allow,
        "prefer" => SslMode.Prefer,
        "require" => SslMode.Require,
        "verify-ca" => SslMode.VerifyCA,
        "verify-full" => SslMode.VerifyFull,
        _ => throw new FormatException(),
    };
}
