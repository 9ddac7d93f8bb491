using Careline.Prescriptions.Safety;
using Careline.Prescriptions.Safety.Loading;
using Microsoft.Extensions.Logging;

namespace Careline.Prescriptions.Medicines;

internal sealed partial class MedicineCatalogue(CarelineDb db, SafetyShelf shelf, ILogger<MedicineCatalogue> log) : IMedicineCatalogue
{
    // Taken by whoever writes many medicines, so that two starts at once load the set once.
    private const long LoadingLock = 0x4D_45_44_49_43_49_4E_45;

    public async Task LoadStarterAsync(CancellationToken ct)
    {
        // Nearly every start finds what an earlier one loaded: the tables are read for their first lines only.
        if (MedicineTable.ReleaseOf(shelf.Folder) is { } offered
            && await db.Database.SqlQuery<string>($"SELECT release AS \"Value\" FROM prescriptions.medicine_releases WHERE release = {offered}").AnyAsync(ct))
        {
            return;
        }

        var faults = new List<TableFault>();
        var (release, entries) = MedicineTable.Starter(shelf.Folder, faults);
        if (faults.Count > 0)
        {
            // Nothing is loaded from a broken set; the catalogue stays as it is, and the readiness check tells of the files.
            LogBroken(log, faults.Count);
            return;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({LoadingLock})", ct);
        var known = await db.Database.SqlQuery<string>($"SELECT release AS \"Value\" FROM prescriptions.medicine_releases WHERE release = {release}").AnyAsync(ct);
        if (!known)
        {
            var written = await WriteAsync(entries, MedicineOrigin.Starter, ct);
            await db.Database.ExecuteSqlAsync($"INSERT INTO prescriptions.medicine_releases (release, loaded_at) VALUES ({release}, {db.Now})", ct);
            await transaction.CommitAsync(ct);
            LogLoaded(log, written);
        }
    }

    public async Task<TableImport> ImportAsync(TextReader table, CancellationToken ct)
    {
        var faults = new List<TableFault>();
        var rows = MedicineTable.Site(table, faults);
        await using var own = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({LoadingLock})", ct);
        faults.AddRange(await UnknownIngredientsAsync(rows, ct));
        if (faults.Count > 0)
        {
            return new TableImport(0, [.. faults.OrderBy(fault => fault.Line).Select(fault => fault.ToString())]);
        }

        await WriteAsync([.. rows.Select(row => row.Entry)], MedicineOrigin.Site, ct);
        if (own is not null)
        {
            await own.CommitAsync(ct);
        }

        return new TableImport(rows.Count, []);
    }

    // A mistyped ingredient would make a brand that is never checked.
    private async Task<IEnumerable<TableFault>> UnknownIngredientsAsync(IReadOnlyList<(int Line, MedicineEntry Entry)> rows, CancellationToken ct)
    {
        var tables = await shelf.TablesAsync(db, ct);
        var own = rows.Where(row => row.Entry is { Kind: MedicineKind.Generic, Composition.Count: <= 1 }).Select(row => MedicineNames.Key(row.Entry.Name)).ToHashSet();
        var named = rows.SelectMany(row => row.Entry.Composition.Select(part => (row.Line, Key: MedicineNames.Key(part.Ingredient))))
            .Where(one => !own.Contains(one.Key) && tables.IdOf(one.Key) < 0).ToList();
        var keys = named.Select(one => one.Key).Distinct().ToArray();
        var offered = (await Medicine.Offered(db).Where(m => m.Kind == MedicineKind.Generic && keys.Contains(m.NameKey)).Select(m => m.NameKey).ToListAsync(ct)).ToHashSet();
        return named.Where(one => !offered.Contains(one.Key))
            .Select(one => new TableFault("medicines", one.Line, $"The ingredient '{one.Key}' is no generic of the catalogue, nor of this table."));
    }

    /// <summary>Writes each entry onto the row of the same name and composition, or adds one.</summary>
    private async Task<int> WriteAsync(IReadOnlyList<MedicineEntry> entries, MedicineOrigin origin, CancellationToken ct)
    {
        var keys = entries.Select(entry => MedicineNames.Key(entry.Name)).Distinct().ToArray();
        var rows = (await db.Set<Medicine>().AsTracking().Include(m => m.Names).Where(m => keys.Contains(m.NameKey)).ToListAsync(ct)).ToLookup(m => (m.Kind, m.NameKey));
        var written = 0;
        foreach (var entry in entries)
        {
            var named = rows[(entry.Kind, MedicineNames.Key(entry.Name))];
            var same = named
                .Where(row => entry.Kind == MedicineKind.Generic || row.Ingredients.SequenceEqual(entry.Composition.Select(part => part.Ingredient))).ToList();
            var row = same.Find(m => m.RemovedAt is null);
            if (origin == MedicineOrigin.Starter && named.Any(m => m.Origin == MedicineOrigin.Site))
            {
                // The site wrote, corrected or removed something of this name: its word stands, also about what is in it.
                continue;
            }

            if (row is null)
            {
                db.Add(Medicine.Add(db.NewId(), entry, origin, db.Now));
            }
            else
            {
                row.Replace(entry, origin, db.Now);
            }

            written++;
        }

        await db.SaveChangesAsync(ct);
        db.ChangeTracker.Clear();
        return written;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Loaded {Count} medicines of the starter set")]
    private static partial void LogLoaded(ILogger logger, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The starter set of medicines has {Count} faults and was not loaded: see /health/detailed/")]
    private static partial void LogBroken(ILogger logger, int count);
}
