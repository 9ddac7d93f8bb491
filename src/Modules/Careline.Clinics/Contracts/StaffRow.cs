namespace Careline.Clinics.Contracts;

/// <summary>Who works where, in which role, as modules above join it: <c>db.Set&lt;StaffRow&gt;()</c>. Present staff only, of clinics that an
/// administrator has verified and not rejected since.</summary>
public sealed class StaffRow
{
    /// <summary>The clinic.</summary>
    public Guid ClinicId { get; init; }

    /// <summary>The account of the staff member.</summary>
    public Guid AccountId { get; init; }

    /// <summary>The role at this clinic: administrator, doctor, nurse, pharmacist, receptionist.</summary>
    public ClinicRole Role { get; init; }
}

/// <summary>What a member of staff does at a clinic.</summary>
public enum ClinicRole
{
    /// <summary>Runs the clinic.</summary>
    Administrator,

    /// <summary>Sees patients.</summary>
    Doctor,

    /// <summary>Cares for patients checked in.</summary>
    Nurse,

    /// <summary>Dispenses.</summary>
    Pharmacist,

    /// <summary>Runs the calendar.</summary>
    Receptionist,
}

/// <summary>A clinic, as modules above join it: <c>db.Set&lt;ClinicRow&gt;()</c>.</summary>
public sealed class ClinicRow
{
    /// <summary>The clinic.</summary>
    public Guid Id { get; init; }

    /// <summary>Its name.</summary>
    public string Name { get; init; } = "";

    /// <summary>IANA zone of its place.</summary>
    public string TimeZone { get; init; } = "";

    /// <summary>Degrees north; null where nobody said.</summary>
    public double? Latitude { get; init; }

    /// <summary>Degrees east; null where nobody said.</summary>
    public double? Longitude { get; init; }

    /// <summary>Verified and at work: the public sees it.</summary>
    public bool IsOpen { get; init; }

    /// <summary>Verified once, not rejected since, and at work: its staff goes on, also while a change of it is looked at and the public does not see it.</summary>
    public bool IsWorking { get; init; }

    /// <summary>Hands out medicines.</summary>
    public bool IsPharmacy { get; init; }

    /// <summary>Street and number.</summary>
    public string? Address { get; init; }

    /// <summary>City.</summary>
    public string? City { get; init; }

    /// <summary>ISO 3166-1 alpha-2 code.</summary>
    public string? Country { get; init; }

    /// <summary>E.164.</summary>
    public string? Phone { get; init; }
}
