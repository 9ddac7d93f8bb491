namespace Careline.Vitals.Contracts;

/// <summary>
/// Calls somebody when a patient's reading or result cannot wait, and goes on calling, up the ladder, until it is acknowledged. Works within the caller's
/// transaction, which there must be: with its commit the alert is certain to be told, and without it there never was one.
/// </summary>
public interface IClinicalAlerts
{
    /// <summary>
    /// Raises an alert. While one of the same origin and title is open or acknowledged, raising it again changes nothing, unless it has become graver: then it
    /// is open again and called out from the first step. The same where what it speaks of has changed and nobody is called because of it any more.
    /// </summary>
    /// <returns>Whether anybody is called because of it.</returns>
    Task<bool> RaiseAsync(ClinicalAlertNotice notice, CancellationToken ct);

    /// <summary>What it spoke of turned out not to be so, such as a result that was corrected: nobody is called any more.</summary>
    Task ResolveAsync(AlertOrigin origin, CancellationToken ct);
}

/// <summary>What an alert is about. Neither a value nor a diagnosis stands in it: those are read where it comes from.</summary>
/// <param name="Origin">Where it comes from.</param>
/// <param name="Title">What it is.</param>
/// <param name="Severity">How grave it is.</param>
/// <param name="PatientId">The patient.</param>
public sealed record ClinicalAlertNotice(AlertOrigin Origin, AlertTitle Title, AlertSeverity Severity, Guid PatientId)
{
    /// <summary>The account of whoever has to act: the visit's, the ordering or the caring doctor. Where there is none, the ladder begins above.</summary>
    public Guid? ResponsibleAccountId { get; init; }

    /// <summary>The clinic whose nurses and administrators are called next, if there is one.</summary>
    public Guid? ClinicId { get; init; }

    /// <summary>What it speaks of says something else than when it was raised: who has taken it has taken something else.</summary>
    public bool IsChanged { get; init; }
}

/// <summary>Where an alert comes from.</summary>
/// <param name="Source">The kind of thing.</param>
/// <param name="Id">The thing.</param>
public sealed record AlertOrigin(AlertSource Source, Guid Id);

/// <summary>The kinds of things that raise alerts.</summary>
public enum AlertSource
{
    /// <summary>A set of vital signs.</summary>
    VitalSigns,

    /// <summary>A target that a clinician set for one patient.</summary>
    VitalTarget,

    /// <summary>A result of a laboratory.</summary>
    LabResult,
}

/// <summary>What an alert is: a fixed vocabulary without values.</summary>
public enum AlertTitle
{
    /// <summary>An early-warning score at which a patient may be deteriorating fast.</summary>
    EarlyWarningHigh,

    /// <summary>An early-warning score that asks for an urgent review.</summary>
    EarlyWarningMedium,

    /// <summary>A single parameter of an early-warning score at its worst.</summary>
    EarlyWarningSingleParameter,

    /// <summary>A reading outside the patient's own target.</summary>
    ReadingOutsideTarget,

    /// <summary>A result at which a patient may come to harm soon.</summary>
    CriticalResult,
}

/// <summary>How grave an alert is.</summary>
public enum AlertSeverity
{
    /// <summary>Within the hour.</summary>
    Urgent,

    /// <summary>At once.</summary>
    Critical,
}
