using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;

namespace Careline.Clinics.Clinics;

internal static class ChangeClinic
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPut("/{id:guid}/", Replace).Named("ReplaceClinic", "Replaces what is said of a clinic.").ForSignedIn().VisibleAs<Clinic>();
        routes.MapPatch("/{id:guid}/", Change).Named("ChangeClinic", "Changes some of what is said of a clinic.").ForSignedIn().VisibleAs<Clinic>()
            .AcceptsMerge<ClinicRequest>();
    }

    private static async Task<Answer<ClinicResponse>> Replace(
        Guid id, ClinicRequest request, IfMatch ifMatch, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var clinic = await Clinic.LockAsync(db, actor, id, ct);
        ifMatch.Check(clinic);
        return await SaveAsync(db, clinic, request, actor, trail, ct);
    }

    private static async Task<Answer<ClinicResponse>> Change(
        Guid id, Merge<ClinicRequest> patch, IfMatch ifMatch, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var clinic = await Clinic.LockAsync(db, actor, id, ct);
        ifMatch.Check(clinic);
        return await SaveAsync(db, clinic, await patch.OntoAsync(ClinicRequest.Of(clinic)), actor, trail, ct);
    }

    private static async Task<Answer<ClinicResponse>> SaveAsync(
        CarelineDb db, Clinic clinic, ClinicRequest request, Actor actor, AuditTrail trail, CancellationToken ct)
    {
        clinic.Replace(request, actor.IsAdmin, db.Now);
        trail.About("clinic", clinic.Id).Because("operations");
        await db.SaveChangesAsync(ct);
        return Answer.Ok(await ListClinics.ReadAsync(db, actor, clinic.Id, ct), "Clinic changed.");
    }
}
