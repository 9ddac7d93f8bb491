namespace Careline.Patients.Contracts;

/// <summary>A patient, as modules above join it: <c>db.Set&lt;PatientRow&gt;()</c>. No clinical text.</summary>
public sealed class PatientRow
{
    /// <summary>The patient.</summary>
    public Guid Id { get; init; }

    /// <summary>The patient's own account; a patient may have none.</summary>
    public Guid? AccountId { get; init; }

    /// <summary>The human number, such as <c>PAT-000123</c>.</summary>
    public string Number { get; init; } = "";

    /// <summary>Given and family name, joined by a space.</summary>
    public string Name { get; init; } = "";

    /// <summary>E.164.</summary>
    public string? Phone { get; init; }

    /// <summary>Birth date.</summary>
    public DateOnly? DateOfBirth { get; init; }

    /// <summary>Administrative gender: what a module above judges by, where a body differs by sex.</summary>
    public Gender Gender { get; init; }

    /// <summary>False once the record was closed.</summary>
    public bool IsActive { get; init; }

    /// <summary>What was opened by choice up to this moment is closed: the record was restricted, or the consent to sharing withdrawn.</summary>
    public DateTimeOffset? SharingEndedAt { get; init; }
}

/// <summary>
/// Who cares for whom, and so may open the record: <c>db.Set&lt;CareRelationshipRow&gt;()</c>. Every module above filters by it in SQL. In force
/// when <see cref="From"/> &lt;= now and (<see cref="Until"/> is null or now &lt; <see cref="Until"/>).
/// </summary>
public sealed class CareRelationshipRow
{
    /// <summary>The patient.</summary>
    public Guid PatientId { get; init; }

    /// <summary>The account of the person who cares.</summary>
    public Guid AccountId { get; init; }

    /// <summary>Why.</summary>
    public CareReason Reason { get; init; }

    /// <summary>First moment.</summary>
    public DateTimeOffset From { get; init; }

    /// <summary>First moment after it; null while open-ended.</summary>
    public DateTimeOffset? Until { get; init; }
}

/// <summary>Why somebody may open a patient's record.</summary>
public enum CareReason
{
    /// <summary>A booked visit, until some days after its end.</summary>
    Appointment,

    /// <summary>Registered the patient, 30 days.</summary>
    Registered,

    /// <summary>The patient granted it.</summary>
    Grant,

    /// <summary>Acts for the patient.</summary>
    Proxy,

    /// <summary>Emergency access with a recorded reason.</summary>
    BreakGlass,
}
