using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;

namespace Careline.Consultations.Consultations;

internal static class GetConsultation
{
    public static void Map(RouteGroupBuilder consultations) => consultations.MapGet("/{id:guid}/", Handle)
        .Named("GetConsultation", "Shows the document of a visit with its vital signs, prescriptions, notes, diagnoses and addenda.")
        .ForRoles(Roles.RecordReaders)
        .VisibleAs<Consultation>();

    private static async Task<Answer<ConsultationResponse>> Handle(
        Guid id, Actor actor, ConsultationReader reader, AuditTrail trail, CancellationToken ct)
    {
        var document = await reader.ReadAsync(id, actor, ct);
        trail.About("consultation", id).Concerns(document.Patient.Id);
        return Answer.Ok(document);
    }
}
