using Careline.Consultations.Consultations;
using Careline.Doctors.Contracts;

namespace Careline.Consultations.Diagnoses;

/// <summary>A diagnosis.</summary>
public sealed record DiagnosisResponse
{
    /// <summary>The diagnosis.</summary>
    public Guid Id { get; init; }

    /// <summary>The visit it was made in.</summary>
    public Guid ConsultationId { get; init; }

    /// <summary>In words.</summary>
    public string Text { get; init; } = "";

    /// <summary>ICD-10 code.</summary>
    public string? Code { get; init; }

    /// <summary>What part it plays.</summary>
    public DiagnosisKind Kind { get; init; }

    /// <summary>How sure the doctor is.</summary>
    public DiagnosisConfidence? Confidence { get; init; }

    /// <summary>Who made it.</summary>
    public ConsultationAuthor Author { get; init; } = new();

    /// <summary>When.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>A consultation's diagnoses, newest first.</summary>
    internal static IQueryable<DiagnosisResponse> From(CarelineDb db, Guid consultationId) =>
        From(db, db.Set<ConsultationDiagnosis>().Where(d => d.ConsultationId == consultationId));

    /// <summary>Diagnoses, newest first.</summary>
    internal static IQueryable<DiagnosisResponse> From(CarelineDb db, IQueryable<ConsultationDiagnosis> diagnoses) =>
        diagnoses.OrderByDescending(d => d.CreatedAt).ThenByDescending(d => d.Id).Select(d => new DiagnosisResponse
        {
            Id = d.Id,
            ConsultationId = d.ConsultationId,
            Text = d.Text,
            Code = d.Code,
            Kind = d.Kind,
            Confidence = d.Confidence,
            Author = new ConsultationAuthor
            {
                UserId = d.AuthorId,
                Name = db.Set<DoctorRow>().Where(r => r.AccountId == d.AuthorId).Select(r => r.Name).FirstOrDefault(),
            },
            CreatedAt = d.CreatedAt,
        });
}
