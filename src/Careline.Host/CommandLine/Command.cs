namespace Careline.Host.CommandLine;

// What was asked for, understood completely before anything is started.
internal abstract record Command
{
    internal sealed record Up(int Nodes) : Command;

    internal sealed record Serve(bool Supervised) : Command;

    internal sealed record Migrate : Command;

    internal sealed record Seed(string Scale) : Command;

    internal sealed record CreateAdmin(string Email, string Password, bool Superadmin) : Command;

    internal sealed record VerifyAudit : Command;

    internal sealed record RotateKeys : Command;

    internal sealed record CheckFiles : Command;

    internal sealed record VerifyPrescription(string PublicKey, string? Text) : Command;

    internal sealed record Tables(string Verb, string? Path) : Command;

    internal sealed record ImportResults(string File) : Command;

    internal sealed record Reconcile : Command;

    internal sealed record OpenApi : Command;

    internal sealed record Doctor : Command;

    internal sealed record Help(string Usage) : Command;

    internal sealed record Misuse(string Mistake, string Usage) : Command;
}
