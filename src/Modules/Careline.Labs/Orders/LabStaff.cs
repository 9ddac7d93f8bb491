using Careline.Accounts.Contracts;
using Careline.Patients.Contracts;

namespace Careline.Labs.Orders;

/// <summary>
/// Takes an order to work on. Every write holds the order's row, so that what follows from all of its samples and results together is true. There is no role of a
/// laboratory's own: the nurses of the clinic that does the order work on it, and doctors and nurses who treat the patient, the ordering doctor among them.
/// </summary>
internal static class LabStaff
{
    public static readonly string[] WorkingRoles = [Roles.Doctor, Roles.Nurse];

    /// <summary>To take samples and enter results.</summary>
    /// <exception cref="PermissionDenied">The actor may read it only.</exception>
    public static async Task<LabOrder> AtWorkAsync(CarelineDb db, Actor actor, Guid id, CancellationToken ct)
    {
        var order = await HoldAsync(db, actor, id, ct);
        return await LabOrder.AtLaboratoryOf(db, actor).AnyAsync(o => o.Id == id, ct) || await ClinicalCare.TreatedBy(db, actor).ContainsAsync(order.PatientId, ct)
            ? order : throw new PermissionDenied("Only the laboratory and who treats the patient work on an order.");
    }

    /// <summary>To decide on it as a doctor: who ordered, or who treats the patient now.</summary>
    /// <exception cref="PermissionDenied">The actor may read it only.</exception>
    public static async Task<LabOrder> AsDoctorAsync(CarelineDb db, Actor actor, Guid id, CancellationToken ct)
    {
        var order = await HoldAsync(db, actor, id, ct);
        var isDoctor = actor.Is(Roles.Doctor) && order.PatientId != actor.PatientId;
        return isDoctor && (order.DoctorId == actor.DoctorId || await ClinicalCare.TreatedBy(db, actor).ContainsAsync(order.PatientId, ct))
            ? order : throw new PermissionDenied("Only the ordering doctor and doctors who treat the patient decide on an order.");
    }

    /// <summary>Holds an order for whoever the caller let in.</summary>
    public static async Task<LabOrder> HoldAsync(CarelineDb db, Guid id, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"SELECT FROM labs.orders WHERE id = {id} FOR UPDATE", ct);
        return await db.Set<LabOrder>().AsTracking().Include(o => o.Lines).FirstOrDefaultAsync(o => o.Id == id, ct) ?? throw new NotFound();
    }

    /// <summary>The same of several: in one order by all who hold several, so that two never wait for each other.</summary>
    public static async Task<List<LabOrder>> HoldAllAsync(CarelineDb db, Guid[] ids, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"SELECT FROM labs.orders WHERE id = ANY({ids}) ORDER BY id FOR UPDATE", ct);
        return await db.Set<LabOrder>().AsTracking().Include(o => o.Lines).Where(o => ids.Contains(o.Id)).ToListAsync(ct);
    }

    private static async Task<LabOrder> HoldAsync(CarelineDb db, Actor actor, Guid id, CancellationToken ct) =>
        await LabOrder.VisibleTo(db, actor).AnyAsync(o => o.Id == id, ct) ? await HoldAsync(db, id, ct) : throw new NotFound();
}
