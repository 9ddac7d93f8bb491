namespace Careline.Consultations.Diagnoses;

/// <summary>One diagnosis made in a visit. Never changed: a better one is added.</summary>
internal sealed class ConsultationDiagnosis
{
    private ConsultationDiagnosis()
    {
    }

    public Guid Id { get; private set; }

    public Guid ConsultationId { get; private set; }

    public Guid PatientId { get; private set; }

    public string Text { get; private set; } = "";

    public string? Code { get; private set; }

    public DiagnosisKind Kind { get; private set; }

    public DiagnosisConfidence? Confidence { get; private set; }

    public Guid AuthorId { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public static ConsultationDiagnosis Of(Guid id, Guid consultationId, Guid patientId, AddDiagnosisRequest request, Guid author, DateTimeOffset now) => new()
    {
        Id = id,
        ConsultationId = consultationId,
        PatientId = patientId,
        Text = request.Text,
        Code = request.Code,
        Kind = request.Kind,
        Confidence = request.Confidence,
        AuthorId = author,
        CreatedAt = now,
    };

    internal sealed class Mapping : IEntityTypeConfiguration<ConsultationDiagnosis>
    {
        public void Configure(EntityTypeBuilder<ConsultationDiagnosis> builder)
        {
            builder.ToTable("diagnoses", "consultations");
            builder.Property(d => d.Id).ValueGeneratedNever();
        }
    }
}

/// <summary>What part a diagnosis plays.</summary>
public enum DiagnosisKind
{
    /// <summary>The main one.</summary>
    Primary,

    /// <summary>Beside the main one.</summary>
    Secondary,

    /// <summary>One of several that are possible.</summary>
    Differential,

    /// <summary>Until more is known.</summary>
    Provisional,
}

/// <summary>How sure the doctor is.</summary>
public enum DiagnosisConfidence
{
    /// <summary>Unsure.</summary>
    Low,

    /// <summary>Fairly sure.</summary>
    Medium,

    /// <summary>Sure.</summary>
    High,
}
