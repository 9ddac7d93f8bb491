using Careline.Tests.Support;

namespace Careline.Tests.Scheduling;

/// <summary>
/// Every path that can occupy a time wants the same one at the same moment: booking by slot and by start, holding, requesting, moving, accepting, overriding, booking a
/// series, proposing another time, offering to the waitlist. A cut of the promise; all of it is bench/faults/booking. With applications of their own: one of them takes
/// the constraints away.
/// </summary>
public sealed class EveryPathRaceTests(TestCluster cluster) : IAsyncLifetime
{
    private const int Clients = 64;
    private const int PerDay = 18;
    private const int Paths = 10;
    private const int Series = 7;
    private const int Waitlist = 9;

    // The second visit of a series lies a month later, where nothing is raced for.
    private const int LastRacedDay = 57;

    private readonly CrowdedApp _app = new(cluster);
    private Guid _raced;

    public async ValueTask InitializeAsync() => await _app.InitializeAsync();

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task Of_64_clients_on_every_path_exactly_one_gets_each_time_and_nothing_overlaps()
    {
        using var byHand = await _app.BookableDoctorAsync();
        using var computed = await _app.BookableDoctorAsync();
        await computed.KeepHoursAsync(computed.DoctorId, new { horizon_days = 730 }, "09:00", "18:00");
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

            day.ShouldBeLessThanOrEqualTo(_app.Day(LastRacedDay));
            winners[await RaceAsync(doctor, day, (i / 2) % PerDay, i)]++;
        }

        (await OverlapsAsync()).ShouldBe(0);
        (await OccupiedAsync()).ShouldBe(slots);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"won by slot, start, hold, request, move, accept, override, series, proposal, waitlist: {string.Join(", ", winners)}");
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

    [Fact]
    public async Task A_slot_is_either_booked_once_or_moved_away_and_never_both()
    {
        using var doctor = await _app.BookableDoctorAsync();
        var slots = LargeRun.Of("CARELINE_RACED_SLOTS", 12);
        var (booked, moved) = (0, 0);
        for (var i = 0; i < slots; i++)
        {
            var day = _app.Day(30 + i);
            var id = (await doctor.OfferAsync(day, 1))[0];
            using var admin = await _app.AdminAsync();
            var patients = await PatientsAsync();
            var gate = await WritersGate.CloseAsync(_app, "scheduling.stale_listings");
            var replies = Task.WhenAll(patients.Select((patient, n) => n % 2 == 0
                ? admin.PostAsync("/api/appointments/", new { time_slot_id = Spelled(id, n), patient_id = patient })
                : doctor.PatchAsync($"/api/time-slots/{id}/", new { start_time = $"{10 + (n % 8)}:00:00", end_time = $"{10 + (n % 8)}:30:00" })));
            await gate.WaitedForByAsync(8);
            await gate.OpenAsync();
            var answers = await replies;

            var (visits, edits) = (answers.Where((_, n) => n % 2 == 0).Count(r => r.Status < 300), answers.Where((_, n) => n % 2 == 1).Count(r => r.Status < 300));
            answers.Where(r => r.Status is not (< 300 or 409 or 412)).Select(r => r.Status).ShouldBeEmpty();
            visits.ShouldBeLessThanOrEqualTo(1);
            (visits + edits).ShouldBeGreaterThan(0);

            // Whoever was booked, was booked at a time that the slot has still.
            (await _app.SqlAsync(
                """
                SELECT count(*) FROM scheduling.appointments a JOIN scheduling.time_slots s ON s.id = a.time_slot_id
                WHERE s.id = $1 AND a.status = 'scheduled' AND (a.starts_at, a.ends_at) <> (s.starts_at, s.ends_at)
                """,
                Guid.Parse(id))).ShouldBe(0L);
            (booked, moved) = (booked + visits, moved + (visits == 0 ? 1 : 0));
        }

        (await OverlapsAsync()).ShouldBe(0);
        TestContext.Current.TestOutputHelper?.WriteLine($"booked {booked}, moved away {moved}");
    }

    private async Task<int> RaceAsync(Person doctor, DateOnly day, int place, int round)
    {
        var replies = await SendAsync(doctor, day, place, round);
        replies.Count(r => r.Status < 300).ShouldBe(1, string.Join('\n', replies.Where(r => r.Status < 300 || r.ErrorCode != "SLOT_TAKEN").Take(3).Select(r => r.Text)));
        replies.Where(r => r.Status >= 300 && r is not { Status: 409, ErrorCode: "SLOT_TAKEN" or "SERIES_CONFLICT" }).Select(r => $"{r.Status} {r.Text}").ShouldBeEmpty();
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
        var waiting = await WaitAsync(patients, day, start);
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
                6 => admin.PostAsync("/api/appointments/", new { doctor_id = doctor.DoctorId, start = named.AddMinutes(10), patient_id = patient, override_reason = "Squeezed in", duration_minutes = 15 }),
                Series => admin.PostAsync("/api/appointments/series/", new { doctor_id = doctor.DoctorId, start = named, patient_id = patient, frequency = "monthly", count = 2 }),
                8 => admin.PostAsync($"/api/appointments/{moved[i]}/reschedule-proposal/", new { start = named }),
                _ => OfferedAsync(waiting[i]),
            };
        }));
        await gate.WaitedForByAsync(8);
        await gate.OpenAsync();
        var answers = await replies;

        // Which of those who wait a run of the job offered the time to is known only when all runs are over.
        await Eventually.HoldsAsync(async () => (long)(await _app.SqlAsync("SELECT count(*) FROM scheduling.waitlist_looks WHERE doctor_id = $1", _raced))! == 0);
        for (var i = Waitlist; i < Clients; i += Paths)
        {
            answers[i] = await StandsAsync(waiting[i]);
        }

        await _app.SqlAsync("UPDATE scheduling.waitlist_entries SET status = 'left', offer_expires_at = NULL WHERE id = ANY ($1)", waiting);
        return answers;
    }

    private async Task<Reply> OfferedAsync(Guid entry)
    {
        await _app.SqlAsync("UPDATE scheduling.waitlist_entries SET status = 'waiting' WHERE id = $1", entry);
        await _app.SqlAsync("INSERT INTO scheduling.waitlist_looks (doctor_id) VALUES ($1)", _raced);
        await _app.RunJobAsync("scheduling.offer-times");
        return await StandsAsync(entry);
    }

    private async Task<Reply> StandsAsync(Guid entry) => await _app.SqlAsync("SELECT status FROM scheduling.waitlist_entries WHERE id = $1", entry) is "offered"
        ? new Reply(200, "{}", new HttpResponseMessage().Headers)
        : new Reply(409, """{"error": {"code": "SLOT_TAKEN"}}""", new HttpResponseMessage().Headers);

    /// <summary>Entries that wait for this one time of the day: all others they have refused. Only the clients of the waitlist begin to wait, when the race does.</summary>
    private async Task<Guid[]> WaitAsync(Guid[] patients, DateOnly day, DateTimeOffset start)
    {
        var ids = patients.Select(_ => Guid.CreateVersion7()).ToArray();
        await _app.SqlAsync(
            """
            INSERT INTO scheduling.waitlist_entries (id, patient_id, doctor_id, start_date, end_date, visit_type, urgency, status, ranked_at, missed_offers, created_by, created_at, updated_at, version)
            SELECT id, patient_id, $3, $4, $4, 'general', 'medium', 'left', $5, 0, patient_id, $5, $5, 1 FROM unnest($1, $2) AS w (id, patient_id)
            """,
            ids,
            patients,
            _raced,
            day,
            _app.Now);
        var others = Enumerable.Range(0, PerDay).Select(i => new DateTimeOffset(day, new TimeOnly(9, 0).AddMinutes(30 * i), TimeSpan.Zero)).Where(at => at != start).ToArray();
        await _app.SqlAsync("INSERT INTO scheduling.waitlist_refusals (entry_id, starts_at) SELECT e, s FROM unnest($1) AS e, unnest($2) AS s", ids.Where((_, i) => i % Paths == Waitlist).ToArray(), others);
        return ids;
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
        new DateTimeOffset(_app.Day(LastRacedDay + 1), TimeOnly.MinValue, TimeSpan.Zero)))!;

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
