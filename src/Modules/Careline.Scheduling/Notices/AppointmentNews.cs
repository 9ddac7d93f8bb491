using Careline.Notifications.Contracts;
using Careline.Scheduling.Reminders;

namespace Careline.Scheduling.Notices;

/// <summary>Tells people of their visits: the number, and the time by the clocks of both sides. No names, and nothing of what the visit is about.</summary>
internal sealed class AppointmentNews(INotifier notifier)
{
    /// <summary>Tells one side or both; the caller saves.</summary>
    public void Tell(VisitFacts visit, string phrase, NoticeSeverity severity, bool? toDoctor = null)
    {
        foreach (var concerned in visit.Concerned.Where(c => toDoctor is null || c.IsDoctor == toDoctor))
        {
            notifier.Tell(Of(visit, concerned, NoticeCategory.Appointment, visit.IsUrgent ? NoticeSeverity.Critical : severity, phrase), concerned.Reader);
        }
    }

    /// <summary>That a visit is near.</summary>
    public static Notice ReminderOf(VisitFacts visit, Concerned concerned) =>
        Of(visit, concerned, NoticeCategory.Reminder, visit.IsUrgent ? NoticeSeverity.Critical : NoticeSeverity.Info, "scheduling.reminder");

    private static Notice Of(VisitFacts visit, Concerned concerned, NoticeCategory category, NoticeSeverity severity, string phrase) => new(category, severity, phrase)
    {
        Values = [("number", visit.Number)],
        Moments =
        [
            new Moment("time", visit.StartsAt),
            new Moment("there", visit.StartsAt, concerned.IsDoctor ? visit.PatientZone : visit.TimeZone),
        ],
        TimeZone = visit.TimeZone,
        About = ("appointment", visit.Id),
        UsefulUntil = visit.StartsAt,
    };
}
