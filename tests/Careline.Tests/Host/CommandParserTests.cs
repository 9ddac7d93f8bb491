namespace Careline.Tests.Host;

public sealed class CommandParserTests
{
    [Fact]
    public void Commands_are_understood()
    {
        CommandParser.Parse(["up"]).ShouldBe(new Command.Up(1));
        CommandParser.Parse(["up", "--nodes", "3"]).ShouldBe(new Command.Up(3));
        CommandParser.Parse(["up", "--nodes=3"]).ShouldBe(new Command.Up(3));
        CommandParser.Parse(["serve", "--supervised"]).ShouldBe(new Command.Serve(true));
        CommandParser.Parse(["cli", "migrate"]).ShouldBe(new Command.Migrate());
        CommandParser.Parse(["cli", "seed"]).ShouldBe(new Command.Seed("small"));
        CommandParser.Parse(["cli", "seed", "--scale", "large"]).ShouldBe(new Command.Seed("large"));
        CommandParser.Parse(["cli", "create-admin", "--superadmin", "--email", "a@b.example", "--password=--x=y"])
            .ShouldBe(new Command.CreateAdmin("a@b.example", "--x=y", true));
        CommandParser.Parse(["cli", "verify-audit"]).ShouldBe(new Command.VerifyAudit());
        CommandParser.Parse(["cli", "rotate-keys"]).ShouldBe(new Command.RotateKeys());
        CommandParser.Parse(["cli", "openapi"]).ShouldBe(new Command.OpenApi());
        CommandParser.Parse(["cli", "check-files"]).ShouldBe(new Command.CheckFiles());
        CommandParser.Parse(["cli", "import-results", "results.hl7"]).ShouldBe(new Command.ImportResults("results.hl7"));
        CommandParser.Parse(["cli", "verify-prescription", "--key", "AA=="]).ShouldBe(new Command.VerifyPrescription("AA==", null));
        CommandParser.Parse(["cli", "check-safety-data"]).ShouldBe(new Command.Tables("check-safety-data", null));
        CommandParser.Parse(["cli", "check-safety-data", "/tables"]).ShouldBe(new Command.Tables("check-safety-data", "/tables"));
        CommandParser.Parse(["cli", "import-medicines", "list.csv"]).ShouldBe(new Command.Tables("import-medicines", "list.csv"));
        CommandParser.Parse(["cli", "import-interactions", "rules.csv"]).ShouldBe(new Command.Tables("import-interactions", "rules.csv"));
        CommandParser.Parse(["cli", "doctor"]).ShouldBe(new Command.Doctor());
    }

    [Theory]
    [InlineData("--help", "careline <command>")]
    [InlineData("-h", "careline <command>")]
    [InlineData("up --help", "careline up")]
    [InlineData("up --nodes 2 -h", "careline up")]
    [InlineData("serve --help", "careline serve")]
    [InlineData("cli --help", "careline cli <command>")]
    [InlineData("cli migrate --help", "careline cli migrate")]
    [InlineData("cli seed -h", "careline cli seed")]
    [InlineData("cli create-admin --help", "careline cli create-admin")]
    [InlineData("cli verify-audit --help", "careline cli verify-audit")]
    [InlineData("cli rotate-keys --help", "careline cli rotate-keys")]
    [InlineData("cli openapi --help", "careline cli openapi")]
    [InlineData("cli check-files --help", "careline cli check-files")]
    [InlineData("cli import-results --help", "careline cli import-results")]
    [InlineData("cli import-medicines --help", "careline cli import-medicines")]
    [InlineData("cli verify-prescription --help", "careline cli verify-prescription")]
    [InlineData("cli doctor --help", "careline cli doctor")]
    public void Every_level_has_its_help(string line, string usage) =>
        CommandParser.Parse(line.Split(' ')).ShouldBeOfType<Command.Help>().Usage.ShouldStartWith($"Usage: {usage}");

    [Theory]
    [InlineData("", "A command is missing.")]
    [InlineData("start", "'start' is not a command of careline.")]
    [InlineData("up --node 2", "'--node' is not understood here.")]
    [InlineData("up 2", "'2' is not understood here.")]
    [InlineData("up --nodes", "--nodes needs a value.")]
    [InlineData("up --nodes=", "--nodes needs a value.")]
    [InlineData("up --nodes 0", "--nodes takes a whole number from 1 to 32, not '0'.")]
    [InlineData("up --nodes 33", "--nodes takes a whole number from 1 to 32, not '33'.")]
    [InlineData("up --nodes 1.5", "--nodes takes a whole number from 1 to 32, not '1.5'.")]
    [InlineData("up --nodes 99999999999", "--nodes takes a whole number from 1 to 32, not '99999999999'.")]
    [InlineData("up --nodes 2 --nodes 3", "--nodes is given twice.")]
    [InlineData("cli", "A command is missing.")]
    [InlineData("cli sead", "'sead' is not a command of careline cli.")]
    [InlineData("cli import-medicines", "import-medicines takes one file.")]
    [InlineData("cli import-medicines a b", "import-medicines takes one file.")]
    [InlineData("cli import-interactions --all", "import-interactions takes one file.")]
    [InlineData("cli check-safety-data a b", "check-safety-data takes one folder, or nothing.")]
    [InlineData("cli migrate now", "'now' is not understood here.")]
    [InlineData("cli seed --scale huge", "--scale takes small or large, not 'huge'.")]
    [InlineData("cli create-admin --password p", "--email is missing.")]
    [InlineData("cli create-admin --email a@b.example", "--password is missing.")]
    [InlineData("cli create-admin --email a@b.example --password --superadmin", "--password needs a value.")]
    [InlineData("cli create-admin --superadmin=yes", "'--superadmin' is not understood here.")]
    public void A_mistake_is_named(string line, string mistake) =>
        CommandParser.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ShouldBeOfType<Command.Misuse>().Mistake.ShouldBe(mistake);
}
