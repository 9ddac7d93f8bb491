using Careline.Payments.Contracts;

namespace Careline.Host.CommandLine;

// `cli reconcile`: compares the books with the gateways and with themselves, and says in some lines what was found.
internal static class Reconcile
{
    public static async Task<int> RunAsync(WebApplication app, CancellationToken ct)
    {
        await CarelineApplication.MigrateAsync(app, ct);
        await using var scope = app.Services.CreateAsyncScope();
        var report = await scope.ServiceProvider.GetRequiredService<IReconciliation>().RunAsync(ct);
        Terminal.Answer($"ok   {report.Asked} payments asked about, {report.Healed} turned out to be paid, {report.Open} are open; {report.Refunds} refunds told or asked about.");
        if (report.Discrepancies > 0)
        {
            Terminal.Answer($"look {report.Discrepancies} discrepancies wait for somebody: GET /api/payments/discrepancies/?is_resolved=false");
        }

        Name("do not balance", report.Unbalanced);
        Name("are marked paid without a posting, or posted without being marked", report.Unposted);
        Name("gave more back than came", report.Overdrawn);
        return report.IsSound ? 0 : StartFailure.Failed;
    }

    private static void Name(string fault, IReadOnlyList<string> which)
    {
        if (which.Count > 0)
        {
            Terminal.Answer($"BAD  {string.Join(", ", which)} {fault}.");
        }
    }
}
