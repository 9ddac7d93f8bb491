using Careline.Patients.Contracts;
using Careline.Patients.Grants;
using Careline.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace Careline.Patients.Proxies;

/// <summary>What a link opens, and what was opened by it.</summary>
internal static class ProxyEffects
{
    /// <summary>
    /// Lets the clinical record follow a link that was accepted, changed or ended. A grant lasts no longer than the right by which it was given: who may not
    /// read any more must not go on reading through a doctor of their choice.
    /// </summary>
    public static async Task FollowAsync(CarelineDb db, ICareRelationships care, Proxy proxy, CancellationToken ct)
    {
        if (proxy.AccountId is not { } who)
        {
            return;
        }

        var reads = proxy.EndedAt is null && proxy.CanRead;
        await (reads ? care.OpenAsync(proxy.Opening(), ct) : care.CloseAsync(proxy.Id, ct));
        if ((reads ? proxy.ValidUntil : db.Now) is { } end)
        {
            await AccessGrant.EndAsync(db, (proxy.PatientId, who), end, ct);
        }
    }

    /// <summary>Keeps a proxy's links from being ended or narrowed until the transaction ends: what it opens is then seen by whoever ends them.</summary>
    public static Task HoldAsync(CarelineDb db, Guid patientId, Guid accountId, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"SELECT 1 FROM patients.proxies WHERE patient_id = {patientId} AND account_id = {accountId} AND ended_at IS NULL FOR SHARE", ct);
}
