using Careline.Patients.Grants;
using Careline.Patients.Notices;

namespace Careline.Patients.Proxies;

/// <summary>What a link opens, and what was opened by it.</summary>
internal sealed class ProxyEffects(CarelineDb db, ICareRelationships care, PatientNotices notices)
{
    /// <summary>
    /// Lets everything follow a link that was accepted, changed or ended. A grant lasts no longer than the right by which it was given: who may not
    /// read any more must not go on reading through a doctor of their choice. Nor through somebody whom they asked to act for the patient: with a link the
    /// links and invitations end that it gave, and whoever acted by one is told, unless the link was given up by its own holder.
    /// </summary>
    public async Task FollowAsync(Proxy proxy, CancellationToken ct, bool endsInvited = true)
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

        if (endsInvited && proxy.EndedAt is not null)
        {
            await EndInvitedAsync(proxy.PatientId, who, ct);
        }
    }

    /// <summary>Keeps a proxy's links from being ended or narrowed until the transaction ends: what it opens is then seen by whoever ends them.</summary>
    public static Task HoldAsync(CarelineDb db, Guid patientId, Guid accountId, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"SELECT 1 FROM patients.proxies WHERE patient_id = {patientId} AND account_id = {accountId} AND ended_at IS NULL FOR SHARE", ct);

    private async Task EndInvitedAsync(Guid patientId, Guid invitedBy, CancellationToken ct)
    {
        var invited = await db.Set<Proxy>()
            .FromSql($"SELECT * FROM patients.proxies WHERE patient_id = {patientId} AND invited_by = {invitedBy} AND ended_at IS NULL ORDER BY id FOR NO KEY UPDATE")
            .AsTracking().ToListAsync(ct);

        // What ends in this transaction already is not saved yet: the database still names it.
        foreach (var link in invited.Where(p => p.EndedAt is null))
        {
            link.End(db.Now);
            if (link.AccountId is { } who)
            {
                await notices.ToAccountAsync(who, PatientNotices.OfRecord("patients.proxy_ended"), ct);
            }

            await FollowAsync(link, ct);
        }
    }
}
