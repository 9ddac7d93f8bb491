using Careline.Audit.Contracts;
using Careline.Clinics.Clinics;
using Careline.Clinics.Staff;

namespace Careline.Clinics.Services;

/// <summary>The clinic's administrators keep its price list, which everybody reads. What is booked keeps the price at which it was booked.</summary>
internal static class ManageServices
{
    private const string WhyOpen = "prices are public; the query hides clinics that are not";

    public static void Map(IEndpointRouteBuilder routes)
    {
        const string One = "/{id:guid}/services/{serviceId:guid}/";
        routes.MapGet("/{id:guid}/services/", List).Named("ListClinicServices", "What a clinic sells, by name.").ForAnyone("people compare prices before they sign up")
            .OpenToAll(WhyOpen).WithFilters("category", "modality", "is_active", "max_price", "currency");
        routes.MapPost("/{id:guid}/services/", Offer).Named("AddClinicService", "Offers something more.").ForSignedIn().VisibleAs<Clinic>();
        routes.MapGet(One, Get).Named("GetClinicService", "One thing that a clinic sells.").ForAnyone("people compare prices before they sign up").OpenToAll(WhyOpen);
        routes.MapPut(One, Replace).Named("ReplaceClinicService", "Replaces what is said of a service.").ForSignedIn().VisibleAs<Clinic>();
        routes.MapPatch(One, Change).Named("ChangeClinicService", "Changes some of what is said of a service.").ForSignedIn().VisibleAs<Clinic>()
            .AcceptsMerge<ServiceRequest>();
        routes.MapDelete(One, Remove).Named("RemoveClinicService", "Sells a service no more; visits that name it stay.").ForSignedIn().VisibleAs<Clinic>();
    }

    private static async Task<PageAnswer<ServiceResponse>> List(Guid id, ListQuery query, Actor? actor, CarelineDb db, CancellationToken ct)
    {
        var services = await OfClinicAsync(db, actor, id, ct);
        if (query.Text("category", 100) is { } category)
        {
            services = services.Where(s => s.Category == category);
        }

        if (query.Enum<ServiceModality>("modality") is { } modality)
        {
            services = services.Where(s => s.Modality == modality);
        }

        if (query.Flag("is_active") is { } isActive)
        {
            services = services.Where(s => s.IsActive == isActive);
        }

        if (query.Text("currency", 3) is { } currency)
        {
            services = services.Where(s => s.PriceCurrency == currency);
        }

        if (query.Decimal("max_price", 0, 1_000_000_000) is { } most)
        {
            services = services.Where(s => s.PriceAmount <= (long)most);
        }

        if (query.Search is { } search)
        {
            var words = search.ToLowerInvariant();
            services = services.Where(s => s.Name.ToLower().Contains(words));
        }

        var (order, descending) = query.Ordering("name", "price");
        services = ((order, descending) switch
        {
            ("price", false) => services.OrderBy(s => s.PriceCurrency).ThenBy(s => s.PriceAmount),
            ("price", true) => services.OrderBy(s => s.PriceCurrency).ThenByDescending(s => s.PriceAmount),
            (_, true) => services.OrderByDescending(s => s.Name),
            _ => services.OrderBy(s => s.Name),
        }).ThenBy(s => s.Id);
        return Answer.Page(await query.PageAsync(services, ServiceResponse.Projection, ct));
    }

    private static async Task<Answer<ServiceResponse>> Get(Guid id, Guid serviceId, Actor? actor, CarelineDb db, CancellationToken ct) => Answer.Ok(
        await (await OfClinicAsync(db, actor, id, ct)).Where(s => s.Id == serviceId).Select(ServiceResponse.Projection).FirstOrDefaultAsync(ct) ?? throw new NotFound());

    private static async Task<CreatedAnswer<ServiceResponse>> Offer(
        Guid id, ServiceRequest request, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        await StaffMember.RequireAdministratorAsync(db, actor, id, ct);
        var service = ServiceOffer.Of(db.NewId(), id, request, db.Now);
        db.Add(service);
        trail.About("clinic_service", service.Id).Because("operations");
        await db.SaveChangesAsync(ct);
        return Answer.Created(ServiceResponse.Of(service), "Service added.");
    }

    private static async Task<Answer<ServiceResponse>> Replace(
        Guid id, Guid serviceId, ServiceRequest request, IfMatch ifMatch, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var service = await LoadAsync(db, actor, (id, serviceId), ct);
        ifMatch.Check(service);
        return await SaveAsync(db, service, request, trail, ct);
    }

    private static async Task<Answer<ServiceResponse>> Change(
        Guid id, Guid serviceId, Merge<ServiceRequest> patch, IfMatch ifMatch, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var service = await LoadAsync(db, actor, (id, serviceId), ct);
        ifMatch.Check(service);
        return await SaveAsync(db, service, await patch.OntoAsync(ServiceRequest.Of(service)), trail, ct);
    }

    private static async Task<DeletedAnswer> Remove(Guid id, Guid serviceId, IfMatch ifMatch, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var service = await LoadAsync(db, actor, (id, serviceId), ct);
        ifMatch.Check(service);
        service.Remove(db.Now);
        trail.About("clinic_service", serviceId).Because("operations");
        await db.SaveChangesAsync(ct);
        return Answer.Deleted();
    }

    private static async Task<Answer<ServiceResponse>> SaveAsync(CarelineDb db, ServiceOffer service, ServiceRequest request, AuditTrail trail, CancellationToken ct)
    {
        service.Replace(request, db.Now);
        trail.About("clinic_service", service.Id).Because("operations");
        await db.SaveChangesAsync(ct);
        return Answer.Ok(ServiceResponse.Of(service), "Service changed.");
    }

    private static async Task<ServiceOffer> LoadAsync(CarelineDb db, Actor actor, (Guid Clinic, Guid Service) which, CancellationToken ct)
    {
        await StaffMember.RequireAdministratorAsync(db, actor, which.Clinic, ct);
        return await db.Set<ServiceOffer>().AsTracking().FirstOrDefaultAsync(s => s.Id == which.Service && s.ClinicId == which.Clinic && s.RemovedAt == null, ct)
            ?? throw new NotFound();
    }

    /// <summary>What can be booked everybody sees; what is being prepared or rests, the clinic's staff.</summary>
    private static async Task<IQueryable<ServiceOffer>> OfClinicAsync(CarelineDb db, Actor? actor, Guid id, CancellationToken ct)
    {
        if (!await Clinic.VisibleToAnyone(db, actor).AnyAsync(c => c.Id == id, ct))
        {
            throw new NotFound();
        }

        var services = db.Set<ServiceOffer>().Where(s => s.ClinicId == id && s.RemovedAt == null);
        var isInside = actor is not null && await StaffedClinic.VisibleTo(db, actor).AnyAsync(c => c.Id == id, ct);
        return isInside ? services : services.Where(s => s.IsActive);
    }
}
