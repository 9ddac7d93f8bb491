using Npgsql;

namespace Careline.Audit.Seals;

/// <summary>Walks the chain from its start, a few thousand rows at a time, and stops at the first that is not as it was sealed.</summary>
internal sealed class AuditSeal(
    NpgsqlDataSource database, SealAudit sealing, KeyRing ring, AnchorFile anchors, TimeProvider clock) : IAuditSeal
{
    private static readonly TimeSpan _sealedWithin = TimeSpan.FromMinutes(1);

    public async Task<SealVerdict> VerifyAsync(CancellationToken ct)
    {
        // What the last host wrote before it stopped waits for the next one, which would seal it at its start.
        await sealing.SealAsync(SealAudit.VeryLate, ct);
        await using var connection = await database.OpenConnectionAsync(ct);
        return await VerifyAsync(connection, ct);
    }

    /// <summary>The same as a given connection sees it.</summary>
    public async Task<SealVerdict> VerifyAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var chain = SealChain.Of(ring);
        var noted = anchors.Read();
        var walk = new SealWalk(chain, noted);
        while (await SealedRow.AfterAsync(connection, walk.Whole, ct) is { Count: > 0 } rows)
        {
            foreach (var row in rows)
            {
                if (walk.Step(row) is { } tampering)
                {
                    var swapped = tampering == Tampering.Changed && await LiesElsewhereAsync(connection, walk, row, ct);
                    return walk.Broken(row, swapped ? Tampering.Swapped : tampering);
                }
            }
        }

        return noted.Any(a => a.Position > walk.Whole)
            ? walk.CutOff()
            : new SealVerdict(walk.Whole, await UnsealedAsync(connection, ct) is { } id ? new BrokenSeal(null, id, Tampering.Inserted) : null);
    }

    private static async Task<bool> LiesElsewhereAsync(NpgsqlConnection connection, SealWalk walk, SealedRow row, CancellationToken ct)
    {
        var position = row.Position;
        while (await SealedRow.AfterAsync(connection, position, ct) is { Count: > 0 } rows)
        {
            if (rows.Any(other => walk.BelongsHere(other, row)))
            {
                return true;
            }

            position = rows[^1].Position;
        }

        return false;
    }

    private async Task<Guid?> UnsealedAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            "SELECT e.id FROM audit.events e WHERE e.at < $1 AND NOT EXISTS (SELECT FROM audit.seals s WHERE s.event_id = e.id AND s.position > 0) ORDER BY e.at, e.id LIMIT 1",
            connection);
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = clock.GetUtcNow() - _sealedWithin });
        return (Guid?)await command.ExecuteScalarAsync(ct);
    }
}
