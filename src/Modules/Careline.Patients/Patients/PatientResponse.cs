using System.Linq.Expressions;
using Careline.Patients.History;

namespace Careline.Patients.Patients;

/// <summary>A patient. The clinical members are null to whoever may not read them: null never means "none".</summary>
public sealed record PatientResponse : IVersioned
{
    /// <summary>The patient.</summary>
    public required Guid Id { get; init; }

    /// <summary>The patient's own account, if any.</summary>
    public required Guid? UserId { get; init; }

    /// <summary>The human number, such as <c>PAT-000123</c>.</summary>
    public required string Number { get; init; }

    /// <summary>Given name.</summary>
    public required string FirstName { get; init; }

    /// <summary>Family name.</summary>
    public required string LastName { get; init; }

    /// <summary>Both names.</summary>
    public required string Name { get; init; }

    /// <summary>male, female, other, unknown.</summary>
    public required Gender Gender { get; init; }

    /// <summary>Birth date.</summary>
    public required DateOnly? DateOfBirth { get; init; }

    /// <summary>E.164.</summary>
    public required string? Phone { get; init; }

    /// <summary>E-mail address.</summary>
    public required string? Email { get; init; }

    /// <summary>Postal address.</summary>
    public required string? Address { get; init; }

    /// <summary>City.</summary>
    public required string? City { get; init; }

    /// <summary>ISO 3166-1 alpha-2 code.</summary>
    public required string? Country { get; init; }

    /// <summary>BCP 47.</summary>
    public required string? Language { get; init; }

    /// <summary>The doctor who keeps the whole in view.</summary>
    public required Guid? PrimaryDoctorId { get; init; }

    /// <summary>Clinical: such as <c>O+</c>.</summary>
    public required string? BloodGroup { get; init; }

    /// <summary>Clinical: in words.</summary>
    public required string? MedicalHistory { get; init; }

    /// <summary>Clinical: substances of the active allergies; null where the caller may not know, empty where none is recorded.</summary>
    public IReadOnlyList<string>? Allergies => ReadsClinical ? Substances : null;

    /// <summary>For carers: how many notes staff have written that the caller may read.</summary>
    public required int? NoteCount { get; init; }

    /// <summary>False once the record was closed.</summary>
    public required bool IsActive { get; init; }

    /// <summary>When it was registered.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Last change.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <inheritdoc />
    public required int Version { get; init; }

    [JsonIgnore]
    internal bool ReadsClinical { get; init; }

    [JsonIgnore]
    internal IReadOnlyList<string> Substances { get; init; } = [];

    internal static Expression<Func<Patient, PatientResponse>> Projection(CarelineDb db, Actor actor)
    {
        var me = actor.AccountId;
        var clinical = ClinicalCare.PatientsOf(db, actor);
        var asStaff = ClinicalCare.ReadAsStaffBy(db, actor);
        return p => new PatientResponse
        {
            Id = p.Id,
            UserId = p.AccountId,
            Number = p.Number,
            FirstName = p.FirstName,
            LastName = p.LastName,
            Name = p.Name,
            Gender = p.Gender,
            DateOfBirth = p.DateOfBirth,
            Phone = p.Phone,
            Email = p.Email,
            Address = p.Address,
            City = p.City,
            Country = p.Country,
            Language = p.Language,
            PrimaryDoctorId = p.PrimaryDoctorId,
            BloodGroup = p.AccountId == me || clinical.Contains(p.Id) ? p.BloodGroup : null,
            MedicalHistory = p.AccountId == me || clinical.Contains(p.Id) ? p.MedicalHistory : null,
            ReadsClinical = p.AccountId == me || clinical.Contains(p.Id),
            Substances = db.Set<Allergy>()
                .Where(a => a.PatientId == p.Id && a.RemovedAt == null && a.Status == EntryStatus.Active
                    && (p.AccountId == me || clinical.Contains(p.Id)))
                .OrderBy(a => a.Substance).Select(a => a.Substance).ToList(),
            NoteCount = p.AccountId != me && asStaff.Contains(p.Id)
                ? db.Set<Note>().Count(n => n.PatientId == p.Id && n.RemovedAt == null && (!n.IsPrivate || n.RecordedBy == me)) : null,
            IsActive = p.IsActive,
            CreatedAt = p.CreatedAt,
            UpdatedAt = p.UpdatedAt,
            Version = p.Version,
        };
    }
}
