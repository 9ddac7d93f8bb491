namespace Careline.Doctors;

/// <summary>Settings of the module, section <c>Doctors</c>.</summary>
public sealed class DoctorsOptions
{
    /// <summary>How long a doctor's presence is shown unless it is said again: 30 to 900 seconds.</summary>
    public int PresenceSeconds { get; set; } = 120;

    /// <summary>How many days before a credential runs out its doctor and the administrators are told, each stage once; 60, 30 and 7 when none is named.</summary>
    public IReadOnlyList<int> WarnDaysBefore { get; set; } = [];

    /// <summary>The stages that are meant. Not the default above, to which settings would be added.</summary>
    internal IReadOnlyList<int> Stages => WarnDaysBefore.Count > 0 ? WarnDaysBefore : [60, 30, 7];

    /// <summary>Whether a doctor whose verified licence has run out is neither listed nor bookable until another is verified.</summary>
    public bool UnlistWithoutLicence { get; set; } = true;
}
