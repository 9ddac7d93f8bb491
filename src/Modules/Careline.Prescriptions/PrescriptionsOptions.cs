namespace Careline.Prescriptions;

/// <summary>Settings of prescribing: <c>Prescriptions__ValidDays</c> and so on.</summary>
public sealed class PrescriptionsOptions
{
    /// <summary>For how many days after signing pharmacies hand out what was prescribed.</summary>
    public int ValidDays { get; set; } = 180;

    /// <summary>How many days before a medicine runs out the patient is told; 0 tells nobody.</summary>
    public int RunningOutDays { get; set; } = 3;
}
