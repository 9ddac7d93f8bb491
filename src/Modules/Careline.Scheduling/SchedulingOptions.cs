namespace Careline.Scheduling;

/// <summary>Settings of scheduling, section <c>Scheduling</c>.</summary>
public sealed class SchedulingOptions
{
    /// <summary>How long a doctor keeps access to a patient after a visit's end; read from <c>Patients:AccessAfterVisitDays</c>, where access is described.</summary>
    public int AccessAfterVisitDays { get; set; } = 30;
}
