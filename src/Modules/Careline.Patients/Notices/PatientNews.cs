using System.Linq.Expressions;
using Careline.Notifications.Contracts;

namespace Careline.Patients.Notices;

/// <inheritdoc />
internal sealed class PatientNews(CarelineDb db, INotifier notifier, IReaders readers, IPatientAddresses addresses) : IPatientNews
{
    public async Task TellAsync(Guid patientId, Notice notice, Expression<Func<ProxyRow, bool>> right, CancellationToken ct)
    {
        var now = db.Now;
        var address = (await addresses.OfAsync([patientId], ct)).GetValueOrDefault(patientId);
        var own = await db.Set<PatientRow>().Where(p => p.Id == patientId).Select(p => p.AccountId).FirstOrDefaultAsync(ct);
        var proxies = await db.Set<ProxyRow>().Where(p => p.PatientId == patientId && p.From <= now && (p.Until == null || now < p.Until)).Where(right)
            .Select(p => p.AccountId).ToListAsync(ct);
        Recipient[] patient = own is { } account ? [new Recipient(account, address?.Language)] : [];
        await notifier.TellAsync(notice, [.. patient, .. proxies.Select(p => new Recipient(p))], ct);
        if (own is null && address is not null)
        {
            notifier.Tell(notice, readers.OfRecord(address.Email, address.Phone, address.Language));
        }
    }
}
