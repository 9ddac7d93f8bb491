using Careline.Doctors.Doctors;
using Careline.Doctors.Practices;
using Careline.Finding.Contracts;
using Npgsql;

namespace Careline.Doctors.Search;

/// <summary>Reads listed doctors as the index keeps them: everybody, or some.</summary>
internal sealed class DoctorRows(NpgsqlDataSource database)
{
    // Two texts each: one for all or some would be planned as if it were for all.
    private const string Doctors =
        """
        SELECT d.id, d.account_id, d.name, d.specializations, d.specialty_text, d.rating, d.review_count, d.experience_years, d.fee_amount,
               d.fee_currency, d.languages, d.modalities, d.bio, d.photo_url, d.time_zone, d.version, d.next_free_at, d.clinic_ids,
               d.specialization_ids, d.latitude, d.longitude, d.has_schedule
        FROM doctors.doctors d WHERE d.is_listed
        """;

    private const string Days =
        """
        SELECT f.doctor_id, f.day, f.first_free_at FROM doctors.free_days f JOIN doctors.doctors d ON d.id = f.doctor_id WHERE d.is_listed
        """;

    private const string Clinics =
        """
        SELECT c.id, c.name, CASE WHEN c.is_open THEN c.latitude END, c.longitude FROM clinics.clinic_rows c
        WHERE c.id IN (SELECT l.clinic_id FROM doctors.doctor_clinics l WHERE true
        """;

    private const string Fees =
        """
        SELECT p.doctor_id, p.clinic_id, f.modality, f.amount, f.currency FROM doctors.practice_fees f JOIN doctors.practices p ON p.id = f.practice_id
        JOIN doctors.doctors d ON d.id = p.doctor_id WHERE d.is_listed
        """;

    private static readonly IReadOnlyList<string> _all =
        [$"{Clinics}) ORDER BY c.name, c.id", $"{Days} ORDER BY f.doctor_id, f.first_free_at", $"{Fees} ORDER BY f.modality", $"{Doctors} ORDER BY d.id"];

    private static readonly IReadOnlyList<string> _some =
    [
        $"{Clinics} AND l.doctor_id = ANY ($1)) ORDER BY c.name, c.id",
        $"{Days} AND f.doctor_id = ANY ($1) ORDER BY f.doctor_id, f.first_free_at",
        $"{Fees} AND d.id = ANY ($1) ORDER BY f.modality",
        $"{Doctors} AND d.id = ANY ($1) ORDER BY d.id",
    ];

    private const string Terms = "SELECT term, specialization_id FROM doctors.specialization_terms";

    // What many doctors have alike is kept once: names of specialties, languages, zones.
    private readonly Dictionary<string, string> _alike = [];

    /// <summary>Listed doctors by their ids; all of them for null.</summary>
    public async Task<List<ListedDoctor>> ReadAsync(Guid[]? ids, CancellationToken ct)
    {
        await using var batch = database.CreateBatch();
        foreach (var sql in ids is null ? _all : _some)
        {
#pragma warning disable CA2100 // Constants, above.
            var command = new NpgsqlBatchCommand(sql);
#pragma warning restore CA2100
            if (ids is not null)
            {
                command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = ids });
            }

            batch.BatchCommands.Add(command);
        }

        await using var reader = await batch.ExecuteReaderAsync(ct);
        var clinics = new List<Clinic>();
        while (await reader.ReadAsync(ct))
        {
            clinics.Add(new Clinic(new DoctorClinic(reader.GetGuid(0), reader.GetString(1)), PlaceIn(reader, 2)));
        }

        await reader.NextResultAsync(ct);
        var times = await TimesAsync(reader, ct);
        await reader.NextResultAsync(ct);
        var fees = await FeesAsync(reader, ct);
        await reader.NextResultAsync(ct);
        var byId = clinics.Index().ToDictionary(c => c.Item.Shown.Id, c => (c.Index, c.Item));
        var doctors = new List<ListedDoctor>();
        while (await reader.ReadAsync(ct))
        {
            var doctor = Read(reader, byId, times);
            doctor.Shown.NameClinics(doctor.Shown.Clinics.Select(c => c.With(fees[(doctor.Shown.Id, c.Id)])));
            doctors.Add(doctor);
        }

        _alike.Clear();
        return doctors;
    }

    /// <summary>What specialties are called.</summary>
    public async Task<List<(string Term, Guid SpecializationId)>> TermsAsync(CancellationToken ct)
    {
        await using var command = database.CreateCommand(Terms);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var terms = new List<(string, Guid)>();
        while (await reader.ReadAsync(ct))
        {
            terms.Add((reader.GetString(0), reader.GetGuid(1)));
        }

        return terms;
    }

    private static async Task<ILookup<(Guid Doctor, Guid Clinic), PracticeFeeForm>> FeesAsync(NpgsqlDataReader reader, CancellationToken ct)
    {
        var fees = new List<((Guid, Guid) At, PracticeFeeForm Fee)>();
        while (await reader.ReadAsync(ct))
        {
            if (EnumText<Modality>.TryParse(reader.GetString(2), out var modality))
            {
                fees.Add(((reader.GetGuid(0), reader.GetGuid(1)), new PracticeFeeForm(modality, reader.GetInt64(3), reader.GetString(4))));
            }
        }

        return fees.ToLookup(f => f.At, f => f.Fee);
    }

    private static async Task<Dictionary<Guid, (List<DateOnly> Days, List<DateTimeOffset> Times)>> TimesAsync(NpgsqlDataReader reader, CancellationToken ct)
    {
        var times = new Dictionary<Guid, (List<DateOnly> Days, List<DateTimeOffset> Times)>();
        while (await reader.ReadAsync(ct))
        {
            if (!times.TryGetValue(reader.GetGuid(0), out var own))
            {
                times[reader.GetGuid(0)] = own = ([], new(ListedDoctor.MostTimes));
            }

            own.Days.Add(reader.GetFieldValue<DateOnly>(1));
            if (own.Times.Count < ListedDoctor.MostTimes)
            {
                own.Times.Add(reader.GetFieldValue<DateTimeOffset>(2));
            }
        }

        return times;
    }

    private ListedDoctor Read(
        NpgsqlDataReader row, Dictionary<Guid, (int Index, Clinic Item)> clinics, Dictionary<Guid, (List<DateOnly> Days, List<DateTimeOffset> Times)> times)
    {
        var (days, free) = times.GetValueOrDefault(row.GetGuid(0));
        var clinicIds = row.GetFieldValue<Guid[]>(17);
        Clinic[] at = [.. clinicIds.Where(clinics.ContainsKey).Select(id => clinics[id]).OrderBy(c => c.Index).Select(c => c.Item)];
        var specializations = Alike(row.GetFieldValue<string[]>(3));
        DateTimeOffset? next = row.IsDBNull(16) ? null : row.GetFieldValue<DateTimeOffset>(16);
        var shown = new DoctorResponse
        {
            Id = row.GetGuid(0),
            UserId = row.GetGuid(1),
            Name = row.GetString(2),
            Specializations = specializations,
            SpecialtyText = Text(row, 4),
            Rating = row.GetDecimal(5),
            ReviewCount = row.GetInt32(6),
            ExperienceYears = row.GetInt32(7),
            Fee = row.IsDBNull(8) ? null : new DoctorFee(row.GetInt64(8), Alike(row.GetString(9))),
            Languages = Alike(row.GetFieldValue<string[]>(10)),
            Modalities = Alike(row.GetFieldValue<string[]>(11)),
            Bio = Text(row, 12),
            PhotoUrl = Text(row, 13),
            TimeZone = Alike(row.GetString(14)),
            Version = row.GetInt32(15),
            NextAvailableAt = next,
            ClinicIds = clinicIds,
            IsVerified = true,
            AcceptsPatients = true,
            License = null,
        };
        shown.NameClinics(at.Select(c => c.Shown));
        return new ListedDoctor
        {
            Shown = shown,
            Row = new DoctorRow
            {
                Id = shown.Id,
                AccountId = shown.UserId,
                Name = shown.Name,
                Specializations = specializations,
                TimeZone = shown.TimeZone,
                IsBookable = true,
                FeeAmount = shown.Fee?.Amount,
                FeeCurrency = shown.Fee?.Currency,
                HasSchedule = row.GetBoolean(21),
            },
            SpecializationIds = row.GetFieldValue<Guid[]>(18),
            Places = [.. at.Select(c => c.At).Append(PlaceIn(row, 19)).OfType<Place>().Distinct()],
            NextFreeAt = next,
            Times = free is null ? [] : [.. free],
            Days = days is null ? [] : [.. days],
        };
    }

    private static Place? PlaceIn(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : new Place(row.GetDouble(column), row.GetDouble(column + 1));

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private string Alike(string text) => _alike.TryGetValue(text, out var known) ? known : _alike[text] = text;

    private string[] Alike(string[] texts) => Array.ConvertAll(texts, Alike);

    private sealed record Clinic(DoctorClinic Shown, Place? At);
}
