namespace Careline.Doctors.Contracts;

/// <summary>A doctor, as modules above join it: <c>db.Set&lt;DoctorRow&gt;()</c>.</summary>
public sealed class DoctorRow
{
    /// <summary>The doctor.</summary>
    public Guid Id { get; init; }

    /// <summary>The doctor's account.</summary>
    public Guid AccountId { get; init; }

    /// <summary>The name as patients read it.</summary>
    public string Name { get; init; } = "";

    /// <summary>Names of the specialties, for showing.</summary>
    public string[] Specializations { get; init; } = [];

    /// <summary>IANA zone in which the doctor's wall-clock times are meant; UTC until set.</summary>
    public string TimeZone { get; init; } = "";

    /// <summary>Listed and bookable: the licence is verified and the doctor accepts patients.</summary>
    public bool IsBookable { get; init; }

    /// <summary>The fee in minor units; null where none is asked.</summary>
    public long? FeeAmount { get; init; }

    /// <summary>ISO 4217 code of the fee.</summary>
    public string? FeeCurrency { get; init; }

    /// <summary>Scheduling keeps working hours for the doctor.</summary>
    public bool HasSchedule { get; init; }
}
