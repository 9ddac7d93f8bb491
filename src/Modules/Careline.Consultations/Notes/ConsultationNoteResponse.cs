using Careline.Consultations.Consultations;
using Careline.Doctors.Contracts;

namespace Careline.Consultations.Notes;

/// <summary>A note.</summary>
public sealed record ConsultationNoteResponse
{
    /// <summary>The note.</summary>
    public Guid Id { get; init; }

    /// <summary>What it is about.</summary>
    public NoteType NoteType { get; init; }

    /// <summary>The same for people.</summary>
    public string NoteTypeDisplay => EnumText<NoteType>.Display(NoteType);

    /// <summary>A heading.</summary>
    public string? Title { get; init; }

    /// <summary>The text.</summary>
    public string Content { get; init; } = "";

    /// <summary>Who wrote it.</summary>
    public ConsultationAuthor Author { get; init; } = new();

    /// <summary>When.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>A consultation's notes, newest first.</summary>
    internal static IQueryable<ConsultationNoteResponse> From(CarelineDb db, Guid consultationId) =>
        db.Set<ConsultationNote>().Where(n => n.ConsultationId == consultationId)
            .OrderByDescending(n => n.CreatedAt).ThenByDescending(n => n.Id)
            .Select(n => new ConsultationNoteResponse
            {
                Id = n.Id,
                NoteType = n.NoteType,
                Title = n.Title,
                Content = n.Content,
                Author = new ConsultationAuthor
                {
                    UserId = n.AuthorId,
                    Name = db.Set<DoctorRow>().Where(d => d.AccountId == n.AuthorId).Select(d => d.Name).FirstOrDefault(),
                },
                CreatedAt = n.CreatedAt,
            });
}
