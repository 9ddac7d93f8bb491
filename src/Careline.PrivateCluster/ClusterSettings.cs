using System.Globalization;
using System.Text;

namespace Careline.PrivateCluster;

// The server's settings. They are written anew at every start, so that an upgrade of Careline can change them;
// what the operator wants otherwise goes into postgresql.local.conf beside the file, which is read last.
internal sealed record ClusterSettings(IReadOnlyDictionary<string, string> Overrides)
{
    public const int Port = 5432;

    public static ClusterSettings Default { get; } = new(new Dictionary<string, string>());

    public bool IsDurable => Overrides.GetValueOrDefault("fsync") != "off";

    public string Text(CarelineFolder folder)
    {
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1024 * 1024);
        var settings = new Dictionary<string, string>
        {
            ["listen_addresses"] = "",
            ["unix_socket_directories"] = folder.Socket,
            ["unix_socket_permissions"] = "0700",
            ["port"] = Port.ToString(CultureInfo.InvariantCulture),
            ["max_connections"] = "120",
            ["shared_buffers"] = Megabytes(Math.Clamp(memory / 8, 64, 512)),
            ["effective_cache_size"] = Megabytes(Math.Clamp(memory / 2, 256, 8192)),
            ["random_page_cost"] = "1.1",
            ["jit"] = "off",
            ["fsync"] = "on",
            ["synchronous_commit"] = "on",
            ["timezone"] = "UTC",
            ["log_timezone"] = "UTC",
            ["default_text_search_config"] = "pg_catalog.english",
            ["log_line_prefix"] = "%m [%p] ",

            // An error's text and detail quote the values that were sent, which may be a patient's. The host logs its code.
            ["log_min_messages"] = "log",
            ["log_error_verbosity"] = "terse",
            ["log_min_error_statement"] = "panic",
            ["log_checkpoints"] = "off",
        };
        foreach (var (name, value) in Overrides)
        {
            settings[name] = value;
        }

        var text = new StringBuilder("# Written by Careline at every start: changes belong into postgresql.local.conf.\n");
        foreach (var (name, value) in settings)
        {
            text.Append(CultureInfo.InvariantCulture, $"{name} = '{value}'\n");
        }

        return text.Append("include_if_exists = 'postgresql.local.conf'\n").ToString();
    }

    private static string Megabytes(long count) => string.Create(CultureInfo.InvariantCulture, $"{count}MB");
}
