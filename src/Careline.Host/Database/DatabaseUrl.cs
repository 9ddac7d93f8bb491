using System.Buffers;
using System.Text;
using Npgsql;

namespace Careline.Host.Database;

// Translates a PostgreSQL connection URI (libpq, section 34.1.1.2) into the key-value form Npgsql reads. System.Uri cannot:
// it refuses several hosts and percent-encoded socket folders. Messages never repeat the value, which holds a password.
internal static class DatabaseUrl
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static string Translate(string url)
    {
        var rest = WithoutScheme(url);
        var (location, query) = Cut(rest, '?');
        var (authority, path) = Cut(location, '/');
        var at = authority.LastIndexOf('@');
        var settings = new NpgsqlConnectionStringBuilder { Username = Environment.UserName };
        if (at >= 0)
        {
            var (user, password) = Cut(authority[..at], ':');
            SetIfGiven(settings, "user", user);
            SetIfGiven(settings, "password", password);
        }

        SetHosts(settings, authority[(at + 1)..]);
        SetIfGiven(settings, "dbname", path);
        foreach (var pair in (query ?? "").Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = Cut(pair, '=');
            DatabaseUrlParameter.Set(settings, Decode(name), Decode(value ?? throw Wrong("has a parameter without a value")));
        }

        return string.IsNullOrEmpty(settings.Host) ? throw Wrong("names no host") : settings.ConnectionString;
    }

    internal static StartFailure Wrong(string what) => new(
        $"DATABASE_URL {what}; it must look like postgres://user:password@host:5432/careline, "
        + "with special characters percent-encoded.",
        StartFailure.Configuration);

    private static string WithoutScheme(string url)
    {
        foreach (var scheme in (string[])["postgres://", "postgresql://"])
        {
            if (url.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
            {
                return url[scheme.Length..];
            }
        }

        throw Wrong("does not begin with postgres://");
    }

    private static void SetHosts(NpgsqlConnectionStringBuilder settings, string authority)
    {
        if (authority.Length == 0)
        {
            return;
        }

        // One port for all goes into Port; with several hosts Npgsql reads host:port pairs, as the URI writes them.
        var hosts = authority.Split(',');
        if (hosts.Length > 1)
        {
            settings.Host = string.Join(',', hosts.Select(host => Decode(host)));
            return;
        }

        var bracket = authority.LastIndexOf(']');
        var colon = authority.IndexOf(':', bracket + 1);
        SetIfGiven(settings, "host", (colon < 0 ? authority : authority[..colon]).Trim('[', ']'));
        SetIfGiven(settings, "port", colon < 0 ? null : authority[(colon + 1)..]);
    }

    private static void SetIfGiven(NpgsqlConnectionStringBuilder settings, string name, string? encoded)
    {
        if (!string.IsNullOrEmpty(encoded))
        {
            DatabaseUrlParameter.Set(settings, name, Decode(encoded));
        }
    }

    private static (string Before, string? After) Cut(string text, char sign)
    {
        var index = text.IndexOf(sign, StringComparison.Ordinal);
        return index < 0 ? (text, null) : (text[..index], text[(index + 1)..]);
    }

    // A plus sign stays a plus sign, as in libpq. Uri.UnescapeDataString would let broken sequences through unchanged.
    private static string Decode(string encoded)
    {
        var bytes = Encoding.UTF8.GetBytes(encoded);
        var length = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] != '%')
            {
                bytes[length++] = bytes[i];
                continue;
            }

            var hexadecimal = bytes.AsSpan(i + 1, Math.Min(2, bytes.Length - i - 1));
            if (Convert.FromHexString(hexadecimal, bytes.AsSpan(length), out _, out var written) != OperationStatus.Done || written != 1 || bytes[length] == 0)
            {
                throw Wrong("has a broken percent-encoding");
            }

            length++;
            i += 2;
        }

        try
        {
            return StrictUtf8.GetString(bytes, 0, length);
        }
        catch (DecoderFallbackException)
        {
            throw Wrong("has a broken percent-encoding");
        }
    }
}
