using Careline.Clinics.Clinics;
using Careline.Clinics.Profile;
using Careline.Clinics.Services;

namespace Careline.Clinics.Nearby;

/// <summary>Answers from the tables while the index is not loaded: the database finds and orders, and whether one is open, its own clock says.</summary>
internal static class NearbyTables
{
    public static async Task<Page<ClinicResponse>> AnswerAsync(CarelineDb db, NearbyQuestion question, ListQuery query, Actor? actor, CancellationToken ct)
    {
        var clinics = ListClinics.ByKind(Clinic.VisibleToAnyone(db, null), question.Kind, question.IsPharmacy);
        var found = question.Around.Among(BySale(clinics, question.Service, db));
        found = question.FarthestFirst ? found.OrderByDescending(p => p.Kilometres).ThenBy(p => p.Id) : found.OrderBy(p => p.Kilometres).ThenBy(p => p.Id);
        var page = question.IsOpen is { } isOpen ? await OpenAsync(found, isOpen, query, db, ct) : await query.PageAsync(found, ct);
        return await ShowAsync(page, actor, db, ct);
    }

    private static IQueryable<Clinic> BySale(IQueryable<Clinic> clinics, ServiceQuestion? question, CarelineDb db)
    {
        if (question is not { Id: var id, Words: var words, Currency: var currency, Most: var most })
        {
            return clinics;
        }

        var services = db.Set<ServiceOffer>().Where(s => s.IsActive && s.RemovedAt == null);
        services = id is null ? services : services.Where(s => s.Id == id);
        services = words is null ? services : services.Where(s => s.Name.ToLower().Contains(words) || s.Category!.ToLower().Contains(words));
        services = currency is null ? services : services.Where(s => s.PriceCurrency == currency && s.PriceAmount <= most);
        return clinics.Where(c => services.Any(s => s.ClinicId == c.Id));
    }

    private static async Task<Page<PlacedClinic>> OpenAsync(IQueryable<PlacedClinic> found, bool isOpen, ListQuery query, CarelineDb db, CancellationToken ct)
    {
        var all = await found.ToListAsync(ct);
        var ids = all.Select(p => p.Id).ToArray();
        var hours = (await db.Set<OpeningHours>().Where(h => ids.Contains(h.ClinicId))
            .Select(h => new { h.ClinicId, Form = new HoursForm(h.Weekday, h.StartTime, h.EndTime) }).ToListAsync(ct)).ToLookup(h => h.ClinicId, h => h.Form);
        all.RemoveAll(p => OpeningPlan.IsOpen(p.TimeZone, hours[p.Id], p.ClosedDays, db.Now) != isOpen);
        return new Page<PlacedClinic>([.. all.Skip(query.Skip).Take(query.PageSize)], all.Count, query.Page, query.PageSize);
    }

    private static async Task<Page<ClinicResponse>> ShowAsync(Page<PlacedClinic> page, Actor? actor, CarelineDb db, CancellationToken ct)
    {
        var ids = page.Rows.Select(p => p.Id).ToArray();
        var clinics = await db.Set<Clinic>().Where(c => ids.Contains(c.Id)).Select(ClinicResponse.Projection(db, actor)).ToDictionaryAsync(c => c.Id, ct);
        return new Page<ClinicResponse>(
            [.. page.Rows.Where(p => clinics.ContainsKey(p.Id)).Select(p => clinics[p.Id] with { DistanceKm = ListedClinic.Rounded(p.Kilometres) })],
            page.Total, page.Number, page.Size);
    }
}
