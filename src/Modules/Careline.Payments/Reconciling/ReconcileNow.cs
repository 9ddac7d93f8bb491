using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;

namespace Careline.Payments.Reconciling;

internal static class ReconcileNow
{
    public static void Map(RouteGroupBuilder payments) => payments.MapPost("/reconcile/", Handle)
        .Named("ReconcilePayments", "Compares the books with the gateways and with themselves now, and heals what webhooks missed.")
        .ForRoles(Roles.Administrators).WithOwnTransaction().LimitedAsAuth(countsSuccess: true);

    private static async Task<Answer<ReconciliationReport>> Handle(IReconciliation reconciliation, AuditTrail trail, CarelineDb db, CancellationToken ct)
    {
        trail.Because("payment");
        var report = await reconciliation.RunAsync(ct);
        await db.SaveChangesAsync(ct);
        return Answer.Ok(report, report.IsSound ? "The books are sound." : "The books are not sound: see what is named.");
    }
}
