using Careline.Clinics.Contracts;
using Careline.Prescriptions.Medicines;
using Careline.Prescriptions.Prescriptions;

namespace Careline.Prescriptions.Dispensing;

/// <summary>
/// Takes what is handed out from what the pharmacy keeps. The item is the one that the pharmacist names, or the one that is the prescribed medicine in the
/// prescribed strength and form; where the pharmacy keeps no such item nothing is taken, and handing out goes on. Of several that may be meant nobody guesses.
/// </summary>
internal sealed class PharmacyStock(CarelineDb db, IStock stock)
{
    /// <summary>Takes for each of what is handed out, and notes the batches. The caller saves.</summary>
    /// <exception cref="RuleViolation">INSUFFICIENT_STOCK, WHICH_ITEM, WRONG_MEDICINE where the item is something else, or WRONG_BATCH where the pharmacist holds another batch than the one that goes first.</exception>
    public async Task TakeAsync(Prescription prescription, IReadOnlyList<Dispense> handed, IReadOnlyList<DispensedLine> lines, CancellationToken ct)
    {
        var wanted = new List<(Dispense Dispense, DispensedLine Line, Guid ItemId)>();
        foreach (var dispense in handed)
        {
            var line = lines.Single(l => l.LineId == dispense.LineId);
            var prescribed = prescription.Lines.Single(l => l.Id == dispense.LineId);
            var found = line.ItemId is { } named ? await NamedAsync(dispense.ClinicId, named, prescribed, ct) : await FindAsync(dispense.ClinicId, prescribed, ct);
            if (found is { } item)
            {
                wanted.Add((dispense, line, item));
            }
        }

        // In one order, so that two counters never wait for each other.
        foreach (var (dispense, line, item) in wanted.OrderBy(w => w.ItemId))
        {
            var taken = await stock.TakeAsync(new StockTake(dispense.ClinicId, item, dispense.Quantity, dispense.Id, dispense.AccountId), ct);
            if (line.Batch is { } held && !taken.Any(t => string.Equals(t.Number, held, StringComparison.OrdinalIgnoreCase)))
            {
                throw new RuleViolation("WRONG_BATCH", "Another batch goes first.", new { line_id = line.LineId, batches = taken.Select(t => new { t.Number, t.ExpiresOn, t.Quantity }) });
            }

            dispense.From(taken);
            db.AddRange(taken.Select(t => DispensedBatch.Of(dispense.Id, t)));
        }
    }

    // Another brand may be given, another substance not: a hand that slips on the shelf is found here.
    private async Task<Guid> NamedAsync(Guid clinicId, Guid itemId, PrescriptionLine line, CancellationToken ct)
    {
        if (await stock.MedicineOfAsync(clinicId, itemId, ct) is { } held)
        {
            var ids = await MedicinesOfAsync(line, ct);
            var known = await db.Set<Medicine>().Where(m => m.Id == held || ids.Contains(m.Id)).Select(m => new { m.Id, m.Ingredients }).ToListAsync(ct);
            var inHand = known.Where(m => m.Id == held).SelectMany(m => m.Ingredients).ToHashSet(StringComparer.OrdinalIgnoreCase);
            var prescribed = known.Where(m => ids.Contains(m.Id) && m.Ingredients.Length > 0).ToList();
            if (inHand.Count > 0 && prescribed.Count > 0 && !prescribed.Any(m => inHand.SetEquals(m.Ingredients)))
            {
                throw new RuleViolation("WRONG_MEDICINE", "This is another medicine than the one prescribed.", new { line_id = line.Id, item_id = itemId });
            }
        }

        return itemId;
    }

    // A name that stands for several things is looked up as all of them.
    private async Task<List<Guid>> MedicinesOfAsync(PrescriptionLine line, CancellationToken ct)
    {
        var key = MedicineNames.Key(line.MedicationName);
        return line.MedicineId is { } named ? [named] : await db.Set<MedicineName>().Where(n => n.Key == key).Select(n => n.MedicineId).ToListAsync(ct);
    }

    private async Task<Guid?> FindAsync(Guid clinicId, PrescriptionLine line, CancellationToken ct)
    {
        var ids = await MedicinesOfAsync(line, ct);
        var form = line.Form is { } known ? EnumText<Contracts.MedicineForm>.Of(known) : null;
        return ids.Count == 0 ? null : await stock.FindAsync(clinicId, new StockedMedicine(ids, line.Strength, form), ct);
    }
}
