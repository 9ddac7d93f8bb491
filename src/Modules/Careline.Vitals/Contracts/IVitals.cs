namespace Careline.Vitals.Contracts;

/// <summary>Every observation of every patient. Works on the scope's context; the caller decides who may see and record, and saves.</summary>
public interface IVitals
{
    /// <summary>What was recorded, to be narrowed, ordered and paged by the caller in SQL.</summary>
    IQueryable<VitalSetRow> Sets { get; }

    /// <summary>Adds what was measured at one moment, unsaved, with the index and score that follow from it.</summary>
    Task<VitalSetRow> RecordAsync(VitalReading reading, CancellationToken ct);
}

/// <summary>What was measured at one moment, of whom and by whom.</summary>
/// <param name="PatientId">The patient.</param>
/// <param name="ConsultationId">The visit it was measured in, if any.</param>
/// <param name="RecordedBy">The account of the person who measured.</param>
/// <param name="Measurements">The values.</param>
public sealed record VitalReading(Guid PatientId, Guid? ConsultationId, Guid RecordedBy, VitalMeasurements Measurements);
