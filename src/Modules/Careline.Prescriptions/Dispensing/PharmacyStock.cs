using Careline.Clinics.Contracts;
using Careline.Platform.Data;
using Careline.Platform.Web;
using Careline.Prescriptions.Medicines;
using Careline.Prescriptions.Prescriptions;
using Microsoft.EntityFrameworkCore;

namespace Careline.Prescriptions.Dispensing;

/// <summary>
/// Takes what is handed out from what the pharmacy keeps. The item is the one that the pharmacist names, or the one that is the prescribed medicine in the
/// prescribed strength and form; where the pharmacy keeps no such item nothing is taken, and handing out goes on. Of several that may be meant nobody guesses.
/// </summary>
internal sealed class PharmacyStock(CarelineDb db, IStock stock)
{
    /// <summary>Takes for each of what is handed out, and notes the batches. The caller saves.</summary>
    /// <exception cref="RuleViolation">INSUFFICIENT_STOCK, WHICH_ITEM, or WRONG_BATCH where the pharmacist holds another batch than the one that goes first.</exception>
    public async Task TakeAsync(Prescription prescription, IReadOnlyList<Dispense> handed, IReadOnlyList<DispensedLine> lines, CancellationToken ct)
    {
        var wanted = new List<(Dispense Dispense, DispensedLine Line, Guid ItemId)>();
        foreach (var dispense in handed)
        {
            var line = lines.Single(l => l.LineId == dispense.LineId);
            var found = line.ItemId ?? await FindAsync(dispense.ClinicId, prescription.Lines.Single(l => l.Id == dispense.LineId), ct);
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

    // A name that stands for several things is looked up as all of them.
    private async Task<Guid?> FindAsync(Guid clinicId, PrescriptionLine line, CancellationToken ct)
    {
        var key = MedicineNames.Key(line.MedicationName);
        var ids = line.MedicineId is { } named
            ? [named]
            : await db.Set<MedicineName>().Where(n => n.Key == key).Select(n => n.MedicineId).ToListAsync(ct);
        var form = line.Form is { } known ? EnumText<Contracts.MedicineForm>.Of(known) : null;
        return ids.Count == 0 ? null : await stock.FindAsync(clinicId, new StockedMedicine(ids, line.Strength, form), ct);
    }
}
