namespace Careline.Vitals.Alerts;

/// <summary>The steps of the ladder, in order.</summary>
public enum AlertStep
{
    /// <summary>The responsible person, at once.</summary>
    Responsible,

    /// <summary>The same person again.</summary>
    ResponsibleAgain,

    /// <summary>The nurses and administrators of the clinic.</summary>
    Practice,

    /// <summary>Those who run the platform.</summary>
    Platform,
}
