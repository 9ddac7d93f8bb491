using Careline.Vitals.Alerts;

namespace Careline.Vitals;

/// <summary>Section <c>Vitals</c> of the settings.</summary>
public sealed class VitalsOptions
{
    /// <summary>After how many minutes without an answer the responsible person is called again.</summary>
    public int AgainAfterMinutes { get; set; } = 10;

    /// <summary>After how many more the clinic's nurses and administrators are called.</summary>
    public int PracticeAfterMinutes { get; set; } = 10;

    /// <summary>After how many more those who run the platform are called, who see nothing clinical.</summary>
    public int PlatformAfterMinutes { get; set; } = 20;

    /// <summary>How many times as long each step waits where an alert is urgent and not critical.</summary>
    public int UrgentPatience { get; set; } = 3;

    /// <summary>How many days a device may keep a reading to itself: later it is kept apart.</summary>
    public int OldestReadingDays { get; set; } = 30;

    internal bool AreSound => new[] { AgainAfterMinutes, PracticeAfterMinutes, PlatformAfterMinutes }.All(m => m is >= 1 and <= 1440)
        && UrgentPatience is >= 1 and <= 24 && OldestReadingDays is >= 1 and <= 365;

    /// <summary>How long an alert waits before a step.</summary>
    internal TimeSpan PatienceBefore(AlertStep step, AlertSeverity severity)
    {
        var minutes = step switch
        {
            AlertStep.ResponsibleAgain => AgainAfterMinutes,
            AlertStep.Practice => PracticeAfterMinutes,
            AlertStep.Platform => PlatformAfterMinutes,
            _ => 0,
        };
        return TimeSpan.FromMinutes(severity == AlertSeverity.Critical ? minutes : minutes * UrgentPatience);
    }
}
