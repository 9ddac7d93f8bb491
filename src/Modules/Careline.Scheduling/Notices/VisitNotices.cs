using Careline.Notifications.Contracts;
using Careline.Patients.Contracts;

namespace Careline.Scheduling.Notices;

/// <summary>
/// Tells one side of a visit what the other, or the calendar, asks of it, with the caller's save: nothing clinical and no names. Times are said by the reader's
/// clock (<c>time</c>) and by the practice's (<c>there</c>).
/// </summary>
internal sealed class VisitNotices(INotifier notifier, IPatientNews news)
{
    /// <summary>News of a visit that is to begin at a time.</summary>
    /// <param name="phrase">A name in this module's catalogue.</param>
    /// <param name="appointmentId">The visit, or the hold that is offered.</param>
    /// <param name="time">When, by which zone of the practice.</param>
    /// <param name="until">From then on nobody can act on it.</param>
    /// <param name="values">What else stands in the phrase.</param>
    public static Notice Of(string phrase, Guid appointmentId, (DateTimeOffset At, string Zone) time, DateTimeOffset until, params (string Name, string Value)[] values) =>
        new(NoticeCategory.Appointment, NoticeSeverity.Important, phrase)
        {
            Values = values,
            Moments = [new Moment("time", time.At), new Moment("there", time.At, time.Zone), new Moment("until", until)],
            TimeZone = time.Zone,
            About = ("appointment", appointmentId),
            UsefulUntil = until,
        };

    /// <summary>Tells the patient and who books for the patient.</summary>
    public Task ToPatientAsync(Guid patientId, Notice notice, CancellationToken ct) => news.TellAsync(patientId, notice, p => p.CanBook, ct);

    /// <summary>Tells somebody who has an account.</summary>
    public Task ToAccountAsync(Guid accountId, Notice notice, CancellationToken ct) => notifier.TellAsync(notice, [new Recipient(accountId)], ct);
}
