using Careline.Clinics.Contracts;
using Careline.Doctors.Contracts;
using Careline.Patients.Contracts;

namespace Careline.Prescriptions.Prescriptions;

/// <summary>A prescription with its medicines.</summary>
public sealed record PrescriptionResponse : IVersioned
{
    /// <summary>The prescription.</summary>
    public Guid Id { get; init; }

    /// <summary>The human number, such as <c>RX-000123</c>.</summary>
    public string Number { get; init; } = "";

    /// <summary>Where it stands.</summary>
    public PrescriptionStatus Status { get; init; }

    /// <summary>The same for people.</summary>
    public string StatusDisplay => EnumText<PrescriptionStatus>.Display(Status);

    /// <summary>For whom.</summary>
    public PrescriptionParty Patient { get; init; } = new();

    /// <summary>By whom.</summary>
    public PrescriptionParty Doctor { get; init; } = new();

    /// <summary>The visit, if it was prescribed in one.</summary>
    public Guid? ConsultationId { get; init; }

    /// <summary>The medicines, in order.</summary>
    public IReadOnlyList<PrescriptionLineRow> Lines { get; init; } = [];

    /// <summary>What else the patient should do.</summary>
    public string? GeneralAdvice { get; init; }

    /// <summary>What to eat.</summary>
    public string? DietAdvice { get; init; }

    /// <summary>What to drink.</summary>
    public string? FluidAdvice { get; init; }

    /// <summary>How to live.</summary>
    public string? LifestyleAdvice { get; init; }

    /// <summary>When to come again.</summary>
    public DateOnly? NextVisit { get; init; }

    /// <summary>When it was signed and became valid.</summary>
    public DateTimeOffset? IssuedAt { get; init; }

    /// <summary>From then on pharmacies hand out nothing of it.</summary>
    public DateTimeOffset? ValidUntil { get; init; }

    /// <summary>The code on its paper, by which a pharmacy asks whether it is true; null while it is a draft.</summary>
    public string? VerifyCode { get; init; }

    /// <summary>What the check of its medicines said, last of all when it was signed.</summary>
    public SafetyStatement Safety { get; init; } = new();

    /// <summary>The prescription that this one corrects.</summary>
    public Guid? SupersedesId { get; init; }

    /// <summary>The prescription that corrects this one, once that is signed.</summary>
    public Guid? SupersededById { get; init; }

    /// <summary>Why it was called off.</summary>
    public string? EndReason { get; init; }

    /// <summary>When it was called off, superseded or used up.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The pharmacy that it was sent to.</summary>
    public PrescriptionParty? Pharmacy { get; init; }

    /// <summary>When it was sent.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>When it was begun.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last written.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <inheritdoc />
    public int Version { get; init; }

    internal string? KeptSafety { get; init; }

    internal static IQueryable<PrescriptionResponse> From(CarelineDb db, IQueryable<Prescription> prescriptions) =>
        from sheet in prescriptions
        join patient in db.Set<PatientRow>() on sheet.PatientId equals patient.Id
        join doctor in db.Set<DoctorRow>() on sheet.DoctorId equals doctor.Id
        join clinic in db.Set<ClinicRow>() on sheet.PharmacyId equals clinic.Id into pharmacies
        from pharmacy in pharmacies.DefaultIfEmpty()
        select new PrescriptionResponse
        {
            Id = sheet.Id,
            Number = sheet.Number,
            Status = sheet.Status,
            Patient = new PrescriptionParty { Id = patient.Id, Name = patient.Name },
            Doctor = new PrescriptionParty { Id = doctor.Id, Name = doctor.Name },
            ConsultationId = sheet.ConsultationId,
            GeneralAdvice = sheet.GeneralAdvice,
            DietAdvice = sheet.DietAdvice,
            FluidAdvice = sheet.FluidAdvice,
            LifestyleAdvice = sheet.LifestyleAdvice,
            NextVisit = sheet.NextVisit,
            IssuedAt = sheet.IssuedAt,
            ValidUntil = sheet.ValidUntil,
            VerifyCode = sheet.VerifyCode,
            KeptSafety = sheet.Safety,
            SupersedesId = sheet.SupersedesId,
            SupersededById = sheet.Status != PrescriptionStatus.Superseded ? null
                : db.Set<Prescription>().Where(p => p.SupersedesId == sheet.Id && p.IssuedAt != null).Select(p => (Guid?)p.Id).FirstOrDefault(),
            EndReason = sheet.EndReason,
            EndedAt = sheet.EndedAt,
            Pharmacy = pharmacy == null ? null : new PrescriptionParty { Id = pharmacy.Id, Name = pharmacy.Name },
            SentAt = sheet.SentAt,
            CreatedAt = sheet.CreatedAt,
            UpdatedAt = sheet.UpdatedAt,
            Version = sheet.Version,
        };

    /// <summary>Adds the lines of all sheets on a page with one query.</summary>
    internal static async Task<IReadOnlyList<PrescriptionResponse>> WithLinesAsync(
        IPrescriptions prescriptions, IReadOnlyList<PrescriptionResponse> sheets, CancellationToken ct)
    {
        var ids = sheets.Select(s => s.Id).ToArray();
        var lines = (await prescriptions.Lines.Where(l => ids.Contains(l.PrescriptionId)).OrderBy(l => l.Position).ToListAsync(ct))
            .ToLookup(l => l.PrescriptionId);
        return
        [
            .. sheets.Select(s => s with
            {
                Lines = [.. lines[s.Id]],
                Safety = SafetyStatements.Read(s.KeptSafety),
                VerifyCode = s.VerifyCode is { } code ? Signatures.VerifyCode.Show(code) : null,
            }),
        ];
    }
}

/// <summary>A person or a pharmacy named on a prescription.</summary>
public sealed record PrescriptionParty
{
    /// <summary>The patient, doctor or clinic.</summary>
    public Guid Id { get; init; }

    /// <summary>Their name.</summary>
    public string Name { get; init; } = "";
}
