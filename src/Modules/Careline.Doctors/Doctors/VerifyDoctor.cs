using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Doctors.Search;

namespace Careline.Doctors.Doctors;

/// <summary>What an administrator found about a licence.</summary>
public enum VerificationDecision
{
    /// <summary>It is right.</summary>
    Verified,

    /// <summary>It is not.</summary>
    Rejected,
}

/// <summary>An administrator's decision on a licence; without a body it means verified.</summary>
/// <param name="Decision">verified or rejected.</param>
/// <param name="Note">Why, for the doctor to read.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record VerifyDoctorRequest(VerificationDecision Decision = VerificationDecision.Verified, [StringLength(1000)] string? Note = null);

internal static class VerifyDoctor
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/{id:guid}/verify/", Handle).Named("VerifyDoctor", "Decides on a doctor's licence.")
            .ForRoles(Roles.Administrators).VisibleAs<Doctor>();

    private static async Task<Answer<DoctorResponse>> Handle(
        Guid id, VerifyDoctorRequest? request, Actor actor, CarelineDb db, AuditTrail trail, DoctorIndex index, CancellationToken ct)
    {
        var doctor = await Doctor.VisibleTo(db, actor).AsTracking().FirstOrDefaultAsync(d => d.Id == id, ct) ?? throw new NotFound();
        db.Publish(doctor.Decide(request ?? new VerifyDoctorRequest(), actor.AccountId, db.Now));
        index.Follow(db, id);
        trail.About("doctor", id).Because("operations").Changed("verification_status");
        await db.SaveChangesAsync(ct);
        return Answer.Ok(await GetDoctor.ReadAsync(db, actor, id, ct), "Decision recorded.");
    }
}
