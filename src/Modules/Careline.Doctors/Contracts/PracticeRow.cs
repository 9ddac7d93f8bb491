namespace Careline.Doctors.Contracts;

/// <summary>
/// On which terms a doctor practises at a clinic, while the clinic has the doctor on its staff, as modules above join it: <c>db.Set&lt;PracticeRow&gt;()</c>.
/// </summary>
public sealed class PracticeRow
{
    /// <summary>The practice.</summary>
    public Guid Id { get; init; }

    /// <summary>The doctor.</summary>
    public Guid DoctorId { get; init; }

    /// <summary>The clinic.</summary>
    public Guid ClinicId { get; init; }

    /// <summary>Whether patients may book there.</summary>
    public bool AcceptsPatients { get; init; }

    /// <summary>How long a visit there lasts; null for as long as elsewhere.</summary>
    public int? SlotMinutes { get; init; }
}

/// <summary>What a visit costs at a practice: <c>db.Set&lt;PracticeFeeRow&gt;()</c>. Where there is none, the doctor's own fee holds.</summary>
public sealed class PracticeFeeRow
{
    /// <summary>The practice.</summary>
    public Guid PracticeId { get; init; }

    /// <summary>How the two meet.</summary>
    public Modality Modality { get; init; }

    /// <summary>In minor units.</summary>
    public long Amount { get; init; }

    /// <summary>ISO 4217.</summary>
    public string Currency { get; init; } = "";
}

/// <summary>A doctor practises at a clinic on other terms than before, or no longer.</summary>
/// <param name="DoctorId">The doctor.</param>
public sealed record PracticeChanged(Guid DoctorId);
