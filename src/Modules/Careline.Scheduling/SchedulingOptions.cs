namespace Careline.Scheduling;

/// <summary>Settings of scheduling, section <c>Scheduling</c>.</summary>
public sealed class SchedulingOptions
{
    /// <summary>How long a doctor keeps access to a patient after a visit's end; read from <c>Patients:AccessAfterVisitDays</c>, where access is described.</summary>
    public int AccessAfterVisitDays { get; set; } = 30;

    /// <summary>What somebody reads who asks for a visit because of an emergency: whom to call at this place.</summary>
    public string EmergencyAdvice { get; set; } =
        "Do not wait for an answer: in an emergency call your local emergency number, or go to the nearest emergency department now.";
}
