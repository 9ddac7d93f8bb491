using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;

namespace Careline.Prescriptions.Medicines;

/// <summary>Administrators add to the catalogue and correct it; what they touch is the site's from then on.</summary>
internal static class KeepMedicine
{
    private const string Open = "the catalogue is no person's";

    public static void Map(RouteGroupBuilder medicines)
    {
        medicines.MapPost("/", Add).Named("AddMedicine", "Adds a medicine to the catalogue.").ForRoles(Roles.Administrators);
        medicines.MapPut("/{id:guid}/", Replace).Named("ReplaceMedicine", "Replaces what is said of a medicine.").ForRoles(Roles.Administrators).OpenToAll(Open);
        medicines.MapPatch("/{id:guid}/", Change).Named("ChangeMedicine", "Changes some of what is said of a medicine.").ForRoles(Roles.Administrators).OpenToAll(Open)
            .AcceptsMerge<MedicineRequest>();
        medicines.MapDelete("/{id:guid}/", Remove).Named("RemoveMedicine", "Takes a medicine out of the catalogue.").ForRoles(Roles.Administrators).OpenToAll(Open);
    }

    private static async Task<CreatedAnswer<MedicineResponse>> Add(MedicineRequest request, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var medicine = Medicine.Add(db.NewId(), request.Entry(), MedicineOrigin.Site, db.Now);
        db.Add(medicine);
        trail.About("medicine", medicine.Id).Because("operations");
        await db.SaveChangesAsync(ct);
        return Answer.Created(MedicineResponse.Of(medicine), "Medicine added.");
    }

    private static async Task<Answer<MedicineResponse>> Replace(
        Guid id, MedicineRequest request, IfMatch ifMatch, CarelineDb db, AuditTrail trail, CancellationToken ct) =>
        await SaveAsync(db, await LoadAsync(db, id, ifMatch, ct), request, trail, ct);

    private static async Task<Answer<MedicineResponse>> Change(
        Guid id, Merge<MedicineRequest> patch, IfMatch ifMatch, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var medicine = await LoadAsync(db, id, ifMatch, ct);
        return await SaveAsync(db, medicine, await patch.OntoAsync(MedicineRequest.Of(medicine)), trail, ct);
    }

    private static async Task<DeletedAnswer> Remove(Guid id, IfMatch ifMatch, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var medicine = await LoadAsync(db, id, ifMatch, ct);
        medicine.Remove(db.Now);
        trail.About("medicine", id).Because("operations");
        await db.SaveChangesAsync(ct);
        return Answer.Deleted();
    }

    private static async Task<Medicine> LoadAsync(CarelineDb db, Guid id, IfMatch ifMatch, CancellationToken ct)
    {
        var medicine = await Medicine.Offered(db).AsTracking().Include(m => m.Names).FirstOrDefaultAsync(m => m.Id == id, ct) ?? throw new NotFound();
        ifMatch.Check(medicine);
        return medicine;
    }

    private static async Task<Answer<MedicineResponse>> SaveAsync(CarelineDb db, Medicine medicine, MedicineRequest request, AuditTrail trail, CancellationToken ct)
    {
        medicine.Replace(request.Entry(), MedicineOrigin.Site, db.Now);
        trail.About("medicine", medicine.Id).Because("operations");
        await db.SaveChangesAsync(ct);
        return Answer.Ok(MedicineResponse.Of(medicine), "Medicine changed.");
    }
}
