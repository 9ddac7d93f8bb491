using Careline.Accounts.Contracts;
using Careline.Notifications.Contracts;
using Careline.Patients.Patients;
using Careline.Patients.Proxies;

namespace Careline.Patients.Notices;

/// <summary>What this module tells people, with the caller's save: nothing clinical and no names, since messages are read over shoulders.</summary>
internal sealed class PatientNotices(CarelineDb db, INotifier notifier, IReaders readers, IAdministratorAccounts administrators)
{
    /// <summary>A record was opened in an emergency: nobody can switch that off, nor sleep over it.</summary>
    public static Notice Opened(string phrase, params (string Name, string Value)[] values) =>
        new(NoticeCategory.Security, NoticeSeverity.Critical, phrase) { Values = values };

    /// <summary>Something about the record or who acts for whom.</summary>
    public static Notice OfRecord(string phrase) => new(NoticeCategory.Record, NoticeSeverity.Important, phrase);

    /// <summary>Tells everybody who runs the platform.</summary>
    public async Task ToAdministratorsAsync(Notice notice, CancellationToken ct) =>
        await notifier.TellAsync(notice, (await administrators.ActiveAsync(ct)).Select(id => new Recipient(id)), ct);

    /// <summary>Tells everybody who acts for a patient at this moment.</summary>
    public async Task ToProxiesAsync(Guid patientId, Notice notice, CancellationToken ct)
    {
        var proxies = await Proxy.InForce(db).Where(p => p.PatientId == patientId).Select(p => p.AccountId!.Value).ToListAsync(ct);
        await notifier.TellAsync(notice, proxies.Select(id => new Recipient(id)), ct);
    }

    /// <summary>Tells somebody who has an account.</summary>
    public Task ToAccountAsync(Guid accountId, Notice notice, CancellationToken ct) => notifier.TellAsync(notice, [new Recipient(accountId)], ct);

    /// <summary>Tells the patient: by the account, or by what the record says where there is none that works.</summary>
    public async Task ToPatientAsync(Patient patient, Notice notice, CancellationToken ct)
    {
        var account = patient.AccountId is { } id ? (await readers.OfAsync([id], ct)).GetValueOrDefault(id) : null;
        notifier.Tell(notice, account is null
            ? readers.OfRecord(patient.Email, patient.Phone, patient.Language)
            : account with { Language = account.Language ?? patient.Language });
    }
}
