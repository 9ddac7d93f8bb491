using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Platform.Data;
using Careline.Platform.Security;
using Careline.Platform.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Careline.Clinics.Clinics;

internal static class OpenClinic
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/", Handle).Named("OpenClinic", "Opens a clinic.").ForRoles(Roles.Administrators);

    private static async Task<CreatedAnswer<ClinicResponse>> Handle(ClinicRequest request, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var clinic = Clinic.Open(db.NewId(), request, db.Now);
        db.Add(clinic);
        trail.About("clinic", clinic.Id).Because("operations");
        await db.SaveChangesAsync(ct);
        return Answer.Created(ClinicResponse.Of(clinic), "Clinic opened.");
    }
}
