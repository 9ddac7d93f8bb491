using Careline.Files.Keeping;
using Careline.Files.Partials;
using Careline.Platform.Jobs;
using Microsoft.Extensions.Logging;

namespace Careline.Files.Sweeping;

/// <summary>
/// Destroys what nobody holds: files that were never attached, released ones whose time is over, partial files past their day. The key goes first, with
/// its row's commit; bytes that stay behind are noise, and the next sweep of the store takes them.
/// </summary>
internal sealed class SweepFiles(IFileStore store) : IRecurringJob
{
    private const int AtOnce = 200;

    private static readonly TimeSpan _unattached = TimeSpan.FromHours(1);

    public string Name => "files.sweep";

    public TimeSpan Every => TimeSpan.FromMinutes(10);

    public async Task RunAsync(IServiceProvider scope, CancellationToken ct)
    {
        var db = scope.GetRequiredService<CarelineDb>();
        await ForgetPartialsAsync(db, ct);
        while (await DestroyAsync(db, ct) == AtOnce)
        {
        }
    }

    /// <summary>Keys first: in one statement what was never attached goes altogether, and what was released keeps its row without a key.</summary>
    private async Task<int> DestroyAsync(CarelineDb db, CancellationToken ct)
    {
        var (now, before) = (db.Now, db.Now - _unattached);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var blobs = await db.Database.SqlQuery<Gone>(
            $"""
            UPDATE files.files SET key = NULL, destroyed_at = {now}, released_at = coalesce(released_at, {now}), work_due_at = NULL
            WHERE id IN (
                SELECT id FROM files.files
                WHERE destroyed_at IS NULL
                  AND ((released_at IS NOT NULL AND keep_until <= {now}) OR (attached_at IS NULL AND released_at IS NULL AND created_at < {before}))
                ORDER BY id LIMIT {AtOnce} FOR UPDATE SKIP LOCKED)
            RETURNING id AS "Id", blob AS "Blob", attached_at IS NULL AS "IsNobodys"
            """).ToListAsync(ct);
        var ids = blobs.Select(b => b.Id).ToArray();
        var nobodys = blobs.Where(b => b.IsNobodys).Select(b => b.Id).ToArray();
        var copies = await db.Database.SqlQuery<string>($"DELETE FROM files.copies WHERE file_id = ANY ({ids}) RETURNING blob AS \"Value\"").ToListAsync(ct);
        await db.Database.ExecuteSqlAsync($"DELETE FROM files.files WHERE id = ANY ({nobodys})", ct);
        await transaction.CommitAsync(CancellationToken.None);
        foreach (var blob in blobs.Select(b => b.Blob).Concat(copies))
        {
            await store.DeleteAsync(blob, ct);
        }

        return blobs.Count;
    }

    private async Task ForgetPartialsAsync(CarelineDb db, CancellationToken ct)
    {
        var now = db.Now;
        var over = await db.Set<StoredPartial>().Where(p => p.ExpiresAt <= now).OrderBy(p => p.ExpiresAt).Select(p => p.Id).Take(AtOnce).ToListAsync(ct);
        foreach (var id in over)
        {
            await PartialFiles.ForgetAsync(db, store, id, ct);
        }
    }

    private sealed class Gone
    {
        public Guid Id { get; init; }

        public string Blob { get; init; } = "";

        public bool IsNobodys { get; init; }
    }
}

/// <summary>
/// Removes bytes that no row names: what a host left behind that was ended between writing a file and entering it. Bytes come before rows, so those of the
/// last hours are let be; and a store that bears another installation's name is not touched.
/// </summary>
internal sealed partial class SweepStore(IFileStore store, Spool spool, ILogger<SweepStore> log) : IRecurringJob
{
    private const int AtOnce = 500;

    private static readonly TimeSpan _young = TimeSpan.FromHours(6);
    private static readonly TimeSpan _incoming = TimeSpan.FromHours(24);

    public string Name => "files.sweep-store";

    public TimeSpan Every => TimeSpan.FromHours(24);

    public async Task RunAsync(IServiceProvider scope, CancellationToken ct)
    {
        var db = scope.GetRequiredService<CarelineDb>();

        // By the machine's clock, as files are dated: where operators have moved ours on, what is being written must not be old.
        SweepSpool(TimeProvider.System.GetUtcNow() - _incoming);
        var installation = await db.Database.SqlQuery<Guid>($"SELECT name AS \"Value\" FROM files.installation").SingleAsync(ct);
        if (!await store.IsOfAsync(installation, ct))
        {
            LogForeign(log);
            return;
        }

        var (removed, before) = (0, db.Now - _young);
        var names = new List<string>(AtOnce);
        await foreach (var stored in store.ListAsync(ct))
        {
            if (stored.StoredAt >= before)
            {
                continue;
            }

            names.Add(stored.Blob);
            if (names.Count == AtOnce)
            {
                removed += await RemoveUnknownAsync(db, names, ct);
            }
        }

        removed += await RemoveUnknownAsync(db, names, ct);
        if (removed > 0)
        {
            LogRemoved(log, removed);
        }
    }

    private void SweepSpool(DateTimeOffset before)
    {
        foreach (var path in Directory.Exists(spool.Folder) ? Directory.EnumerateFiles(spool.Folder) : [])
        {
            if (File.GetLastWriteTimeUtc(path) < before)
            {
                File.Delete(path);
            }
        }
    }

    private async Task<int> RemoveUnknownAsync(CarelineDb db, List<string> names, CancellationToken ct)
    {
        var asked = names.ToArray();
        names.Clear();
        var unknown = await db.Database.SqlQuery<string>(
            $"""
            SELECT name AS "Value" FROM unnest({asked}) AS name
            WHERE NOT EXISTS (SELECT FROM files.files WHERE blob = name AND destroyed_at IS NULL)
              AND NOT EXISTS (SELECT FROM files.copies WHERE blob = name) AND NOT EXISTS (SELECT FROM files.parts WHERE blob = name)
            """).ToListAsync(ct);
        foreach (var blob in unknown)
        {
            await store.DeleteAsync(blob, ct);
        }

        return unknown.Count;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} stored files that belong to no row were removed")]
    private static partial void LogRemoved(ILogger logger, int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "The files' store belongs to another database: nothing in it is swept. See docs/operations.")]
    private static partial void LogForeign(ILogger logger);
}
