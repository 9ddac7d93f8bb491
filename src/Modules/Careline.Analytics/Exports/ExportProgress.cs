namespace Careline.Analytics.Exports;

/// <summary>Somebody called the export off, or another host took it over.</summary>
internal sealed class ExportGivenUp : Exception;

/// <summary>How far a host is with an export; telling it renews the host's claim.</summary>
internal sealed class ExportProgress(CarelineDb db, Export export)
{
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(1);

    private DateTimeOffset _toldAt = DateTimeOffset.MinValue;

    public long Rows { get; private set; }

    public bool IsTruncated { get; set; }

    public HashSet<Guid> Patients { get; } = [];

    /// <summary>Says how many there will be.</summary>
    /// <exception cref="ExportGivenUp">It is not this host's any more.</exception>
    public Task BeginAsync(long total, CancellationToken ct) => TellAsync(total, ct);

    /// <summary>One more row; said at most once a second.</summary>
    /// <exception cref="ExportGivenUp">It is not this host's any more.</exception>
    public async ValueTask NextAsync(CancellationToken ct)
    {
        // The clock is asked for every hundredth row: it costs more than a row.
        if (++Rows % 100 == 0 && db.Now - _toldAt >= _pause)
        {
            await TellAsync(null, ct);
        }
    }

    private async Task TellAsync(long? total, CancellationToken ct)
    {
        _toldAt = db.Now;
        var held = await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE analytics.exports SET rows_done = {Rows}, rows_total = coalesce({total}, rows_total), due_at = {_toldAt + ExportWorker.Hold}
            WHERE id = {export.Id} AND claim = {export.Claim} AND status = 'running'
            """,
            ct);
        if (held == 0)
        {
            throw new ExportGivenUp();
        }
    }
}
