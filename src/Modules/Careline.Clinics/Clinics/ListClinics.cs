using Careline.Platform.Data;
using Careline.Platform.Security;
using Careline.Platform.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Careline.Clinics.Clinics;

internal static class ListClinics
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", List).Named("ListClinics", "Clinics, by name.").ForAnyone("people choose a clinic before they sign up")
            .WithFilters("country", "city", "status");
        routes.MapGet("/{id:guid}/", Get).Named("GetClinic", "One clinic.").ForAnyone("people choose a clinic before they sign up")
            .OpenToAll("clinics are public once verified; the query hides the others");
    }

    private static async Task<PageAnswer<ClinicResponse>> List(ListQuery query, Actor? actor, CarelineDb db, CancellationToken ct)
    {
        var clinics = Clinic.VisibleToAnyone(db, actor);
        if (query.Text("country", 2) is { } country)
        {
            clinics = clinics.Where(c => c.Country == country);
        }

        if (query.Text("city", 120) is { } city)
        {
            clinics = clinics.Where(c => c.City == city);
        }

        if (query.Enum<ClinicStatus>("status") is { } status)
        {
            clinics = clinics.Where(c => c.Status == status);
        }

        if (query.Search is { } search)
        {
            var words = search.ToLowerInvariant();
            clinics = clinics.Where(c => c.Name.ToLower().Contains(words) || c.City!.ToLower().Contains(words));
        }

        var (order, descending) = query.Ordering("name", "created_at");
        clinics = (order, descending) switch
        {
            ("name", false) => clinics.OrderBy(c => c.Name).ThenBy(c => c.Id),
            ("name", true) => clinics.OrderByDescending(c => c.Name).ThenBy(c => c.Id),
            (_, false) => clinics.OrderBy(c => c.CreatedAt).ThenBy(c => c.Id),
            _ => clinics.OrderByDescending(c => c.CreatedAt).ThenBy(c => c.Id),
        };
        return Answer.Page(await query.PageAsync(clinics, ClinicResponse.Projection, ct));
    }

    private static async Task<Answer<ClinicResponse>> Get(Guid id, Actor? actor, CarelineDb db, CancellationToken ct) =>
        Answer.Ok(await Clinic.VisibleToAnyone(db, actor).Where(c => c.Id == id).Select(ClinicResponse.Projection).FirstOrDefaultAsync(ct)
            ?? throw new NotFound());
}
