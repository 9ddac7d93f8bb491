using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Consultations.Consultations;
using Careline.Doctors.Contracts;

namespace Careline.Consultations.History;

/// <summary>One step in the life of a consultation.</summary>
public sealed record RevisionResponse
{
    /// <summary>When.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>What happened.</summary>
    public RevisionAction Action { get; init; }

    /// <summary>Which fields of the text changed.</summary>
    public string[] Fields { get; init; } = [];

    /// <summary>Who did it; null where the document followed its appointment.</summary>
    public ConsultationAuthor? Actor { get; init; }
}

internal static class ListRevisions
{
    public static void Map(RouteGroupBuilder consultations) => consultations.MapGet("/{id:guid}/history/", Handle)
        .Named("ListConsultationHistory", "Lists who did what to a consultation, oldest first.")
        .ForRoles(Roles.Doctor, Roles.Nurse, Roles.Admin, Roles.SuperAdmin)
        .VisibleAs<Consultation>();

    private static async Task<PageAnswer<RevisionResponse>> Handle(
        Guid id, ListQuery query, Actor actor, CarelineDb db, ConsultationReader reader, AuditTrail trail, CancellationToken ct)
    {
        var consultation = await reader.FindAsync(id, actor, ct);
        trail.About("consultation", id).Concerns(consultation.PatientId);
        var rows = db.Set<Revision>().Where(r => r.ConsultationId == id).OrderBy(r => r.At).ThenBy(r => r.Id).Select(r => new RevisionResponse
        {
            At = r.At,
            Action = r.Action,
            Fields = r.Fields,
            Actor = r.ActorId == null ? null : new ConsultationAuthor
            {
                UserId = r.ActorId.Value,
                Name = db.Set<DoctorRow>().Where(d => d.AccountId == r.ActorId).Select(d => d.Name).FirstOrDefault(),
            },
        });
        return Answer.Page(await query.PageAsync(rows, ct));
    }
}
