using System.Globalization;
using Careline.Prescriptions.Contracts;

namespace Careline.Host.CommandLine;

internal static class CommandParser
{
    private const int MostNodes = 32;

    public static Command Parse(string[] args) => args switch
    {
        [] => new Command.Misuse("A command is missing.", Usage.Careline),
        ["--help" or "-h" or "help", ..] => new Command.Help(Usage.Careline),
        ["up", .. var rest] => Up(rest),
        ["serve", .. var rest] => Serve(rest),
        ["cli", .. var rest] => Cli(rest),
        [var unknown, ..] => new Command.Misuse($"'{unknown}' is not a command of careline.", Usage.Careline),
    };

    private static Command Cli(string[] args) => args switch
    {
        [] => new Command.Misuse("A command is missing.", Usage.Cli),
        ["--help" or "-h" or "help", ..] => new Command.Help(Usage.Cli),
        ["migrate", .. var rest] => WithoutOptions(rest, Usage.Migrate, new Command.Migrate()),
        ["seed", .. var rest] => Seed(rest),
        ["create-admin", .. var rest] => CreateAdmin(rest),
        ["verify-audit", .. var rest] => WithoutOptions(rest, Usage.VerifyAudit, new Command.VerifyAudit()),
        ["rotate-keys", .. var rest] => WithoutOptions(rest, Usage.RotateKeys, new Command.RotateKeys()),
        ["check-files", .. var rest] => WithoutOptions(rest, Usage.CheckFiles, new Command.CheckFiles()),
        ["verify-prescription", .. var rest] => VerifyPrescription(rest),
        ["import-results", .. var rest] => ImportResults(rest),
        [var verb, .. var rest] when TableCommands.All.Contains(verb) => Tables(verb, rest),
        ["reconcile", .. var rest] => WithoutOptions(rest, Usage.Reconcile, new Command.Reconcile()),
        ["openapi", .. var rest] => WithoutOptions(rest, Usage.OpenApi, new Command.OpenApi()),
        ["doctor", .. var rest] => WithoutOptions(rest, Usage.Doctor, new Command.Doctor()),
        [var unknown, ..] => new Command.Misuse($"'{unknown}' is not a command of careline cli.", Usage.Cli),
    };

    private static Command Up(string[] args)
    {
        var options = OptionReader.Read(args, Usage.Up, valued: ["--nodes"]);
        if (options.Verdict is { } verdict)
        {
            return verdict;
        }

        var nodes = 1;
        return options["--nodes"] is { } text
            && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out nodes) || nodes is < 1 or > MostNodes)
            ? new Command.Misuse($"--nodes takes a whole number from 1 to {MostNodes}, not '{text}'.", Usage.Up)
            : new Command.Up(nodes);
    }

    private static Command Serve(string[] args)
    {
        var options = OptionReader.Read(args, Usage.Serve, flags: ["--supervised"]);
        return options.Verdict ?? new Command.Serve(options.Has("--supervised"));
    }

    private static Command Seed(string[] args)
    {
        var options = OptionReader.Read(args, Usage.Seed, valued: ["--scale"]);
        return options.Verdict ?? (options["--scale"] switch
        {
            null or "small" => new Command.Seed("small"),
            "large" => new Command.Seed("large"),
            var other => new Command.Misuse($"--scale takes small or large, not '{other}'.", Usage.Seed),
        });
    }

    private static Command CreateAdmin(string[] args)
    {
        var options = OptionReader.Read(args, Usage.CreateAdmin, valued: ["--email", "--password"], flags: ["--superadmin"]);
        return options.Verdict ?? ((options["--email"], options["--password"]) switch
        {
            (null, _) => new Command.Misuse("--email is missing.", Usage.CreateAdmin),
            (_, null) => new Command.Misuse("--password is missing.", Usage.CreateAdmin),
            var (email, password) => new Command.CreateAdmin(email, password, options.Has("--superadmin")),
        });
    }

    private static Command VerifyPrescription(string[] args)
    {
        var options = OptionReader.Read(args, Usage.VerifyPrescription, valued: ["--key", "--text"]);
        return options.Verdict ?? (options["--key"] is { } key
            ? new Command.VerifyPrescription(key, options["--text"])
            : new Command.Misuse("--key is missing.", Usage.VerifyPrescription));
    }

    private static Command ImportResults(string[] args) => args switch
    {
        [var file] when !file.StartsWith('-') => new Command.ImportResults(file),
        ["--help" or "-h", ..] => new Command.Help(Usage.ImportResults),
        _ => new Command.Misuse("import-results takes one file.", Usage.ImportResults),
    };

    private static Command Tables(string verb, string[] args) => args switch
    {
        ["--help" or "-h", ..] => new Command.Help(TableCommands.Usage),
        [] when verb == TableCommands.Check => new Command.Tables(verb, null),
        [{ Length: > 0 } path] when !path.StartsWith('-') => new Command.Tables(verb, path),
        _ => new Command.Misuse($"{verb} takes one {(verb == TableCommands.Check ? "folder, or nothing" : "file")}.", TableCommands.Usage),
    };

    private static Command WithoutOptions(string[] args, string usage, Command command) =>
        OptionReader.Read(args, usage).Verdict ?? command;
}
