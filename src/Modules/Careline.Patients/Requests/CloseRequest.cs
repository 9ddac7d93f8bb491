using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Patients.Notices;
using Careline.Patients.Patients;

namespace Careline.Patients.Requests;

/// <summary>An approved request is done with.</summary>
/// <param name="Note">In words; the patient reads it.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CloseRequestRequest([StringLength(4000)] string? Note = null);

/// <summary>A correction was made, or a restriction is lifted, of which the patient is told before it ends (GDPR art. 18(3)).</summary>
internal static class CloseRequest
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/{id:guid}/close/", Handle).Named("CloseDataRequest", "Closes an approved request: the correction is made, the restriction lifted.")
            .ForRoles(Roles.Administrators).VisibleAs<SubjectRequest>();

    private static async Task<Answer<SubjectRequestResponse>> Handle(
        Guid id, CloseRequestRequest? request, IfMatch ifMatch, Actor actor, CarelineDb db, PatientNotices notices, AuditTrail trail, CancellationToken ct)
    {
        var found = await SubjectRequest.VisibleTo(db, actor).AsTracking().FirstOrDefaultAsync(r => r.Id == id, ct) ?? throw new NotFound();
        ifMatch.Check(found);
        db.Add(found.Close(request?.Note, actor.AccountId, db.Now));
        var patient = await db.Set<Patient>().AsTracking().SingleAsync(p => p.Id == found.PatientId, ct);
        if (found.Kind == RequestKind.Restriction)
        {
            patient.Restrict(false, db.Now);
        }

        trail.About("data_request", id).Concerns(found.PatientId).Because("operations").Changed("status");
        await notices.ToPatientAsync(patient, PatientNotices.OfRecord("patients.request_done"), ct);
        await db.SaveChangesAsync(ct);
        return Answer.Ok(await SubjectRequestResponse.ReadAsync(db, id, ct), "Closed.");
    }
}
