using Careline.Notifications.Contracts;

namespace Careline.Scheduling.Reminders;

/// <summary>What is planned for one reminder.</summary>
internal readonly record struct Planned(DateTimeOffset DueAt, ReminderStatus Status, ReminderWhy? Why);

/// <summary>What becomes of a reminder that is due: sent, where neither an end nor a later time is given.</summary>
internal readonly record struct Verdict(ReminderStatus? End, ReminderWhy? Why, DateTimeOffset? HeldUntil)
{
    public static Verdict Send => default;

    public static Verdict Hold(DateTimeOffset until) => new(null, null, until);

    public static Verdict Void(ReminderWhy why) => new(ReminderStatus.Voided, why, null);

    public static Verdict Skip(ReminderWhy why) => new(ReminderStatus.Skipped, why, null);
}

/// <summary>When a reminder comes, and whether it still should.</summary>
internal static class ReminderPlan
{
    // What quiet hours hold back must leave the reader this long to come.
    private static readonly TimeSpan _timeToCome = TimeSpan.FromMinutes(15);

    /// <summary>
    /// The time of a reminder. In quiet hours it waits for their end; one that would be of no use then comes before they begin, or not at all where they had
    /// begun already when the visit was agreed.
    /// </summary>
    /// <param name="visit">The visit.</param>
    /// <param name="offset">How long before it.</param>
    /// <param name="reader">Who reads it.</param>
    /// <param name="channel">How it goes; the list within Careline disturbs nobody.</param>
    /// <param name="agreedAt">When the visit, or the wish to be reminded so, came about.</param>
    public static Planned For(VisitFacts visit, TimeSpan offset, Reader reader, NoticeChannel channel, DateTimeOffset agreedAt)
    {
        var due = visit.StartsAt - offset;
        if (due <= agreedAt)
        {
            return new Planned(due, ReminderStatus.Skipped, ReminderWhy.AgreedLater);
        }

        if (QuietAt(due, visit, reader, channel) is not { } quiet)
        {
            return new Planned(due, ReminderStatus.Planned, null);
        }

        return IsUsefulAt(quiet.Until, visit) ? new Planned(quiet.Until, ReminderStatus.Planned, null)
            : quiet.From > agreedAt ? new Planned(quiet.From.AddMinutes(-1), ReminderStatus.Planned, null)
            : new Planned(due, ReminderStatus.Skipped, ReminderWhy.QuietHours);
    }

    /// <summary>Whether a reminder that is due is sent: everything may have changed since it was planned.</summary>
    /// <param name="reminder">The reminder.</param>
    /// <param name="visit">Its visit as it is now.</param>
    /// <param name="isSuperseded">Whether a later one of the same visit is due, or was sent already.</param>
    /// <param name="now">The present moment.</param>
    public static Verdict Judge(Reminder reminder, VisitFacts? visit, bool isSuperseded, DateTimeOffset now)
    {
        if (visit is null || (visit.Status > AppointmentStatus.InProgress && visit.Status != AppointmentStatus.Completed))
        {
            return Verdict.Void(ReminderWhy.CalledOff);
        }

        if (visit.StartsAt != reminder.StartsAt || visit.StartVersion != reminder.StartVersion)
        {
            return Verdict.Void(ReminderWhy.Moved);
        }

        if (!visit.IsAgreed)
        {
            return Verdict.Skip(ReminderWhy.AlreadyThere);
        }

        if (now >= visit.StartsAt)
        {
            return Verdict.Skip(ReminderWhy.TooLate);
        }

        var concerned = visit.Concerned.FirstOrDefault(c => c.Reader.AccountId == reminder.AccountId);
        return concerned is null ? Verdict.Void(IsOfTheVisit(reminder, visit) ? ReminderWhy.NoAddress : ReminderWhy.NoLongerConcerned)
            : isSuperseded ? Verdict.Skip(ReminderWhy.Superseded)
            : JudgeFor(concerned.Reader, reminder, visit, now);
    }

    private static Verdict JudgeFor(Reader reader, Reminder reminder, VisitFacts visit, DateTimeOffset now)
    {
        if (!reader.ChannelsFor(NoticeCategory.Reminder).Contains(reminder.Channel))
        {
            return HasAddress(reader, reminder.Channel) ? Verdict.Void(ReminderWhy.SwitchedOff) : Verdict.Skip(ReminderWhy.NoAddress);
        }

        return QuietAt(now, visit, reader, reminder.Channel) is not { } quiet ? Verdict.Send
            : IsUsefulAt(quiet.Until, visit) ? Verdict.Hold(quiet.Until)
            : Verdict.Skip(ReminderWhy.QuietHours);
    }

    private static bool HasAddress(Reader reader, NoticeChannel channel) => channel switch
    {
        NoticeChannel.Email => reader.Email is not null,
        NoticeChannel.Sms => reader.Phone is not null,
        NoticeChannel.Push => reader.HasDevice,
        _ => reader.AccountId is not null,
    };

    // The patient or the doctor, whose account does not work at present; everybody else acted for the patient and does no longer.
    private static bool IsOfTheVisit(Reminder reminder, VisitFacts visit) =>
        reminder.AccountId is null || reminder.AccountId == visit.PatientAccountId || reminder.AccountId == visit.DoctorAccountId;

    private static bool IsUsefulAt(DateTimeOffset at, VisitFacts visit) => at <= visit.StartsAt - _timeToCome;

    private static (DateTimeOffset From, DateTimeOffset Until)? QuietAt(DateTimeOffset at, VisitFacts visit, Reader reader, NoticeChannel channel) =>
        visit.IsUrgent || channel == NoticeChannel.InApp ? null : reader.QuietAt(at, visit.TimeZone);
}
