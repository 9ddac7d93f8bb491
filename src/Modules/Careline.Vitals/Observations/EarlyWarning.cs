using Careline.Vitals.Scores;

namespace Careline.Vitals.Observations;

/// <summary>
/// The alert that follows from a set's score: chart 2 of NEWS2 (Royal College of Physicians, 2017) calls 7 and more an emergency, 5 and 6 as well as 3 in a single
/// parameter urgent. Of children Bedside PEWS has one threshold.
/// </summary>
internal static class EarlyWarning
{
    public static ClinicalAlertNotice? Of(VitalSet set) => set.News2Risk switch
    {
        null when set.PewsScore >= BedsidePews.Critical => Notice(set, AlertTitle.EarlyWarningHigh, AlertSeverity.Critical),
        News2Risk.High => Notice(set, AlertTitle.EarlyWarningHigh, AlertSeverity.Critical),
        News2Risk.Medium => Notice(set, AlertTitle.EarlyWarningMedium, AlertSeverity.Urgent),
        News2Risk.LowMedium => Notice(set, AlertTitle.EarlyWarningSingleParameter, AlertSeverity.Urgent),
        _ => null,
    };

    private static ClinicalAlertNotice Notice(VitalSet set, AlertTitle title, AlertSeverity severity) =>
        new(new AlertOrigin(AlertSource.VitalSigns, set.Id), title, severity, set.PatientId);
}
