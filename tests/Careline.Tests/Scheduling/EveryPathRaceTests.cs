using Careline.Tests.Support;

namespace Careline.Tests.Scheduling;

/// <summary>
/// Every path that can occupy a time wants the same one at the same moment: booking by slot and by start, holding, requesting, moving, accepting, overriding. A cut of the
/// promise; all of it is bench/faults/booking. With applications of their own: one of them takes the constraints away.
/// </summary>
public sealed class EveryPathRaceTests(TestCluster cluster) : IAsyncLifetime
{
    private const int Clients = 64;
    private const int PerDay = 16;
    private const int Paths = 7;

    private readonly TestApp _app = new(cluster);
    private Guid _raced;

    public async ValueTask InitializeAsync() => await _app.InitializeAsync();

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task Of_64_clients_on_every_path_exactly_one_gets_each_time_and_nothing_overlaps()
    {
        using var byHand = await _app.BookableDoctorAsync();
        using var computed = await _app.BookableDoctorAsync();
        await computed.KeepHoursAsync(computed.DoctorId, new { horizon_days = 730 }, "09:00", "17:00");
        var slots = LargeRun.Of("CARELINE_RACED_SLOTS", 12);
        var winners = new int[Paths];
        for (var i = 0; i < slots; i++)
        {
            var day = _app.Day(30 + (i / 2 / PerDay));
            var doctor = i % 2 == 0 ? byHand : computed;
            if (i % (2 * PerDay) == 0)
            {
                await byHand.OfferAsync(day, PerDay);
            }

            winners[await RaceAsync(doctor, day, (i / 2) % PerDay, i)]++;
        }

        (await OverlapsAsync()).ShouldBe(0);
        (await OccupiedAsync()).ShouldBe(slots);
        TestContext.Current.TestOutputHelper?.WriteLine($"won by slot, start, hold, request, move, accept, override: {string.Join(", ", winners)}");
    }

    [Fact]
    public async Task Without_the_constraints_the_same_race_overlaps_so_nothing_else_hides_their_loss()
    {
        using var doctor = await _app.BookableDoctorAsync();
        await doctor.OfferAsync(_app.Day(), PerDay);
        await _app.SqlAsync("ALTER TABLE scheduling.appointments DROP CONSTRAINT appointments_no_doctor_overlap, DROP CONSTRAINT appointments_no_patient_overlap");

        var replies = await SendAsync(doctor, _app.Day(), 0, 0);

        replies.Count(r => r.Status < 300).ShouldBeGreaterThan(1);
        (await OverlapsAsync()).ShouldBeGreaterThan(0);
    }

    private async Task<int> RaceAsync(Person doctor, DateOnly day, int place, int round)
    {
        var replies = await SendAsync(doctor, day, place, round);
        replies.Count(r => r.Status < 300).ShouldBe(1, string.Join('\n', replies.Where(r => r.Status < 300 || r.ErrorCode != "SLOT_TAKEN").Take(3).Select(r => r.Text)));
        replies.Count(r => r is { Status: 409, ErrorCode: "SLOT_TAKEN" }).ShouldBe(Clients - 1);
        return Array.FindIndex(replies, r => r.Status < 300) % Paths;
    }

    /// <summary>Nobody can write until several have seen that the time is free, and no two name it in the same words: so what decides is the constraints.</summary>
    private async Task<Reply[]> SendAsync(Person doctor, DateOnly day, int place, int round)
    {
        using var admin = await _app.AdminAsync();
        _raced = doctor.DoctorId;
        var start = new DateTimeOffset(day, new TimeOnly(9, 0).AddMinutes(30 * place), TimeSpan.Zero);
        var id = (await _app.TimesAsync(doctor.DoctorId, day, "&available_only=false"))[place];
        var patients = await PatientsAsync();
        var (moved, asked) = (await ScatterAsync(patients, round), await AskAsync(patients, day));
        var gate = await WritersGate.CloseAsync(_app, "scheduling.stale_listings");
        var replies = Task.WhenAll(patients.Select((patient, i) =>
        {
            // The same moment by the clocks of other places.
            var named = start.ToOffset(TimeSpan.FromMinutes(15 * ((i / Paths) - 4)));
            return (i % Paths) switch
            {
                0 => admin.PostAsync("/api/appointments/", new { time_slot_id = Spelled(id, i), patient_id = patient }),
                1 => admin.PostAsync("/api/appointments/", new { doctor_id = doctor.DoctorId, start = named, patient_id = patient }),
                2 => admin.PostAsync("/api/appointments/holds/", new { doctor_id = doctor.DoctorId, start = named, patient_id = patient }),
                3 => admin.PostAsync("/api/appointment-requests/", new { doctor_id = doctor.DoctorId, start = named, patient_id = patient }),
                4 => admin.MoveAsync(moved[i], "reschedule", new { start = named }),
                5 => admin.PostAsync($"/api/appointment-requests/{asked[i]}/accept/", new { start = named }),
                _ => admin.PostAsync("/api/appointments/", new { doctor_id = doctor.DoctorId, start = named.AddMinutes(10), patient_id = patient, override_reason = "Squeezed in", duration_minutes = 15 }),
            };
        }));
        await gate.WaitedForByAsync(8);
        await gate.OpenAsync();
        return await replies;
    }

    // A computed time has one spelling only.
    private static string Spelled(string id, int number) => Guid.TryParse(id, out _)
        ? string.Concat(id.Select((c, at) => ((number >> (at % 6)) & 1) == 1 ? char.ToUpperInvariant(c) : c)) : id;

    private async Task<long> OverlapsAsync() => (long)(await _app.SqlAsync(
        """
        SELECT count(*) FROM (
            SELECT starts_at < max(ends_at) OVER (PARTITION BY doctor_id ORDER BY starts_at, id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS overlaps
            FROM scheduling.appointments WHERE ends_at > starts_at AND status IN ('requested', 'held', 'scheduled', 'confirmed')) r
        WHERE r.overlaps
        """))!;

    // What was asked for or moved from lies elsewhere; a hold may be over before the last race is.
    private async Task<long> OccupiedAsync() => (long)(await _app.SqlAsync(
        "SELECT count(*) FROM scheduling.appointments WHERE ends_at > starts_at AND starts_at < $1 AND status IN ('requested', 'held', 'scheduled', 'expired')",
        _app.Now.AddDays(700)))!;

    private async Task<Guid[]> PatientsAsync()
    {
        var ids = Enumerable.Range(0, Clients).Select(_ => Guid.CreateVersion7()).ToArray();
        await _app.SqlAsync(
            """
            INSERT INTO patients.patients (id, first_name, last_name, gender, is_active, created_at, updated_at, version)
            SELECT id, 'Racer', n::text, 'unknown', true, $2, $2, 1 FROM unnest($1) WITH ORDINALITY AS r (id, n)
            """,
            ids,
            _app.Now);
        return ids;
    }

    /// <summary>An appointment for each at the doctor that is raced for, far ahead and each at a time of its own; told apart by its zone.</summary>
    private async Task<Guid[]> ScatterAsync(Guid[] patients, int round)
    {
        var ids = patients.Select(_ => Guid.CreateVersion7()).ToArray();
        await InsertAsync(ids, patients, "scheduled", _app.Now.AddDays(800).AddHours(round * Clients), "1 hour", "30 minutes", "Africa/Lagos");
        return ids;
    }

    /// <summary>A request of each for a part of the day.</summary>
    private async Task<Guid[]> AskAsync(Guid[] patients, DateOnly day)
    {
        var ids = patients.Select(_ => Guid.CreateVersion7()).ToArray();
        await InsertAsync(ids, patients, "requested", new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero), "0", "0", "UTC");
        await _app.SqlAsync(
            "INSERT INTO scheduling.appointment_requests (id, preferred_date, day_part, created_at) SELECT id, $2, 'morning', $3 FROM unnest($1) AS id", ids, day, _app.Now);
        return ids;
    }

    private Task<object?> InsertAsync(Guid[] ids, Guid[] patients, string status, DateTimeOffset from, string apart, string length, string zone) => _app.SqlAsync(
        $"""
        INSERT INTO scheduling.appointments (id, doctor_id, patient_id, starts_at, ends_at, time_zone, local_date, status, visit_type, modality,
            urgency, created_by, created_at, updated_at, version, expires_at)
        SELECT r.id, $3, r.patient_id, $4 + r.n * interval '{apart}', $4 + r.n * interval '{apart}' + interval '{length}', '{zone}', $4::date, '{status}', 'general', 'video', 'medium',
            r.patient_id, $5, $5, 1, CASE WHEN '{status}' = 'requested' THEN $5 + interval '40 hours' END
        FROM unnest($1, $2) WITH ORDINALITY AS r (id, patient_id, n)
        """,
        ids,
        patients,
        _raced,
        from,
        _app.Now);
}
