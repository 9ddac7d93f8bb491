using Careline.Audit.Contracts;
using Careline.Clinics.Staff;
using Careline.Platform.Data;
using Careline.Platform.Security;
using Careline.Platform.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

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
        var clinic = await LoadAsync(db, actor, id, ifMatch, ct);
        return await SaveAsync(db, clinic, request, trail, ct);
    }

    private static async Task<Answer<ClinicResponse>> Change(
        Guid id, Merge<ClinicRequest> patch, IfMatch ifMatch, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var clinic = await LoadAsync(db, actor, id, ifMatch, ct);
        return await SaveAsync(db, clinic, await patch.OntoAsync(ClinicRequest.Of(clinic)), trail, ct);
    }

    private static async Task<Clinic> LoadAsync(CarelineDb db, Actor actor, Guid id, IfMatch ifMatch, CancellationToken ct)
    {
        var clinic = await Clinic.VisibleTo(db, actor).AsTracking().FirstOrDefaultAsync(c => c.Id == id, ct) ?? throw new NotFound();
        await StaffMember.RequireAdministratorAsync(db, actor, id, ct);
        ifMatch.Check(clinic);
        return clinic;
    }

    private static async Task<Answer<ClinicResponse>> SaveAsync(
        CarelineDb db, Clinic clinic, ClinicRequest request, AuditTrail trail, CancellationToken ct)
    {
        clinic.Replace(request, db.Now);
        trail.About("clinic", clinic.Id).Because("operations");
        await db.SaveChangesAsync(ct);
        return Answer.Ok(ClinicResponse.Of(clinic), "Clinic changed.");
    }
}
