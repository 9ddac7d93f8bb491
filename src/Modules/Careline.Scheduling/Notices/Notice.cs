using System.Globalization;
using Careline.Accounts.Contracts;
using Careline.Patients.Contracts;
using Careline.Platform.Data;
using Careline.Platform.Delivery;
using Careline.Platform.Time;
using Microsoft.EntityFrameworkCore;

namespace Careline.Scheduling.Notices;

/// <summary>
/// The one place where this module tells people something, with the caller's save: nothing clinical and no names, since messages are read over shoulders. Times
/// are those of the doctor's zone, which is named.
/// </summary>
internal sealed class Notice(CarelineDb db, Postbox post, Phrases phrases, IAccountAddresses addresses)
{
    /// <summary>Tells the patient and who books for the patient; a patient without an account by SMS.</summary>
    public async Task ToPatientAsync(Guid patientId, string phrase, CancellationToken ct, params (string Name, string Value)[] values)
    {
        var now = db.Now;
        var patient = await db.Set<PatientRow>().FirstOrDefaultAsync(p => p.Id == patientId, ct);
        var accounts = await db.Set<ProxyRow>().Where(p => p.PatientId == patientId && p.CanBook && p.From <= now && (p.Until == null || now < p.Until))
            .Select(p => p.AccountId).ToListAsync(ct);
        if (patient?.AccountId is { } own)
        {
            accounts.Add(own);
        }

        if (accounts.Count == 0 && patient?.Phone is { } phone)
        {
            post.Sms(phone, phrases.Say(phrase, [], values).Text);
        }

        await TellAsync(accounts, phrase, values, ct);
    }

    /// <summary>Tells somebody who has an account.</summary>
    public Task ToAccountAsync(Guid accountId, string phrase, CancellationToken ct, params (string Name, string Value)[] values) =>
        TellAsync([accountId], phrase, values, ct);

    /// <summary>The values <c>start</c> and <c>zone</c> of a phrase.</summary>
    public static (string Name, string Value)[] At(DateTimeOffset at, string zone) => [("start", Clock(at, zone)), ("zone", zone)];

    /// <summary>Day and time by a zone's clock, in a form that is read alike everywhere.</summary>
    public static string Clock(DateTimeOffset at, string zone)
    {
        var (date, time) = ZonedTimes.ToLocal(at, zone);
        return string.Create(CultureInfo.InvariantCulture, $"{date:yyyy-MM-dd} {time:HH:mm}");
    }

    private async Task TellAsync(IReadOnlyCollection<Guid> accounts, string phrase, (string Name, string Value)[] values, CancellationToken ct)
    {
        var said = phrases.Say(phrase, [], values);
        foreach (var reached in await addresses.OfAsync(accounts, ct))
        {
            if (reached.Email is { } email)
            {
                post.Mail(email, said.Subject, said.Text);
            }
            else if (reached.Phone is { } phone)
            {
                post.Sms(phone, said.Text);
            }
        }
    }
}
