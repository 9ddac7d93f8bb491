using Careline.Prescriptions.Medicines;
using Careline.Prescriptions.Safety.Loading;

namespace Careline.Prescriptions.Safety;

/// <summary>The safety data as the command line and the readiness check see it.</summary>
internal sealed class SafetyStock(CarelineDb db, SafetyShelf shelf) : ISafetyStock
{
    public async Task<SafetyStockState> StateAsync(CancellationToken ct) => State(await shelf.TablesAsync(db, ct), shelf.Folder);

    public SafetyStockState Examine(string? folder) => State(SafetyTables.Load(folder ?? shelf.Folder), folder ?? shelf.Folder);

    public async Task<TableImport> ImportInteractionsAsync(TextReader table, CancellationToken ct)
    {
        var faults = new List<TableFault>();
        var rows = CsvTable.Read("interactions", table, InteractionTable.Columns, faults);
        var rules = new RuleReader();
        var tables = SafetyTables.Load(shelf.Folder);
        var named = rows.Rows.SelectMany(row => new[] { row["a"], row["b"] }).Distinct().ToArray();
        var keys = named.Select(MedicineNames.Key).ToArray();
        var offered = (await Medicine.Offered(db).Where(m => m.Kind == MedicineKind.Generic && keys.Contains(m.NameKey)).Select(m => m.NameKey).ToListAsync(ct)).ToHashSet();
        var read = rows.Rows.Select(row => (Row: row, Rule: rules.Read(row))).ToList();
        foreach (var (row, _) in read)
        {
            foreach (var term in new[] { row["a"], row["b"] }.Where(term => !tables.Knows(term) && !offered.Contains(MedicineNames.Key(term))))
            {
                row.Fault($"'{term}' is no generic of the catalogue and no class of the safety data.");
            }
        }

        if (faults.Count > 0)
        {
            return new TableImport(0, [.. faults.OrderBy(fault => fault.Line).Select(fault => fault.ToString())]);
        }

        await using var own = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        await db.Database.ExecuteSqlAsync($"LOCK TABLE prescriptions.site_interactions IN SHARE ROW EXCLUSIVE MODE", ct);
        await db.Set<SiteInteraction>().ExecuteDeleteAsync(ct);
        var now = db.Now;
        db.AddRange(read.Select(one => new SiteInteraction
        {
            Code = one.Rule.Code,
            A = one.Row["a"],
            B = one.Row["b"],
            Severity = one.Rule.Severity!.Value,
            Mechanism = one.Rule.Mechanism,
            Advice = one.Rule.Advice,
            Source = one.Rule.Source,
            ImportedAt = now,
        }));
        await db.SaveChangesAsync(ct);
        db.ChangeTracker.Clear();
        if (own is not null)
        {
            await own.CommitAsync(ct);
        }

        return new TableImport(read.Count, []);
    }

    private static SafetyStockState State(SafetyTables tables, string folder)
    {
        var faults = new List<TableFault>(tables.Faults);
        MedicineTable.Starter(folder, faults);
        return new SafetyStockState(tables.Version, tables.Names.Count, tables.InteractionRules, [.. faults.Select(fault => fault.ToString()).Distinct()]);
    }
}
