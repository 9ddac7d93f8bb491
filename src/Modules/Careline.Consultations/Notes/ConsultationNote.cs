namespace Careline.Consultations.Notes;

/// <summary>One note of a visit. Never changed.</summary>
internal sealed class ConsultationNote
{
    private ConsultationNote()
    {
    }

    public Guid Id { get; private set; }

    public Guid ConsultationId { get; private set; }

    public NoteType NoteType { get; private set; }

    public string? Title { get; private set; }

    public string Content { get; private set; } = "";

    public Guid AuthorId { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public static ConsultationNote Of(Guid id, Guid consultationId, AddNoteRequest request, Guid author, DateTimeOffset now) => new()
    {
        Id = id,
        ConsultationId = consultationId,
        NoteType = request.NoteType,
        Title = request.Title,
        Content = request.Content,
        AuthorId = author,
        CreatedAt = now,
    };

    internal sealed class Mapping : IEntityTypeConfiguration<ConsultationNote>
    {
        public void Configure(EntityTypeBuilder<ConsultationNote> builder)
        {
            builder.ToTable("notes", "consultations");
            builder.Property(n => n.Id).ValueGeneratedNever();
        }
    }
}

/// <summary>What a note is about.</summary>
public enum NoteType
{
    /// <summary>Anything.</summary>
    General,

    /// <summary>The judgement.</summary>
    Assessment,

    /// <summary>What is to be done.</summary>
    Plan,

    /// <summary>What comes after.</summary>
    FollowUp,

    /// <summary>What was found.</summary>
    Examination,

    /// <summary>What was done.</summary>
    Treatment,

    /// <summary>What the patient was told.</summary>
    Advice,

    /// <summary>Laboratory.</summary>
    LabResults,

    /// <summary>Imaging.</summary>
    Imaging,

    /// <summary>Hand-over to another doctor.</summary>
    Referral,
}
