using Careline.Analytics.Exports;
using Careline.Files.Contracts;
using Careline.Platform.Privacy;

namespace Careline.Analytics.Privacy;

/// <summary>
/// What people wanted counted says nothing of patients, and lists of theirs last days; who took one stands in each patient's access log. An erasure takes both away.
/// </summary>
internal static class ErasedExports
{
    public static async Task EraseAsync(CarelineDb db, IFiles files, PersonKeys person, CancellationToken ct)
    {
        var (account, patient) = (person.AccountId, person.PatientId);
        await ExpireExports.EndAsync(db, files, e => e.AccountId == account || (patient != null && e.PatientIds.Contains(patient.Value)), ct);
        await db.Database.ExecuteSqlAsync(
            $"UPDATE analytics.exports SET status = 'cancelled', due_at = NULL, claim = NULL, version = version + 1 WHERE account_id = {account} AND due_at IS NOT NULL", ct);
        await db.Database.ExecuteSqlAsync(
            $"DELETE FROM analytics.report_schedules WHERE account_id = {account} OR report_id IN (SELECT id FROM analytics.reports WHERE account_id = {account})", ct);
        await db.Database.ExecuteSqlAsync(
            $"UPDATE analytics.reports SET name = '', description = NULL, removed_at = coalesce(removed_at, {db.Now}), version = version + 1 WHERE account_id = {account}", ct);
    }
}
