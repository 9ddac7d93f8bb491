using Careline.Audit.Contracts;

namespace Careline.Host.CommandLine;

// `cli verify-audit`: says in a sentence what the walk along the chain found.
internal static class AuditCheck
{
    public static async Task<int> RunAsync(WebApplication app, CancellationToken ct)
    {
        await CarelineApplication.MigrateAsync(app, ct);
        var verdict = await app.Services.GetRequiredService<IAuditSeal>().VerifyAsync(ct);
        if (verdict.Broken is { } broken)
        {
            Terminal.Answer($"BAD  {Describe(broken)} {verdict.Whole} rows before it are whole.");
            return StartFailure.Failed;
        }

        Terminal.Answer($"ok   {verdict.Whole} rows of the audit are whole.");
        return 0;
    }

    internal static string Describe(BrokenSeal broken) => broken.Tampering switch
    {
        Tampering.Changed => $"position {broken.Position}, event {broken.EventId}: changed after it was sealed.",
        Tampering.MissingEvent => $"position {broken.Position}, event {broken.EventId}: missing event, its seal is there.",
        Tampering.MissingSeal => $"position {broken.Position}: missing seal.",
        Tampering.Swapped => $"position {broken.Position}, event {broken.EventId}: swapped with another row.",
        _ => $"event {broken.EventId}: inserted, it is older than a minute and was never sealed.",
    };
}
