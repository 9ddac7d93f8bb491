using Careline.Clinics.Clinics;
using Careline.Clinics.Profile;
using Careline.Clinics.Services;
using Careline.Platform.Data;
using Careline.Platform.Security;
using Careline.Platform.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Careline.Clinics.Nearby;

/// <summary>Clinics around a place. The database finds and orders them; whether one is open, its own clock says.</summary>
internal static class FindNearby
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/nearby/", Handle).Named("ListNearbyClinics", "Clinics around ?lat=&lng= within ?radius_km=, the nearest first.")
            .ForAnyone("people choose a clinic before they sign up")
            .WithFilters("lat", "lng", "radius_km", "open_now", "service", "max_fee", "currency", "is_pharmacy", "kind");

    private static async Task<PageAnswer<ClinicResponse>> Handle(ListQuery query, Actor? actor, CarelineDb db, CancellationToken ct)
    {
        var around = Read(query);
        var clinics = ByService(ListClinics.ByKind(Clinic.VisibleToAnyone(db, null), query), query, db);
        var (_, farthest) = query.Ordering("distance");
        var isOpen = query.Flag("open_now");
        query.Check();
        var found = around.Among(clinics);
        found = farthest ? found.OrderByDescending(p => p.Kilometres).ThenBy(p => p.Id) : found.OrderBy(p => p.Kilometres).ThenBy(p => p.Id);
        var page = isOpen is null ? await query.PageAsync(found, ct) : await OpenAsync(found, isOpen.Value, query, db, ct);
        return Answer.Page(await ShowAsync(page, actor, db, ct));
    }

    private static Surroundings Read(ListQuery query)
    {
        var (latitude, longitude) = (query.Decimal("lat", -90, 90), query.Decimal("lng", -180, 180));
        foreach (var (name, value) in new[] { ("lat", latitude), ("lng", longitude) })
        {
            if (value is null)
            {
                query.Fault(name, "Give lat and lng in degrees, such as lat=6.45&lng=3.39.");
            }
        }

        return new Surroundings((double)(latitude ?? 0), (double)(longitude ?? 0), (double)(query.Decimal("radius_km", 0.1m, 1000) ?? 25));
    }

    private static IQueryable<Clinic> ByService(IQueryable<Clinic> clinics, ListQuery query, CarelineDb db)
    {
        var services = db.Set<ServiceOffer>().Where(s => s.IsActive && s.RemovedAt == null);
        var (service, fee, currency) = (query.Text("service"), query.Decimal("max_fee", 0, 1_000_000_000), query.Text("currency", 3)?.ToUpperInvariant());
        if (fee is not null && currency is null)
        {
            query.Fault("currency", "Say in which currency max_fee is.");
        }

        if (service is null && currency is null)
        {
            return clinics;
        }

        if (Guid.TryParse(service, out var id))
        {
            services = services.Where(s => s.Id == id);
        }
        else if (service is not null)
        {
            var words = service.ToLowerInvariant();
            services = services.Where(s => s.Name.ToLower().Contains(words) || s.Category!.ToLower().Contains(words));
        }

        if (currency is not null)
        {
            var most = (long)(fee ?? long.MaxValue);
            services = services.Where(s => s.PriceCurrency == currency && s.PriceAmount <= most);
        }

        return clinics.Where(c => services.Any(s => s.ClinicId == c.Id));
    }

    private static async Task<Page<PlacedClinic>> OpenAsync(IQueryable<PlacedClinic> found, bool isOpen, ListQuery query, CarelineDb db, CancellationToken ct)
    {
        var all = await found.ToListAsync(ct);
        var ids = all.Select(p => p.Id).ToArray();
        var hours = (await db.Set<OpeningHours>().Where(h => ids.Contains(h.ClinicId))
            .Select(h => new { h.ClinicId, Form = new HoursForm(h.Weekday, h.StartTime, h.EndTime) }).ToListAsync(ct)).ToLookup(h => h.ClinicId, h => h.Form);

        // Most clinics of a place keep the same hours: of each it is asked once.
        var known = new Dictionary<(string, HoursForm), bool>();
        all.RemoveAll(p => (p.ClosedDays.Length > 0 ? OpeningPlan.IsOpen(p.TimeZone, hours[p.Id], p.ClosedDays, db.Now) : hours[p.Id].Any(h => HoldsNow(p.TimeZone, h))) != isOpen);
        return new Page<PlacedClinic>([.. all.Skip(query.Skip).Take(query.PageSize)], all.Count, query.Page, query.PageSize);

        bool HoldsNow(string zone, HoursForm form) =>
            known.TryGetValue((zone, form), out var holds) ? holds : known[(zone, form)] = OpeningPlan.IsOpen(zone, [form], [], db.Now);
    }

    private static async Task<Page<ClinicResponse>> ShowAsync(Page<PlacedClinic> page, Actor? actor, CarelineDb db, CancellationToken ct)
    {
        var ids = page.Rows.Select(p => p.Id).ToArray();
        var clinics = await db.Set<Clinic>().Where(c => ids.Contains(c.Id)).Select(ClinicResponse.Projection(db, actor)).ToDictionaryAsync(c => c.Id, ct);
        return new Page<ClinicResponse>(
            [.. page.Rows.Where(p => clinics.ContainsKey(p.Id)).Select(p => clinics[p.Id] with { DistanceKm = Math.Round(p.Kilometres, 3) })], page.Total, page.Number, page.Size);
    }
}
