using Careline.Doctors.Contracts;
using Careline.Patients.Contracts;
using Careline.Platform.Data;
using Careline.Prescriptions.Contracts;
using Microsoft.EntityFrameworkCore;

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

    /// <summary>When it became valid.</summary>
    public DateTimeOffset? IssuedAt { get; init; }

    /// <summary>When it was begun.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last written.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <inheritdoc />
    public int Version { get; init; }

    internal static IQueryable<PrescriptionResponse> From(CarelineDb db, IQueryable<Prescription> prescriptions) =>
        from sheet in prescriptions
        join patient in db.Set<PatientRow>() on sheet.PatientId equals patient.Id
        join doctor in db.Set<DoctorRow>() on sheet.DoctorId equals doctor.Id
        select new PrescriptionResponse
        {
            Id = sheet.Id,
            Number = sheet.Number,
            Status = sheet.Status,
            Patient = new PrescriptionParty { Id = patient.Id, Name = patient.Name },
            Doctor = new PrescriptionParty { Id = doctor.Id, Name = doctor.Name },
            ConsultationId = sheet.ConsultationId,
            IssuedAt = sheet.IssuedAt,
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
        return [.. sheets.Select(s => s with { Lines = [.. lines[s.Id]] })];
    }
}

/// <summary>A person named on a prescription.</summary>
public sealed record PrescriptionParty
{
    /// <summary>The patient or doctor.</summary>
    public Guid Id { get; init; }

    /// <summary>Their name.</summary>
    public string Name { get; init; } = "";
}
