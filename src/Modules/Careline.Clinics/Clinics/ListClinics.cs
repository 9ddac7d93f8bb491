using Careline.Accounts.Contracts;

namespace Careline.Clinics.Clinics;

internal static class ListClinics
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", List).Named("ListClinics", "Clinics, by name.").ForAnyone("people choose a clinic before they sign up")
            .WithFilters("country", "city", "status", "kind", "is_pharmacy", "verification_status", "mine");
        routes.MapGet("/{id:guid}/", Get).Named("GetClinic", "One clinic.").ForAnyone("people choose a clinic before they sign up")
            .OpenToAll("clinics are public once verified; the query hides the others");
    }

    private static async Task<PageAnswer<ClinicResponse>> List(ListQuery query, Actor? actor, CarelineDb db, CancellationToken ct)
    {
        var clinics = ByVerification(ByKind(Clinic.VisibleToAnyone(db, actor), query.Enum<ClinicKind>("kind"), query.Flag("is_pharmacy")), query, actor);
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

        if (query.Flag("mine") is { } isMine)
        {
            // Nobody in particular works nowhere.
            var me = actor?.AccountId;
            var own = db.Set<StaffRow>().Where(s => s.AccountId == me).Select(s => s.ClinicId);
            clinics = isMine ? clinics.Where(c => own.Contains(c.Id)) : clinics.Where(c => !own.Contains(c.Id));
        }

        if (query.Search is { } search)
        {
            var words = search.ToLowerInvariant();
            clinics = clinics.Where(c => c.Name.ToLower().Contains(words) || c.City!.ToLower().Contains(words));
        }

        var (order, descending) = query.Ordering("name", "created_at", "rating");
        clinics = ((order, descending) switch
        {
            ("name", false) => clinics.OrderBy(c => c.Name),
            ("name", true) => clinics.OrderByDescending(c => c.Name),
            ("rating", false) => clinics.OrderBy(c => c.Rating),
            ("rating", true) => clinics.OrderByDescending(c => c.Rating),
            (_, false) => clinics.OrderBy(c => c.CreatedAt),
            _ => clinics.OrderByDescending(c => c.CreatedAt),
        }).ThenBy(c => c.Id);
        return Answer.Page(await query.PageAsync(clinics, ClinicResponse.Projection(db, actor), ct));
    }

    /// <summary>Narrows by what a clinic is.</summary>
    public static IQueryable<Clinic> ByKind(IQueryable<Clinic> clinics, ClinicKind? kind, bool? isPharmacy)
    {
        if (kind is not null)
        {
            // Who does both does either.
            clinics = clinics.Where(c => c.Kind == kind || c.Kind == ClinicKind.Both);
        }

        return isPharmacy is null ? clinics : clinics.Where(c => c.IsPharmacy == isPharmacy);
    }

    /// <summary>The clinic as the actor may see it.</summary>
    public static async Task<ClinicResponse> ReadAsync(CarelineDb db, Actor? actor, Guid id, CancellationToken ct) =>
        await Clinic.VisibleToAnyone(db, actor).Where(c => c.Id == id).Select(ClinicResponse.Projection(db, actor)).FirstOrDefaultAsync(ct) ?? throw new NotFound();

    private static IQueryable<Clinic> ByVerification(IQueryable<Clinic> clinics, ListQuery query, Actor? actor)
    {
        if (query.Enum<ClinicVerification>("verification_status") is not { } verification)
        {
            return clinics;
        }

        return actor is { IsAdmin: true } ? clinics.Where(c => c.Verification == verification)
            : throw new PermissionDenied("Only administrators may list clinics by verification.");
    }

    private static async Task<Answer<ClinicResponse>> Get(Guid id, Actor? actor, CarelineDb db, CancellationToken ct) => Answer.Ok(await ReadAsync(db, actor, id, ct));
}
