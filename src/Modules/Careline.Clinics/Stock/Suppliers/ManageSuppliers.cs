using System.Linq.Expressions;
using Careline.Audit.Contracts;

namespace Careline.Clinics.Stock.Suppliers;

/// <summary>Where a clinic buys.</summary>
/// <param name="Name">Once per clinic.</param>
/// <param name="Contact">How the business is reached.</param>
/// <param name="IsActive">Whether the clinic still buys there.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record SupplierRequest([Required, StringLength(200, MinimumLength = 1)] string Name, [MaxLength(500)] string? Contact = null, bool IsActive = true);

/// <summary>Where a clinic buys.</summary>
/// <param name="Id">The supplier.</param>
/// <param name="Name">The name.</param>
/// <param name="Contact">How the business is reached.</param>
/// <param name="IsActive">Whether the clinic still buys there.</param>
/// <param name="UpdatedAt">Last change.</param>
/// <param name="Version">Raised by every change.</param>
public sealed record SupplierResponse(Guid Id, string Name, string? Contact, bool IsActive, DateTimeOffset UpdatedAt, int Version) : IVersioned
{
    internal static Expression<Func<Supplier, SupplierResponse>> Of { get; } = s => new SupplierResponse(s.Id, s.Name, s.Contact, s.IsActive, s.UpdatedAt, s.Version);
}

internal static class ManageSuppliers
{
    public static void Map(RouteGroupBuilder stock)
    {
        stock.MapGet("/suppliers/", List).Named("ListSuppliers", "Where a clinic buys, by name.").ForSignedIn().VisibleAs<StockedClinic>().WithFilters("is_active");
        stock.MapPost("/suppliers/", Add).Named("AddSupplier", "Adds a supplier.").ForSignedIn().VisibleAs<StockedClinic>();
        stock.MapPut("/suppliers/{supplierId:guid}/", Replace).Named("ReplaceSupplier", "Replaces what is said of a supplier.").ForSignedIn()
            .VisibleAs<StockedClinic>().OpenToAll(StockRoutes.OfClinic);
    }

    private static async Task<PageAnswer<SupplierResponse>> List(Guid id, ListQuery query, Actor actor, CarelineDb db, CancellationToken ct)
    {
        await StockedClinic.OpenBooksAsync(db, actor, id, ct);
        var suppliers = db.Set<Supplier>().Where(s => s.ClinicId == id);
        suppliers = query.Flag("is_active") is { } active ? suppliers.Where(s => s.IsActive == active) : suppliers;
        foreach (var pattern in query.SearchPatterns)
        {
            suppliers = suppliers.Where(s => EF.Functions.ILike(s.Name, pattern));
        }

        query.Ordering("name");
        return Answer.Page(await query.PageAsync(suppliers.OrderBy(s => s.Name).ThenBy(s => s.Id), SupplierResponse.Of, ct));
    }

    private static async Task<CreatedAnswer<SupplierResponse>> Add(Guid id, SupplierRequest request, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        await StockedClinic.KeepAsync(db, actor, id, ct);
        var supplier = Supplier.Add(db.NewId(), id, request, db.Now);
        db.Add(supplier);
        return Answer.Created(await SaveAsync(db, supplier, trail, ct), "Supplier added.");
    }

    private static async Task<Answer<SupplierResponse>> Replace(
        Guid id, Guid supplierId, SupplierRequest request, IfMatch ifMatch, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        await StockedClinic.KeepAsync(db, actor, id, ct);
        var supplier = await db.Set<Supplier>().AsTracking().FirstOrDefaultAsync(s => s.Id == supplierId && s.ClinicId == id, ct) ?? throw new NotFound();
        ifMatch.Check(supplier);
        supplier.Replace(request, db.Now);
        return Answer.Ok(await SaveAsync(db, supplier, trail, ct), "Supplier changed.");
    }

    private static async Task<SupplierResponse> SaveAsync(CarelineDb db, Supplier supplier, AuditTrail trail, CancellationToken ct)
    {
        trail.About("supplier", supplier.Id).Because("operations");
        await db.SaveChangesAsync(ct);
        return SupplierResponse.Of.Compile()(supplier);
    }
}
