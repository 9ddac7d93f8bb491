using Careline.Accounts.Contracts;
using Careline.Clinics.Contracts;
using Careline.Labs.Notices;
using Careline.Labs.Orders;
using Careline.Patients.Contracts;

namespace Careline.Labs.Collections;

/// <summary>
/// Finds the order that a time is booked for, and a free place of that time. Whoever looks for a place holds the clinic's lock of that way of collecting; the constraint of
/// the table remains the proof.
/// </summary>
internal sealed class CollectionDesk(CarelineDb db, LabNews news)
{
    /// <summary>An order that waits for its sample, named by number or id, for whoever may book for it.</summary>
    /// <exception cref="Refusal">There is none for this caller.</exception>
    public async Task<LabOrder> OrderAsync(Actor actor, string named, Guid clinicId, CancellationToken ct)
    {
        var (number, id, patient, me) = (named.Trim().ToUpperInvariant(), Guid.TryParse(named, out var parsed) ? parsed : Guid.Empty, actor.PatientId, actor.AccountId);
        var actedFor = ProxyRow.InForce(db, actor).Where(p => p.CanBook).Select(p => p.PatientId);
        var found = await db.Set<LabOrder>().Where(o => (o.Number == number || o.Id == id)
            && (o.PatientId == patient || actedFor.Contains(o.PatientId)
                || db.Set<StaffRow>().Any(s => s.ClinicId == o.ClinicId && s.AccountId == me && s.Role != ClinicRole.Pharmacist && s.Role != ClinicRole.Doctor)))
            .Select(o => o.Id).FirstOrDefaultAsync(ct);
        if (found == Guid.Empty)
        {
            throw new NotFound();
        }

        var order = await LabStaff.HoldAsync(db, found, ct);
        if (order.Status != LabOrderStatus.Ordered)
        {
            throw new RuleViolation("ORDER_MOVE_REFUSED", "This order does not wait for a sample.", new { status = order.Status });
        }

        return order.ClinicId is { } own && own != clinicId
            ? throw new InvalidInput("clinic_id", "This order is for the laboratory of another clinic.") : order;
    }

    /// <summary>Calls off what is booked for orders that the caller holds: the patient is told not to come, and the clinic has nothing to do with the order any more.</summary>
    public async Task CallOffAsync(IReadOnlyCollection<LabOrder> orders, CancellationToken ct)
    {
        var ids = orders.Select(o => o.Id).ToArray();
        var booked = await db.Set<Collection>().AsTracking().Where(c => ids.Contains(c.OrderId) && c.Status == CollectionStatus.Booked).ToListAsync(ct);
        foreach (var collection in booked)
        {
            await CallOffAsync(orders.First(o => o.Id == collection.OrderId), collection, null, ct);
        }
    }

    /// <summary>The same of one, with a reason.</summary>
    public async Task CallOffAsync(LabOrder order, Collection collection, string? reason, CancellationToken ct)
    {
        collection.Cancel(reason, db.Now);
        order.NoLongerDoneAt(collection.ClinicId);
        await news.CollectionAsync(collection.PatientId, order.Number, collection, "labs.collection_cancelled", ct);
    }

    /// <summary>A time that begins at a moment, with a free place.</summary>
    /// <exception cref="RuleViolation">OUTSIDE_HOURS, TOO_SOON or TIME_FULL.</exception>
    public async Task<CollectionTime> TimeAsync(Guid clinicId, CollectionMode mode, DateTimeOffset start, Guid? moving, CancellationToken ct)
    {
        var name = $"labs.collections:{clinicId}:{mode}";
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({name}, 0))", ct);
        var clinic = await db.Set<ClinicRow>().FirstOrDefaultAsync(c => c.Id == clinicId && c.IsOpen, ct) ?? throw new InvalidInput("clinic_id", "There is no such clinic.");
        if (await db.Set<CollectionPlan>().Include(p => p.Hours).FirstOrDefaultAsync(p => p.ClinicId == clinicId && p.Mode == mode, ct) is not { } plan
            || CollectionTimes.At(plan, clinic.TimeZone, start) is not { } span)
        {
            throw new RuleViolation("OUTSIDE_HOURS", "No samples are taken then.");
        }

        if (!CollectionTimes.IsBookable(plan, span, db.Now))
        {
            throw new RuleViolation("TOO_SOON", "This time cannot be booked now.");
        }

        var taken = await db.Set<Collection>()
            .Where(c => c.ClinicId == clinicId && c.Mode == mode && c.Status == CollectionStatus.Booked && c.StartsAt < span.End && span.Start < c.EndsAt && c.Id != moving)
            .Select(c => c.Place).ToListAsync(ct);
        var place = Enumerable.Range(1, plan.Capacity).Except(taken).FirstOrDefault();
        return place == 0 || taken.Count >= plan.Capacity
            ? throw new RuleViolation("TIME_FULL", "Others have taken all places of this time.") : new CollectionTime(plan, span, place);
    }
}
