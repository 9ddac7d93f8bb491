using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;

namespace Careline.Patients.Patients;

internal static class GetPatient
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/{id:guid}/", Handle).Named("GetPatient", "One patient.").ForSignedIn().VisibleAs<Patient>();
        routes.MapGet("/me/", Own).Named("GetOwnPatientRecord", "The caller's own record as a patient.").ForSignedIn();
    }

    private static async Task<Answer<PatientResponse>> Handle(Guid id, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var patient = await ReadAsync(db, actor, id, ct);
        trail.About("patient", id).Concerns(id);
        return Answer.Ok(patient);
    }

    private static Task<Answer<PatientResponse>> Own(Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct) =>
        Handle(actor.PatientId ?? throw new NotFound(), actor, db, trail, ct);

    /// <summary>The patient as the actor may see it.</summary>
    public static async Task<PatientResponse> ReadAsync(CarelineDb db, Actor actor, Guid id, CancellationToken ct) =>
        await Patient.VisibleTo(db, actor).Where(p => p.Id == id).Select(PatientResponse.Projection(db, actor)).FirstOrDefaultAsync(ct)
        ?? throw new NotFound();
}
