using Npgsql;

namespace Careline.Doctors.Search;

/// <summary>Answers from the index, and asks the table once for all whom it does not hold.</summary>
internal sealed class DoctorLookup(DoctorIndex index, NpgsqlDataSource database) : IDoctorLookup
{
    private const string Rows =
        """
        SELECT id, account_id, name, specializations, time_zone, is_bookable, fee_amount, fee_currency, has_schedule
        FROM doctors.doctor_rows WHERE id = ANY ($1)
        """;

    public async ValueTask<IReadOnlyDictionary<Guid, DoctorRow>> FindAsync(IEnumerable<Guid> ids, CancellationToken ct)
    {
        var listed = await index.CurrentAsync(ct);
        var found = new Dictionary<Guid, DoctorRow>(ids.TryGetNonEnumeratedCount(out var most) ? most : 0);
        var others = new List<Guid>();
        foreach (var id in ids)
        {
            if (found.ContainsKey(id))
            {
                continue;
            }

            if (listed?.Find(id) is { } doctor)
            {
                found.Add(id, doctor);
            }
            else
            {
                others.Add(id);
            }
        }

        if (others.Count > 0)
        {
            await ReadAsync(others, found, ct);
        }

        return found;
    }

    private async Task ReadAsync(List<Guid> ids, Dictionary<Guid, DoctorRow> found, CancellationToken ct)
    {
        await using var command = database.CreateCommand(Rows);
        command.Parameters.Add(new NpgsqlParameter<List<Guid>> { TypedValue = ids });
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            var id = row.GetGuid(0);
            found[id] = new DoctorRow
            {
                Id = id,
                AccountId = row.GetGuid(1),
                Name = row.GetString(2),
                Specializations = row.GetFieldValue<string[]>(3),
                TimeZone = row.GetString(4),
                IsBookable = row.GetBoolean(5),
                FeeAmount = row.IsDBNull(6) ? null : row.GetInt64(6),
                FeeCurrency = row.IsDBNull(7) ? null : row.GetString(7),
                HasSchedule = row.GetBoolean(8),
            };
        }
    }
}
