namespace Careline.Host.CommandLine;

// Reads `--name value`, `--name=value` and flags. Whatever it does not know is a mistake: a misspelt option that is
// silently dropped would start something other than what was asked for.
internal sealed class OptionReader
{
    private readonly Dictionary<string, string?> found = [];

    private OptionReader()
    {
    }

    // Help or a mistake: the answer when there is nothing to run.
    public Command? Verdict { get; private set; }

    public string? this[string name] => found.GetValueOrDefault(name);

    public bool Has(string flag) => found.ContainsKey(flag);

    public static OptionReader Read(string[] args, string usage, string[]? valued = null, string[]? flags = null)
    {
        var reader = new OptionReader();
        if (args.Contains("--help") || args.Contains("-h"))
        {
            reader.Verdict = new Command.Help(usage);
            return reader;
        }

        var mistake = reader.Collect(new Queue<string>(args), valued ?? [], flags ?? []);
        reader.Verdict = mistake is null ? null : new Command.Misuse(mistake, usage);
        return reader;
    }

    private string? Collect(Queue<string> args, string[] valued, string[] flags)
    {
        while (args.TryDequeue(out var argument))
        {
            var cut = argument.IndexOf('=', StringComparison.Ordinal);
            var (name, value) = cut < 0 ? (argument, null) : (argument[..cut], argument[(cut + 1)..]);
            var takesValue = valued.Contains(name);
            if (!takesValue && !(flags.Contains(name) && value is null))
            {
                // Only the name is repeated: what follows the sign may be a password.
                return $"'{name}' is not understood here.";
            }

            // A value that begins with two dashes is more likely the next option; `--name=--value` says it is not.
            if (takesValue && value is null && args.TryPeek(out var next) && !next.StartsWith("--", StringComparison.Ordinal))
            {
                value = args.Dequeue();
            }

            if (takesValue && string.IsNullOrEmpty(value))
            {
                return $"{name} needs a value.";
            }

            if (!found.TryAdd(name, value))
            {
                return $"{name} is given twice.";
            }
        }

        return null;
    }
}
