using System.Linq.Expressions;
using Microsoft.Extensions.Validation;

namespace Careline.Patients.History;

/// <summary>What staff write for each other.</summary>
/// <param name="Content">The text.</param>
/// <param name="IsPrivate">For its author only.</param>
[ValidatableType, JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record NoteRequest([Required, StringLength(20_000)] string Content, bool IsPrivate = false);

/// <summary>What staff write for each other.</summary>
/// <param name="Id">The entry.</param>
/// <param name="Content">The text.</param>
/// <param name="IsPrivate">For its author only.</param>
/// <param name="RecordedBy">The author's account.</param>
/// <param name="CreatedAt">When it was written.</param>
/// <param name="UpdatedAt">Last change.</param>
/// <param name="Version">Rises with each change.</param>
public sealed record NoteResponse(
    Guid Id, string Content, bool IsPrivate, Guid RecordedBy, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, int Version) : IVersioned;

/// <summary>A staff note. The patient never reads one; a private one only its author.</summary>
internal sealed class Note : HistoryEntry, IHistoryEntry<Note, NoteRequest, NoteResponse>
{
    public static HistoryNoun Noun { get; } = new("notes", "PatientNote", "staff note", a => a.RequireStaffReading(), a => a.RequireTreating());

    public static Expression<Func<Note, NoteResponse>> Projection { get; } = n => new NoteResponse(
        n.Id, n.Content, n.IsPrivate, n.RecordedBy, n.CreatedAt, n.UpdatedAt, n.Version);

    public string Content { get; private set; } = "";

    public bool IsPrivate { get; private set; }

    public static IQueryable<Note> ReadableBy(IQueryable<Note> entries, Guid accountId) =>
        entries.Where(n => !n.IsPrivate || n.RecordedBy == accountId);

    public NoteRequest AsRequest() => new(Content, IsPrivate);

    public void Replace(NoteRequest request) => (Content, IsPrivate) = request;

    public override void RequireChangeBy(Guid accountId)
    {
        if (RecordedBy != accountId)
        {
            throw new PermissionDenied("Only its author may change a note.");
        }
    }

    internal sealed class Mapping : IEntityTypeConfiguration<Note>
    {
        public void Configure(EntityTypeBuilder<Note> builder) => Map(builder, "notes");
    }
}
