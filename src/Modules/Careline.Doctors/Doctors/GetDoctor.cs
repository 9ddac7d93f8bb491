using Careline.Accounts.Contracts;

namespace Careline.Doctors.Doctors;

internal static class GetDoctor
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/{id:guid}/", Handle).Named("GetDoctor", "One doctor.").ForAnyone("people choose a doctor before they sign up")
            .OpenToAll("verified doctors are public; the query hides the others");
        routes.MapGet("/me/", Own).Named("GetOwnDoctorProfile", "The caller's own profile as a doctor.").ForRoles(Roles.Doctor);
    }

    private static async Task<Answer<DoctorResponse>> Handle(Guid id, Actor? actor, CarelineDb db, CancellationToken ct) =>
        Answer.Ok(await ReadAsync(db, actor, id, ct));

    private static async Task<Answer<DoctorResponse>> Own(Actor actor, CarelineDb db, CancellationToken ct) =>
        Answer.Ok(await ReadAsync(db, actor, actor.DoctorId ?? throw new NotFound(), ct));

    /// <summary>The doctor as the actor may see it.</summary>
    public static async Task<DoctorResponse> ReadAsync(CarelineDb db, Actor? actor, Guid id, CancellationToken ct)
    {
        var doctor = await Doctor.VisibleToAnyone(db, actor).Where(d => d.Id == id).Select(DoctorResponse.Projection(db, actor)).FirstOrDefaultAsync(ct)
            ?? throw new NotFound();
        await DoctorResponse.NameClinicsAsync(db, [doctor], ct);
        return doctor;
    }
}
