using Careline.Accounts.Contracts;
using Careline.Patients.Patients;
using Careline.Platform.Delivery;

namespace Careline.Patients.Notices;

/// <summary>Messages of this module, posted with the caller's save: nothing clinical and no names, since they are read over shoulders.</summary>
internal sealed class Notice(Postbox post, IAdministratorAccounts administrators)
{
    /// <summary>Tells everybody who runs the platform.</summary>
    public async Task ToAdministratorsAsync(string subject, string text, CancellationToken ct)
    {
        foreach (var address in await administrators.AddressesAsync(ct))
        {
            post.Mail(address, subject, text);
        }
    }

    /// <summary>Tells the patient, by mail or else by SMS.</summary>
    public void ToPatient(Patient patient, string subject, string text)
    {
        if (patient.Email is { } email)
        {
            post.Mail(email, subject, text);
        }
        else if (patient.Phone is { } phone)
        {
            post.Sms(phone, text);
        }
    }
}
