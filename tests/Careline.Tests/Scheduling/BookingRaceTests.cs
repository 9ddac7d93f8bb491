using Careline.Tests.Support;

namespace Careline.Tests.Scheduling;

/// <summary>Many clients want one time. Each test has the application of its own: one of them takes the constraints away.</summary>
public sealed class BookingRaceTests(TestCluster cluster) : IAsyncLifetime
{
    private const int Clients = 500;

    private readonly CrowdedApp _app = new(cluster);

    public async ValueTask InitializeAsync() => await _app.InitializeAsync();

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task Of_500_clients_one_books_the_slot_and_499_are_offered_others()
    {
        using var doctor = await _app.BookableDoctorAsync();
        var slots = await doctor.OfferAsync(_app.Day(), 8);

        var replies = await RaceForAsync(slots[4]);

        await OneWonAsync(replies);
    }

    [Fact]
    public async Task Five_hundred_patients_of_whom_each_asks_for_the_slot_in_the_same_words_are_answered_alike()
    {
        using var doctor = await _app.BookableDoctorAsync();
        using var first = await _app.PatientAsync();
        using var second = await _app.PatientAsync();
        var slots = await doctor.OfferAsync(_app.Day(), 8);

        var replies = await Task.WhenAll(Enumerable.Range(0, Clients).Select(i => (i % 2 == 0 ? first : second).BookAsync(slots[4])));

        await OneWonAsync(replies);
    }

    [Fact]
    public async Task A_crowd_that_waits_for_one_slot_leaves_connections_to_the_others()
    {
        using var doctor = await _app.BookableDoctorAsync();
        using var patient = await _app.PatientAsync();
        using var other = await _app.PatientAsync();
        var slot = (await doctor.OfferAsync(_app.Day(), 8))[4];

        var gate = await CloseAsync();
        var crowd = Task.WhenAll(Enumerable.Range(0, 100).Select(_ => patient.BookAsync(slot)));
        await gate.WaitedForByAsync(1);
        for (var i = 0; i < 50; i++)
        {
            (await other.GetAsync("/api/appointments/")).Status.ShouldBe(200);
        }

        // Beside the one that went ahead at most a job of the host's own.
        (await gate.WaitingAsync()).ShouldBeLessThan(5);
        await gate.OpenAsync();
        (await crowd).Count(r => r.Status == 201).ShouldBe(1);
    }

    [Fact]
    public async Task Of_500_appointments_one_is_moved_to_the_slot()
    {
        using var doctor = await _app.BookableDoctorAsync();
        using var admin = await _app.AdminAsync();
        var target = (await doctor.OfferAsync(_app.Day()))[0];
        var appointments = await ScatterAsync(doctor);

        var replies = await Task.WhenAll(appointments.Select(id => admin.MoveAsync(id, "reschedule", new { time_slot_id = target })));

        replies.Count(r => r.Status == 200).ShouldBe(1);
        replies.Count(r => r is { Status: 409, ErrorCode: "SLOT_TAKEN" }).ShouldBe(Clients - 1);
        (await _app.SqlAsync("SELECT count(*) FROM scheduling.appointments WHERE time_slot_id = $1", Guid.Parse(target))).ShouldBe(1L);
        (await _app.SqlAsync("SELECT count(*) FROM scheduling.appointment_events WHERE kind = 'rescheduled'")).ShouldBe(1L);
    }

    [Fact]
    public async Task Without_the_constraints_the_same_race_books_the_slot_more_than_once_so_nothing_else_hides_their_loss()
    {
        using var doctor = await _app.BookableDoctorAsync();
        var slots = await doctor.OfferAsync(_app.Day(), 8);
        await _app.SqlAsync("ALTER TABLE scheduling.appointments DROP CONSTRAINT appointments_no_doctor_overlap, DROP CONSTRAINT appointments_no_patient_overlap");

        var replies = await RaceForAsync(slots[4]);

        replies.Count(r => r.Status == 201).ShouldBeGreaterThan(1);
        (await RowsAsync()).ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task One_patient_racing_for_one_time_at_many_doctors_gets_one()
    {
        const int Doctors = 12;
        using var patient = await _app.PatientAsync();
        var slots = new List<string>();
        for (var i = 0; i < Doctors; i++)
        {
            using var doctor = await _app.BookableDoctorAsync();
            slots.Add((await doctor.OfferAsync(_app.Day()))[0]);
        }

        var replies = await Task.WhenAll(slots.Select(patient.BookAsync));

        replies.Count(r => r.Status == 201).ShouldBe(1);
        replies.Count(r => r is { Status: 409, ErrorCode: "PATIENT_BUSY" }).ShouldBe(Doctors - 1);
    }

    [Fact]
    public async Task A_slot_withdrawn_after_it_was_seen_free_is_not_booked()
    {
        using var doctor = await _app.BookableDoctorAsync();
        using var patient = await _app.PatientAsync();
        var slot = (await doctor.OfferAsync(_app.Day()))[0];

        var gate = await CloseAsync();
        var booking = patient.BookAsync(slot);
        await gate.WaitedForByAsync(1);
        await gate.OpenAsync("UPDATE scheduling.time_slots SET deleted_at = starts_at");

        (await booking).ErrorCode.ShouldBe("SLOT_TAKEN");
        (await RowsAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Two_moves_at_once_follow_each_other()
    {
        using var doctor = await _app.BookableDoctorAsync();
        using var patient = await _app.PatientAsync();
        var id = await patient.BookedAsync((await doctor.OfferAsync(_app.Day()))[0]);

        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => (i % 2 == 0 ? patient : doctor).MoveAsync(id, "cancel")));

        replies.Count(r => r.Status == 200).ShouldBe(1);
        replies.Count(r => r is { Status: 409, ErrorCode: "ILLEGAL_MOVE" }).ShouldBe(7);
    }

    private async Task OneWonAsync(Reply[] replies)
    {
        replies.Count(r => r.Status == 201).ShouldBe(1);
        replies.Count(r => r is { Status: 409, ErrorCode: "SLOT_TAKEN" }).ShouldBe(Clients - 1);
        replies.Where(r => r.Status == 409).ShouldAllBe(r => r.ErrorDetails.GetProperty("alternatives").GetArrayLength() == 3);
        (await RowsAsync()).ShouldBe(1);
    }

    /// <summary>
    /// Nobody can write until a dozen have seen that the slot is free: that is the moment which the constraints are for. Each racer spells the slot
    /// in its own way, as if every one of them came in through another host: those who use the same words wait for each other.
    /// </summary>
    private async Task<Reply[]> RaceForAsync(string slotId)
    {
        var patients = await PatientsAsync();
        using var admin = await _app.AdminAsync();
        var gate = await CloseAsync();
        var replies = Task.WhenAll(patients.Select((p, i) => admin.PostAsync("/api/appointments/", new { time_slot_id = Spelled(slotId, i), patient_id = p })));
        await gate.WaitedForByAsync(12);
        await gate.OpenAsync();
        return await replies;
    }

    /// <summary>The id with some of its letters, chosen by a number, in upper case.</summary>
    private static string Spelled(string id, int number)
    {
        var letters = id.ToCharArray();
        for (var i = 0; i < letters.Length; i++)
        {
            if (char.IsAsciiLetter(letters[i]))
            {
                letters[i] = (number & 1) == 1 ? char.ToUpperInvariant(letters[i]) : letters[i];
                number >>= 1;
            }
        }

        return new string(letters);
    }

    private Task<WritersGate> CloseAsync() => WritersGate.CloseAsync(_app, "scheduling.stale_listings");

    private async Task<long> RowsAsync() => (long)(await _app.SqlAsync("SELECT count(*) FROM scheduling.appointments"))!;

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

    /// <summary>An appointment for each of the racers, each on a day of its own.</summary>
    private async Task<Guid[]> ScatterAsync(Person doctor)
    {
        var ids = Enumerable.Range(0, Clients).Select(_ => Guid.CreateVersion7()).ToArray();
        await _app.SqlAsync(
            """
            INSERT INTO scheduling.appointments (id, doctor_id, patient_id, starts_at, ends_at, time_zone, local_date, status, visit_type, modality,
                urgency, created_by, created_at, updated_at, version)
            SELECT r.id, $3, p.id, $4 + r.n * interval '1 day', $4 + r.n * interval '1 day' + interval '30 minutes', 'UTC',
                ($4 + r.n * interval '1 day')::date, 'scheduled', 'general', 'video', 'medium', p.id, $4, $4, 1
            FROM unnest($1, $2) WITH ORDINALITY AS r (id, patient_id, n) JOIN patients.patients p ON p.id = r.patient_id
            """,
            ids,
            await PatientsAsync(),
            doctor.DoctorId,
            _app.Now.AddDays(100));
        return ids;
    }
}
