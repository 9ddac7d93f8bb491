namespace Careline.Vitals.Contracts;

/// <summary>Every observation of every patient. Works on the scope's context; the caller decides who may see and record, and saves.</summary>
public interface IVitals
{
    /// <summary>What was recorded, to be narrowed, ordered and paged by the caller in SQL.</summary>
    IQueryable<VitalSetRow> Sets { get; }

    /// <summary>
    /// Adds what was measured at one moment, unsaved, with the index and score that follow from it. A score that cannot wait raises an alert, so that there must
    /// be a transaction.
    /// </summary>
    Task<VitalSetRow> RecordAsync(VitalReading reading, CancellationToken ct);
}

/// <summary>What was measured at one moment, of whom and by whom.</summary>
/// <param name="PatientId">The patient.</param>
/// <param name="ConsultationId">The visit it was measured in, if any.</param>
/// <param name="RecordedBy">The account of the person who measured.</param>
/// <param name="Measurements">The values.</param>
public sealed record VitalReading(Guid PatientId, Guid? ConsultationId, Guid RecordedBy, VitalMeasurements Measurements)
{
    /// <summary>The account of whoever is called when the values cannot wait, such as the visit's doctor.</summary>
    public Guid? ResponsibleAccountId { get; init; }

    /// <summary>The clinic at which it was measured, if any.</summary>
    public Guid? ClinicId { get; init; }
}
