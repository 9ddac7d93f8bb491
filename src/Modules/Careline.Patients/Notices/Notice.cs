using Careline.Accounts.Contracts;
using Careline.Notifications.Contracts;
using Careline.Patients.Patients;
using Careline.Patients.Proxies;
using Careline.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace Careline.Patients.Notices;

/// <summary>Messages of this module, posted with the caller's save: nothing clinical and no names, since they are read over shoulders.</summary>
internal sealed class Notice(CarelineDb db, INotifier notifier, IAdministratorAccounts administrators, IAccountAddresses addresses)
{
    /// <summary>Tells everybody who runs the platform.</summary>
    public async Task ToAdministratorsAsync(string phrase, CancellationToken ct, params (string Name, string Value)[] values)
    {
        foreach (var address in await administrators.AddressesAsync(ct))
        {
            notifier.Tell(new Reader(address, null, null), phrase, values);
        }
    }

    /// <summary>Tells everybody who acts for a patient at this moment.</summary>
    public async Task ToProxiesAsync(Guid patientId, string phrase, CancellationToken ct)
    {
        var proxies = await Proxy.InForce(db).Where(p => p.PatientId == patientId).Select(p => p.AccountId!.Value).ToListAsync(ct);
        foreach (var reached in await addresses.OfAsync(proxies, ct))
        {
            notifier.Tell(new Reader(reached.Email, reached.Phone, null), phrase);
        }
    }

    /// <summary>Tells somebody who has an account.</summary>
    public async Task ToAccountAsync(Guid accountId, string phrase, CancellationToken ct)
    {
        foreach (var reached in await addresses.OfAsync([accountId], ct))
        {
            notifier.Tell(new Reader(reached.Email, reached.Phone, null), phrase);
        }
    }

    /// <summary>Tells the patient, in the language of the record.</summary>
    public void ToPatient(Patient patient, string phrase) => notifier.Tell(new Reader(patient.Email, patient.Phone, patient.Language), phrase);
}
