using System.Security.Cryptography;
using Npgsql;

namespace Careline.Platform.Security;

/// <summary>A column whose values <see cref="FieldCipher"/> sealed for the place <c>table.column:key</c>.</summary>
/// <param name="Table">With its schema.</param>
/// <param name="Key">The table's key, a UUID.</param>
/// <param name="Column">What is sealed.</param>
public sealed record SealedColumn(string Table, string Key, string Column);

/// <summary>How a rotation went.</summary>
/// <param name="Key">The number of the new key.</param>
/// <param name="Resealed">Values that it seals now.</param>
/// <param name="Unreadable">Places of values that no key of the ring opens; they were left as they are.</param>
public sealed record RotationOutcome(byte Key, int Resealed, IReadOnlyList<string> Unreadable);

/// <summary>Makes a new key for encrypted fields and seals everything anew with it, while hosts go on working. Broken off, it is simply begun again.</summary>
internal sealed class KeyRotation(NpgsqlDataSource database, KeyRing ring, FieldCipher cipher, IEnumerable<SealedColumn> columns)
{
    private const int AtOnce = 500;

    public async Task<RotationOutcome> RotateAsync(Action<SealedColumn, int> done, CancellationToken ct)
    {
        var number = ring.AddField();
        var (resealed, unreadable) = (0, new List<string>());
        foreach (var column in columns)
        {
            var before = resealed;
            var last = Guid.Empty;
            while (await ReadAsync(column, number, last, ct) is { Count: > 0 } rows)
            {
                resealed += await ResealAsync(column, rows, unreadable, ct);
                last = rows[^1].Key;
            }

            done(column, resealed - before);
        }

        return new RotationOutcome(number, resealed, unreadable);
    }

    // The second byte of a sealed value is the number of its key.
    private async Task<List<(Guid Key, byte[] Value)>> ReadAsync(SealedColumn column, byte number, Guid after, CancellationToken ct)
    {
#pragma warning disable CA2100 // Names that the modules registered.
        await using var command = database.CreateCommand(
            $"SELECT {column.Key}, {column.Column} FROM {column.Table} WHERE {column.Column} IS NOT NULL AND get_byte({column.Column}, 1) <> $1"
            + $" AND {column.Key} > $2 ORDER BY {column.Key} LIMIT {AtOnce}");
#pragma warning restore CA2100
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = number });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = after });
        var rows = new List<(Guid, byte[])>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            rows.Add((reader.GetGuid(0), reader.GetFieldValue<byte[]>(1)));
        }

        return rows;
    }

    // A value that changed since it was read was sealed by its writer; the next rotation finds it if that was not yet with the new key.
    private async Task<int> ResealAsync(SealedColumn column, List<(Guid Key, byte[] Value)> rows, List<string> unreadable, CancellationToken ct)
    {
        await using var batch = database.CreateBatch();
        foreach (var (key, value) in rows)
        {
            var place = $"{column.Table}.{column.Column}:{key}";
            try
            {
#pragma warning disable CA2100 // Names that the modules registered.
                batch.BatchCommands.Add(new NpgsqlBatchCommand($"UPDATE {column.Table} SET {column.Column} = $1 WHERE {column.Key} = $2 AND {column.Column} = $3")
#pragma warning restore CA2100
                {
                    Parameters =
                    {
                        new NpgsqlParameter<byte[]> { TypedValue = cipher.Seal(cipher.Open(value, place), place) },
                        new NpgsqlParameter<Guid> { TypedValue = key },
                        new NpgsqlParameter<byte[]> { TypedValue = value },
                    },
                });
            }
            catch (CryptographicException)
            {
                unreadable.Add(place);
            }
        }

        return batch.BatchCommands.Count == 0 ? 0 : await batch.ExecuteNonQueryAsync(ct);
    }
}

/// <summary>Registers what a rotation of keys must seal anew.</summary>
public static class SealedColumnRegistration
{
    /// <summary>A column that holds values of <see cref="FieldCipher"/>.</summary>
    public static IServiceCollection AddSealedColumn(this IServiceCollection services, string table, string key, string column) =>
        services.AddSingleton(new SealedColumn(table, key, column));
}
