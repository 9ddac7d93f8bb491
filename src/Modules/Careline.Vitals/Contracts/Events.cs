namespace Careline.Vitals.Contracts;

/// <summary>Somebody has to be called about a patient: an alert was raised, became graver, or was handed over.</summary>
/// <param name="AlertId">The alert.</param>
public sealed record ClinicalAlertRaised(Guid AlertId);
