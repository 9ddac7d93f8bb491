namespace Careline.Scheduling;

/// <summary>Settings of scheduling, section <c>Scheduling</c>.</summary>
public sealed class SchedulingOptions
{
    /// <summary>How long a doctor keeps access to a patient after a visit's end; read from <c>Patients:AccessAfterVisitDays</c>, where access is described.</summary>
    public int AccessAfterVisitDays { get; set; } = 30;

    /// <summary>
    /// How many minutes before a visit its patient is reminded, who says nothing else; separated by commas, empty for never.
    /// </summary>
    public string ReminderOffsets { get; set; } = "1440,60";

    /// <summary>What somebody reads who asks for a visit because of an emergency: whom to call at this place.</summary>
    public string EmergencyAdvice { get; set; } =
        "Do not wait for an answer: in an emergency call your local emergency number, or go to the nearest emergency department now.";

    internal const int LeastOffset = 15;
    internal const int MostOffset = 28 * 24 * 60;

    internal IReadOnlyList<int> UsualOffsets =>
        [.. ReminderOffsets.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(m => int.Parse(m, CultureInfo.InvariantCulture)).Distinct()];

    internal static bool AreOffsets(string text) => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .All(m => int.TryParse(m, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) && minutes is >= LeastOffset and <= MostOffset);
    /// <summary>The e-mail address that stands as the organizer of calendar entries; nobody reads what is sent to it.</summary>
    public string CalendarOrganizer { get; set; } = "calendar@careline.invalid";

    /// <summary>How often a doctor's calendar elsewhere is read, in minutes.</summary>
    public int OutsideCalendarMinutes { get; set; } = 15;

    /// <summary>How long a time is kept for somebody on the waitlist to whom it is offered, in minutes.</summary>
    public int WaitlistOfferMinutes { get; set; } = 60;

    /// <summary>From how many minutes of delay on those are told who will be seen later than agreed.</summary>
    public int LateNoticeMinutes { get; set; } = 15;
}
