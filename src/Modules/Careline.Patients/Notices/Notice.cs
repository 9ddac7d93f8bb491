using Careline.Accounts.Contracts;
using Careline.Notifications.Contracts;
using Careline.Patients.Patients;

namespace Careline.Patients.Notices;

/// <summary>Messages of this module, posted with the caller's save: nothing clinical and no names, since they are read over shoulders.</summary>
internal sealed class Notice(INotifier notifier, IAdministratorAccounts administrators)
{
    /// <summary>Tells everybody who runs the platform.</summary>
    public async Task ToAdministratorsAsync(string phrase, CancellationToken ct, params (string Name, string Value)[] values)
    {
        foreach (var address in await administrators.AddressesAsync(ct))
        {
            notifier.Tell(new Reader(address, null, null), phrase, values);
        }
    }

    /// <summary>Tells the patient, in the language of the record.</summary>
    public void ToPatient(Patient patient, string phrase) => notifier.Tell(new Reader(patient.Email, patient.Phone, patient.Language), phrase);
}
