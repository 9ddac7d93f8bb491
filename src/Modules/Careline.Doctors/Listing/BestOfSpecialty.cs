using Careline.Doctors.Doctors;
using Careline.Doctors.Specializations;
using Careline.Platform.Web;
using Npgsql;

namespace Careline.Doctors.Listing;

/// <summary>
/// Bookable doctors of one specialty, best first: the most frequent question of all, so both of its statements go in one round trip and read one
/// stretch of one index. Must answer what the composed list would (a test compares them).
/// </summary>
internal sealed class BestOfSpecialty(NpgsqlDataSource database, TimeProvider clock)
{
    private const string Count =
        """
        SELECT count(*) FROM doctors.doctor_specializations
        WHERE specialization_id = (SELECT specialization_id FROM doctors.specialization_terms WHERE term = $1) AND is_listed AND rating >= $2
        """;

    private const string Rows =
        """
        SELECT d.id, d.account_id, d.name, d.specializations, d.specialty_text, d.rating, d.review_count, d.experience_years, d.fee_amount,
               d.fee_currency, d.languages, d.modalities, d.bio, d.photo_url, d.time_zone, d.version,
               CASE WHEN d.next_free_at IS NULL OR d.next_free_at > $5 THEN d.next_free_at
                    ELSE (SELECT min(f.first_free_at) FROM doctors.free_days f WHERE f.doctor_id = d.id AND f.first_free_at > $5) END,
               d.clinic_ids
        FROM (SELECT doctor_id, rating FROM doctors.doctor_specializations
              WHERE specialization_id = (SELECT specialization_id FROM doctors.specialization_terms WHERE term = $1) AND is_listed AND rating >= $2
              ORDER BY rating DESC, doctor_id LIMIT $3 OFFSET $4) l
        JOIN doctors.doctors d ON d.id = l.doctor_id
        ORDER BY l.rating DESC, l.doctor_id
        """;

    /// <summary>Answers the page that the query asks for.</summary>
    public async Task<Page<DoctorResponse>> FindAsync(string specialty, decimal leastRating, ListQuery query, CancellationToken ct)
    {
        var term = Specialization.Term(specialty);
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Count)
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = term }, new NpgsqlParameter<decimal> { TypedValue = leastRating } },
        });
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Rows)
        {
            Parameters =
            {
                new NpgsqlParameter<string> { TypedValue = term },
                new NpgsqlParameter<decimal> { TypedValue = leastRating },
                new NpgsqlParameter<int> { TypedValue = query.PageSize },
                new NpgsqlParameter<int> { TypedValue = query.Skip },
                new NpgsqlParameter<DateTimeOffset> { TypedValue = clock.GetUtcNow() },
            },
        });
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        var total = reader.GetInt64(0);
        await reader.NextResultAsync(ct);
        var rows = new List<DoctorResponse>(query.PageSize);
        while (await reader.ReadAsync(ct))
        {
            rows.Add(Read(reader));
        }

        return new Page<DoctorResponse>(rows, total, query.Page, query.PageSize);
    }

    private static DoctorResponse Read(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0),
        UserId = row.GetGuid(1),
        Name = row.GetString(2),
        Specializations = row.GetFieldValue<string[]>(3),
        SpecialtyText = Text(row, 4),
        Rating = row.GetDecimal(5),
        ReviewCount = row.GetInt32(6),
        ExperienceYears = row.GetInt32(7),
        Fee = row.IsDBNull(8) ? null : new DoctorFee(row.GetInt64(8), row.GetString(9)),
        Languages = row.GetFieldValue<string[]>(10),
        Modalities = row.GetFieldValue<string[]>(11),
        Bio = Text(row, 12),
        PhotoUrl = Text(row, 13),
        TimeZone = row.GetString(14),
        Version = row.GetInt32(15),
        NextAvailableAt = row.IsDBNull(16) ? null : row.GetFieldValue<DateTimeOffset>(16),
        ClinicIds = row.GetFieldValue<Guid[]>(17),
        IsVerified = true,
        AcceptsPatients = true,
        License = null,
    };

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
