namespace Careline.Patients.Contracts;

/// <summary>
/// A patient who is known to be pregnant, by a coded condition that still holds: <c>db.Set&lt;PregnancyRow&gt;()</c>, for clinical modules. Who is not here may
/// be pregnant all the same.
/// </summary>
public sealed class PregnancyRow
{
    /// <summary>The patient.</summary>
    public Guid PatientId { get; init; }
}
