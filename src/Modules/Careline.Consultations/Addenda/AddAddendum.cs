using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Consultations.Consultations;
using Careline.Consultations.History;
using Careline.Doctors.Contracts;

namespace Careline.Consultations.Addenda;

/// <summary>A correction or addition to a closed document.</summary>
/// <param name="Content">The text, kept as sent.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record AddAddendumRequest([Required, MaxLength(ConsultationText.MaxLength)] string Content);

/// <summary>An addendum.</summary>
public sealed record AddendumResponse
{
    /// <summary>The addendum.</summary>
    public Guid Id { get; init; }

    /// <summary>The text.</summary>
    public string Content { get; init; } = "";

    /// <summary>Who wrote it.</summary>
    public ConsultationAuthor Author { get; init; } = new();

    /// <summary>When.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>A consultation's addenda, newest first.</summary>
    internal static IQueryable<AddendumResponse> From(CarelineDb db, Guid consultationId) =>
        db.Set<Addendum>().Where(a => a.ConsultationId == consultationId)
            .OrderByDescending(a => a.CreatedAt).ThenByDescending(a => a.Id)
            .Select(a => new AddendumResponse
            {
                Id = a.Id,
                Content = a.Content,
                Author = new ConsultationAuthor
                {
                    UserId = a.AuthorId,
                    Name = db.Set<DoctorRow>().Where(d => d.AccountId == a.AuthorId).Select(d => d.Name).FirstOrDefault(),
                },
                CreatedAt = a.CreatedAt,
            });
}

internal static class AddAddendum
{
    public static void Map(RouteGroupBuilder consultations) => consultations.MapPost("/{id:guid}/addenda/", Handle)
        .Named("AddConsultationAddendum", "Adds a correction to a completed consultation.")
        .ForRoles(Roles.Doctor)
        .VisibleAs<Consultation>();

    private static async Task<CreatedAnswer<AddendumResponse>> Handle(
        Guid id, AddAddendumRequest request, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var consultation = await Documenting.AsDoctorAsync(db, actor, id, ct);
        consultation.Amend(db.Now);
        var addendum = Addendum.Of(db.NewId(), id, request.Content, actor.AccountId, db.Now);
        db.Add(addendum);
        db.Publish(new ConsultationAmended(id));
        db.Append(Revision.Of(id, actor.AccountId, RevisionAction.AddendumAdded, db.Clock));
        trail.About("consultation", id).Concerns(consultation.PatientId);
        await db.SaveChangesAsync(ct);
        return Answer.Created(await AddendumResponse.From(db, id).FirstAsync(a => a.Id == addendum.Id, ct), "Addendum added.");
    }
}
