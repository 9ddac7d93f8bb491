using Careline.Files.Intake;
using Npgsql;

namespace Careline.Files.Keeping;

/// <summary>Enters what was taken in, within the quotas. On a connection of its own: the caller's transaction has not begun yet.</summary>
internal sealed class FileLedger(NpgsqlDataSource database, FieldCipher cipher, FilesOptions options, Scanning.ScannerSettings scanner, TimeProvider clock)
{
    // Pieces that have come or will come count as if they were here, but for those of the file that takes their place.
    private const string Used =
        """
        SELECT (SELECT coalesce(sum(size), 0) FROM files.files WHERE person_id = $1 AND released_at IS NULL)
             + (SELECT coalesce(sum(length), 0) FROM files.partials WHERE person_id = $1 AND file_id IS NULL AND id IS DISTINCT FROM $3),
               (SELECT coalesce(sum(size), 0) FROM files.files WHERE clinic_id = $2 AND released_at IS NULL)
             + (SELECT coalesce(sum(length), 0) FROM files.partials WHERE clinic_id = $2 AND file_id IS NULL AND id IS DISTINCT FROM $3)
        """;

    public static string PlaceOf(Guid id) => $"files.files.key:{id}";

    /// <exception cref="RuleViolation">There is no room for so much.</exception>
    public async Task CheckQuotaAsync(FileOwner owner, long bytes, Guid? partialId, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await CheckQuotaAsync(connection, owner, bytes, partialId, ct);
    }

    /// <summary>Locks what two at once would both fill, until the transaction ends, and then looks whether there is room.</summary>
    public async Task ReserveAsync(NpgsqlConnection connection, FileOwner owner, long bytes, Guid? partialId, CancellationToken ct)
    {
        // The person's lock always before the clinic's, so that no two wait for each other.
        await using (var locks = new NpgsqlBatch(connection))
        {
            foreach (var id in (Guid?[])[owner.PersonId, owner.ClinicId])
            {
                if (id is { } held)
                {
                    locks.BatchCommands.Add(new NpgsqlBatchCommand("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))")
                    {
                        Parameters = { new NpgsqlParameter<string> { TypedValue = $"files:{held}" } },
                    });
                }
            }

            await locks.ExecuteNonQueryAsync(ct);
        }

        await CheckQuotaAsync(connection, owner, bytes, partialId, ct);
    }

    public async Task<KeptFile> EnterAsync(NewFile file, Guid? partialId, CancellationToken ct)
    {
        var owner = file.Offer.Owner;
        var isMade = file.Offer.Purpose == FilePurpose.Export;
        var status = isMade ? ScanStatus.Clean : scanner.IsOn ? ScanStatus.Pending : ScanStatus.NotScanned;
        var now = clock.GetUtcNow();
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await ReserveAsync(connection, owner, file.Kept.Size, partialId, ct);
        await using var command = new NpgsqlCommand(
            """
            INSERT INTO files.files (id, blob, key, purpose, media_type, size, sha256, person_id, clinic_id, created_at, scan_status, work_due_at, work_tries)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 0)
            """,
            connection,
            transaction)
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = file.Id },
                new NpgsqlParameter<string> { TypedValue = file.Kept.Blob },
                new NpgsqlParameter<byte[]> { TypedValue = cipher.Seal(Convert.ToBase64String(file.Kept.Key), PlaceOf(file.Id)) },
                new NpgsqlParameter<string> { TypedValue = EnumText<FilePurpose>.Of(file.Offer.Purpose) },
                new NpgsqlParameter<string> { TypedValue = file.Kind.MediaType },
                new NpgsqlParameter<long> { TypedValue = file.Kept.Size },
                new NpgsqlParameter<string> { TypedValue = file.Kept.Sha256 },
                new NpgsqlParameter<Guid> { TypedValue = owner.PersonId },
                new NpgsqlParameter { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Uuid, Value = (object?)owner.ClinicId ?? DBNull.Value },
                new NpgsqlParameter<DateTimeOffset> { TypedValue = now },
                new NpgsqlParameter<string> { TypedValue = EnumText<ScanStatus>.Of(status) },
                new NpgsqlParameter { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.TimestampTz, Value = !isMade && (scanner.IsOn || file.Kind.IsPicture) ? now : DBNull.Value },
            },
        };
        await command.ExecuteNonQueryAsync(ct);

        // From here on the outcome is the database's: a caller who hangs up must not leave it undecided whether the bytes are needed.
        await transaction.CommitAsync(CancellationToken.None);
        return new KeptFile(file.Id, file.Name, file.Kind.MediaType, file.Kept.Size, file.Kept.Sha256, status);
    }

    private async Task CheckQuotaAsync(NpgsqlConnection connection, FileOwner owner, long bytes, Guid? partialId, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Used, connection)
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = owner.PersonId },
                new NpgsqlParameter { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Uuid, Value = (object?)owner.ClinicId ?? DBNull.Value },
                new NpgsqlParameter { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Uuid, Value = (object?)partialId ?? DBNull.Value },
            },
        };
        await using var used = await command.ExecuteReaderAsync(ct);
        await used.ReadAsync(ct);
        if (used.GetDecimal(0) + bytes > options.PersonBytes)
        {
            throw Exceeded("The files of this person take all the room that there is for them.");
        }

        if (owner.ClinicId is not null && used.GetDecimal(1) + bytes > options.ClinicBytes)
        {
            throw Exceeded("The files of this clinic take all the room that there is for them.");
        }
    }

    private static RuleViolation Exceeded(string message) => new("QUOTA_EXCEEDED", message);
}

/// <summary>What is to be entered.</summary>
internal sealed record NewFile(Guid Id, string Name, FileKind Kind, Draft Kept, FileOffer Offer);
