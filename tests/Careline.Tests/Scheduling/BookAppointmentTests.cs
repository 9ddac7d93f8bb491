using Careline.Tests.Support;

namespace Careline.Tests.Scheduling;

public sealed class BookAppointmentTests(SharedApp app) : IClassFixture<SharedApp>
{
    [Fact]
    public async Task A_time_of_another_doctor_is_refused_as_such_also_when_it_was_just_taken()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var other = await app.BookableDoctorAsync();
        using var first = await app.PatientAsync();
        using var second = await app.PatientAsync();
        var slot = (await doctor.OfferAsync(app.Day(), 1))[0];
        (await first.BookAsync(slot)).Status.ShouldBe(201);
        (await second.BookAsync(slot)).ErrorCode.ShouldBe("SLOT_TAKEN");

        var wrong = await second.PostAsync("/api/appointments/", new { time_slot_id = slot, doctor_id = other.DoctorId });
        (wrong.Status, wrong.ErrorDetails.TryGetProperty("time_slot_id", out _)).ShouldBe((400, true));
        (await second.PostAsync("/api/appointments/", new { time_slot_id = slot, doctor_id = doctor.DoctorId })).ErrorCode.ShouldBe("SLOT_TAKEN");
    }

    [Fact]
    public async Task A_slot_that_is_freed_is_bookable_at_once_though_it_was_just_seen_taken()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var first = await app.PatientAsync();
        using var second = await app.PatientAsync();
        var slot = (await doctor.OfferAsync(app.Day()))[0];

        var id = await first.BookedAsync(slot);
        (await second.BookAsync(slot)).ErrorCode.ShouldBe("SLOT_TAKEN");
        (await first.MoveAsync(id, "cancel")).Status.ShouldBe(200);

        (await second.BookAsync(slot)).Status.ShouldBe(201);
    }

    [Fact]
    public async Task The_alternatives_of_one_of_a_crowd_leave_out_the_times_at_which_that_patient_is_busy()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var elsewhere = await app.BookableDoctorAsync();
        using var first = await app.PatientAsync();
        using var second = await app.PatientAsync();
        var slots = await doctor.OfferAsync(app.Day(), 8);
        await second.BookedAsync((await elsewhere.OfferAsync(app.Day(), 8))[3]);
        await first.BookedAsync(slots[4]);

        var forFirst = (await first.BookAsync(slots[4])).ErrorDetails.GetProperty("alternatives").EnumerateArray().Select(a => a.GetDateTimeOffset()).ToList();
        var forSecond = (await second.BookAsync(slots[4])).ErrorDetails.GetProperty("alternatives").EnumerateArray().Select(a => a.GetDateTimeOffset()).ToList();

        forSecond.Count.ShouldBe(3);
        forFirst.Except(forSecond).ShouldHaveSingleItem().ShouldBe(forFirst[0]);
    }

    [Fact]
    public async Task A_patient_books_a_free_slot_and_both_see_it()
    {
        using var doctor = await app.BookableDoctorAsync("Africa/Lagos");
        using var patient = await app.PatientAsync();
        var day = app.Day();
        var slots = await doctor.OfferAsync(day);

        var reply = await patient.BookAsync(slots[0]);

        reply.Status.ShouldBe(201, reply.Text);
        reply.ETag.ShouldBe("\"1\"");
        reply.Word("number").ShouldStartWith("APT-");
        reply.Word("status").ShouldBe("scheduled");
        reply.Word("status_display").ShouldBe("Scheduled");
        reply.Word("time_zone").ShouldBe("Africa/Lagos");
        reply.Word("date").ShouldBe(day.Text());
        reply.Word("start_time").ShouldBe("09:00:00");
        reply.Word("end_time").ShouldBe("09:30:00");
        reply.Data.GetProperty("start").GetDateTimeOffset().ShouldBe(new DateTimeOffset(day, new TimeOnly(8, 0), TimeSpan.Zero));
        reply.Data.GetProperty("duration_minutes").GetInt32().ShouldBe(30);
        reply.Data.GetProperty("doctor").GetProperty("id").GetGuid().ShouldBe(doctor.DoctorId);
        reply.Data.GetProperty("doctor").GetProperty("user_id").GetGuid().ShouldBe(doctor.UserId);
        reply.Data.GetProperty("patient").GetProperty("id").GetGuid().ShouldBe(patient.PatientId);
        reply.Data.GetProperty("symptoms").GetString().ShouldBe("Dry cough at night");
        reply.Data.GetProperty("can_cancel").GetBoolean().ShouldBeTrue();
        (await doctor.GetAsync($"/api/appointments/{reply.Id}/")).Word("number").ShouldBe(reply.Word("number"));
        (await patient.GetAsync("/api/appointments/")).Rows.Single().GetProperty("id").GetGuid().ShouldBe(reply.Id);
    }

    [Fact]
    public async Task A_taken_slot_is_refused_with_the_three_nearest_free_starts()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var first = await app.PatientAsync();
        using var second = await app.PatientAsync();
        var day = app.Day();
        var slots = await doctor.OfferAsync(day, 6);
        await first.BookedAsync(slots[3]);

        var reply = await second.BookAsync(slots[3]);

        (reply.Status, reply.ErrorCode).ShouldBe((409, "SLOT_TAKEN"));
        reply.ErrorDetails.GetProperty("alternatives").EnumerateArray().Select(a => a.GetDateTimeOffset().TimeOfDay)
            .ShouldBe([new TimeSpan(10, 0, 0), new TimeSpan(11, 0, 0), new TimeSpan(9, 30, 0)]);
    }

    [Fact]
    public async Task A_patient_cannot_be_in_two_places()
    {
        using var one = await app.BookableDoctorAsync();
        using var other = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync();
        var day = app.Day();
        await patient.BookedAsync((await one.OfferAsync(day))[0]);

        var reply = await patient.BookAsync((await other.OfferAsync(day))[0]);

        (reply.Status, reply.ErrorCode).ShouldBe((409, "PATIENT_BUSY"));
    }

    [Theory]
    [InlineData("start", null, null)]
    [InlineData(null, "09:30:00", null)]
    [InlineData(null, "09:30", null)]
    [InlineData(null, null, "time_slot")]
    public async Task A_time_can_be_named_as_an_instant_by_the_doctors_wall_clock_or_by_the_older_name(string? start, string? time, string? alias)
    {
        using var doctor = await app.BookableDoctorAsync("America/New_York");
        using var patient = await app.PatientAsync();
        var day = app.Day();
        var slots = await doctor.OfferAsync(day);
        var instant = (await doctor.GetAsync($"/api/time-slots/{slots[1]}/")).Word("start");
        var body = new Dictionary<string, object> { ["doctor_id"] = doctor.DoctorId };
        if (start is not null)
        {
            body["start"] = instant;
        }
        else if (time is not null)
        {
            (body["date"], body["start_time"]) = (day.Text(), time);
        }
        else
        {
            body[alias!] = slots[1];
        }

        var reply = await patient.PostAsync("/api/appointments/", body);

        reply.Status.ShouldBe(201, reply.Text);
        reply.Word("start_time").ShouldBe("09:30:00");
        reply.Word("start").ShouldBe(instant);
    }

    [Fact]
    public async Task Bad_wishes_are_each_refused_by_their_own_rule()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var other = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync();
        var day = app.Day();
        var slots = await doctor.OfferAsync(day);
        Task<Reply> Book(object body) => patient.PostAsync("/api/appointments/", body);

        (await Book(new { })).ErrorDetails.TryGetProperty("doctor_id", out _).ShouldBeTrue();
        (await Book(new { doctor_id = doctor.DoctorId })).ErrorDetails.TryGetProperty("time_slot_id", out _).ShouldBeTrue();
        (await Book(new { time_slot_id = "no such slot" })).Status.ShouldBe(404);
        (await Book(new { time_slot_id = Guid.CreateVersion7() })).Status.ShouldBe(404);
        (await Book(new { time_slot_id = new string('x', 65) })).Status.ShouldBe(400);
        (await Book(new { time_slot_id = slots[0], doctor_id = other.DoctorId })).Status.ShouldBe(400);
        (await Book(new { doctor_id = Guid.CreateVersion7(), start = "2031-01-01T09:00:00Z" })).Status.ShouldBe(404);
        (await Book(new { doctor_id = doctor.DoctorId, start = "2001-01-01T09:00:00Z" })).ErrorCode.ShouldBe("SLOT_IN_PAST");
        (await Book(new { doctor_id = doctor.DoctorId, start = "0000-01-01T09:00:00Z" })).Status.ShouldBe(400);
        (await Book(new { doctor_id = doctor.DoctorId, date = "0001-01-01", start_time = "09:00" })).Status.ShouldBe(400);
        (await Book(new { doctor_id = doctor.DoctorId, date = "9999-12-31", start_time = "09:00" })).Status.ShouldBe(400);
        var outside = await Book(new { doctor_id = doctor.DoctorId, date = day.Text(), start_time = "09:10" });
        outside.ErrorCode.ShouldBe("OUTSIDE_AVAILABILITY");
        outside.ErrorDetails.GetProperty("alternatives").GetArrayLength().ShouldBe(3);
        (await Book(new { time_slot_id = slots[0], patient_id = Guid.CreateVersion7() })).Status.ShouldBe(404);
        (await Book(new { time_slot_id = slots[0], contact_phone = "call me" })).Status.ShouldBe(400);
        (await Book(new { time_slot_id = slots[0], modality = "telepathy" })).Status.ShouldBe(400);
        (await Book(new { time_slot_id = slots[0], reason = new string('x', 1001) })).Status.ShouldBe(400);
    }

    [Fact]
    public async Task A_slot_that_has_passed_cannot_be_booked()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync();
        var slots = await doctor.OfferAsync(app.Day());
        await app.SqlAsync(
            "UPDATE scheduling.time_slots SET starts_at = starts_at - interval '300 days', ends_at = ends_at - interval '300 days' WHERE id = $1", Guid.Parse(slots[0]));

        (await patient.BookAsync(slots[0])).ErrorCode.ShouldBe("SLOT_IN_PAST");
    }

    [Fact]
    public async Task Only_listed_doctors_are_booked_and_an_unlisted_one_does_not_exist_for_strangers()
    {
        using var doctor = await app.DoctorAsync(verified: false);
        using var patient = await app.PatientAsync();
        using var admin = await app.AdminAsync();
        var slots = await doctor.OfferAsync(app.Day());

        (await patient.BookAsync(slots[0])).Status.ShouldBe(404);
        (await admin.PostAsync("/api/appointments/", new { time_slot_id = slots[0], patient_id = patient.PatientId })).ErrorCode
            .ShouldBe("DOCTOR_NOT_BOOKABLE");
    }

    [Fact]
    public async Task A_doctor_books_only_patients_in_care_and_never_without_naming_one()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync();
        using var stranger = await app.PatientAsync();
        var slots = await doctor.OfferAsync(app.Day());
        await patient.BookedAsync(slots[0]);

        (await doctor.BookAsync(slots[1])).ErrorDetails.TryGetProperty("patient_id", out _).ShouldBeTrue();
        (await doctor.PostAsync("/api/appointments/", new { time_slot_id = slots[1], patient_id = stranger.PatientId })).Status.ShouldBe(404);
        var follow = await doctor.PostAsync("/api/appointments/", new { time_slot_id = slots[1], patient_id = patient.PatientId, visit_type = "Follow-Up" });
        follow.Status.ShouldBe(201, follow.Text);
        follow.Word("visit_type").ShouldBe("follow_up");
    }

    [Fact]
    public async Task Staff_of_the_doctors_clinic_books_and_the_clinic_is_named()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync();
        using var reception = await app.StaffAsync("receptionist");
        using var elsewhere = await app.StaffAsync("receptionist");
        var clinic = await app.ClinicAsync();
        await app.JoinAsync(doctor, clinic, "doctor");
        await app.JoinAsync(reception, clinic, "receptionist");
        await app.JoinAsync(elsewhere, await app.ClinicAsync(), "receptionist");
        var slots = await doctor.OfferAsync(app.Day());
        object Body(int slot) => new { time_slot_id = slots[slot], patient_id = patient.PatientId };

        (await elsewhere.PostAsync("/api/appointments/", Body(0))).Status.ShouldBe(404);
        var reply = await reception.PostAsync("/api/appointments/", Body(0));

        reply.Status.ShouldBe(201, reply.Text);
        reply.Data.GetProperty("clinic").GetProperty("name").GetString().ShouldBe("Harbour Clinic");
        (await app.SqlAsync("SELECT count(*) FROM patients.patient_clinics WHERE patient_id = $1 AND clinic_id = $2", patient.PatientId, clinic)).ShouldBe(1L);
    }

    [Fact]
    public async Task A_booking_opens_the_doctors_access_until_30_days_after_the_visit()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync();
        var reply = await patient.BookAsync((await doctor.OfferAsync(app.Day()))[0]);

        var until = await app.SqlAsync("SELECT ends_at FROM patients.care_relationships WHERE account_id = $1 AND patient_id = $2", doctor.UserId, patient.PatientId);

        ((DateTime)until!).ShouldBe(reply.Data.GetProperty("end").GetDateTimeOffset().AddDays(30).UtcDateTime);
    }

    [Fact]
    public async Task The_same_key_and_body_books_once_and_another_body_is_refused()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync();
        var slots = await doctor.OfferAsync(app.Day());
        Task<Reply> Book(string slot) => patient.PostAsync("/api/appointments/", new { time_slot_id = slot }, ("Idempotency-Key", "one"));

        var first = await Book(slots[0]);
        var again = await Book(slots[0]);

        first.Status.ShouldBe(201, first.Text);
        (again.Status, again.Data.GetRawText()).ShouldBe((201, first.Data.GetRawText()));
        (await Book(slots[1])).ErrorCode.ShouldBe("IDEMPOTENCY_KEY_REUSED");
        (await patient.GetAsync("/api/appointments/")).Total.ShouldBe(1);
    }
}
