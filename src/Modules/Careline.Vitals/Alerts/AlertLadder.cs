using Careline.Accounts.Contracts;
using Careline.Clinics.Contracts;
using Careline.Notifications.Contracts;
using Microsoft.Extensions.Options;

namespace Careline.Vitals.Alerts;

/// <summary>
/// Calls whoever stands on the next step of alerts, by every channel they want, within the caller's transaction that holds the alerts' rows: each step is
/// taken once, whoever takes it. The messages tell that there is an alert and nothing of what it is.
/// </summary>
internal sealed class AlertLadder(
    CarelineDb db, IReaders readers, INotifier notifier, IAdministratorAccounts administrators, IOptions<VitalsOptions> options)
{
    /// <summary>Takes every step that is due of these alerts; the caller saves.</summary>
    public async Task ClimbAsync(IEnumerable<ClinicalAlert> alerts, CancellationToken ct)
    {
        var now = db.Now;
        foreach (var alert in alerts)
        {
            // A step on which nobody stands is passed over at once.
            while (alert.NextStep is { } step && alert.NextStepAt <= now)
            {
                alert.Climb(await CallAsync(alert, step, now, ct), options.Value, now);
            }
        }
    }

    private async Task<bool> CallAsync(ClinicalAlert alert, AlertStep step, DateTimeOffset now, CancellationToken ct)
    {
        var people = await readers.OfAsync(await OnAsync(alert, step, ct), ct);
        var notice = new Notice(NoticeCategory.Alert, NoticeSeverity.Critical, PhraseOf(step)) { About = ("alert", alert.Id) };
        foreach (var (account, reader) in people.OrderBy(p => p.Key))
        {
            foreach (var channel in reader.ChannelsFor(notice.Category))
            {
                var call = AlertCall.Of(alert, step, account, channel, now);
                db.Append(call);
                notifier.Send(notice, reader, channel, call.Id);
            }
        }

        return people.Count > 0;
    }

    private async Task<IReadOnlyList<Guid>> OnAsync(ClinicalAlert alert, AlertStep step, CancellationToken ct) => step switch
    {
        AlertStep.Practice => await db.Set<StaffRow>()
            .Where(s => s.ClinicId == alert.ClinicId && (s.Role == ClinicRole.Nurse || s.Role == ClinicRole.Administrator)).Select(s => s.AccountId).Distinct().ToListAsync(ct),
        AlertStep.Platform => await administrators.ActiveAsync(ct),
        _ => alert.ResponsibleId is { } responsible ? [responsible] : [],
    };

    private static string PhraseOf(AlertStep step) => step switch
    {
        AlertStep.Responsible => "vitals.alert",
        AlertStep.ResponsibleAgain => "vitals.alert_again",
        AlertStep.Practice => "vitals.alert_practice",
        _ => "vitals.alert_platform",
    };
}
