using System.Text.Json;
using Careline.Scheduling.Contracts;
using Careline.Scheduling.Waitlist;
using Careline.Tests.Support;

namespace Careline.Tests.Scheduling;

public sealed class WaitlistTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task A_time_that_becomes_free_is_kept_for_the_first_in_line_who_is_told_and_books_it()
    {
        var (doctor, slots, booked) = await FullAsync(1);
        using var first = await app.PatientAsync();
        using var second = await app.PatientAsync();
        using var quick = await app.PatientAsync();
        var (one, two) = (await JoinAsync(first, doctor), await JoinAsync(second, doctor));
        (await OffersAsync(doctor)).ShouldBeEmpty();

        (await booked[0].Patient.MoveAsync(booked[0].Id, "cancel")).Status.ShouldBe(200);
        var offer = await OfferedAsync(first, one);

        (await StatusAsync(second, two)).ShouldBe("waiting");
        (await quick.BookAsync(slots[0])).ErrorCode.ShouldBe("SLOT_TAKEN");
        (await first.GetAsync("/api/appointments/")).Total.ShouldBe(0);
        (await app.InboxAsync(Mail(first))).ShouldContain(text => text.Contains("has become free", StringComparison.Ordinal) && text.Contains($"{app.Day().Text()} 09:00 (UTC", StringComparison.Ordinal));
        (await second.PostAsync($"/api/waitlist/{two}/accept/")).ErrorCode.ShouldBe("OFFER_EXPIRED");

        var accepted = await first.PostAsync($"/api/waitlist/{one}/accept/");

        (accepted.Status, accepted.Word("status"), accepted.Data.GetProperty("start").GetDateTimeOffset()).ShouldBe((200, "scheduled", offer.GetProperty("start").GetDateTimeOffset()));
        (await first.GetAsync($"/api/appointments/{accepted.Id}/")).Status.ShouldBe(200);
        (await doctor.GetAsync($"/api/patients/{first.PatientId}/")).Status.ShouldBe(200);
        (await first.GetAsync($"/api/waitlist/{one}/")).Data.GetProperty("appointment_id").GetGuid().ShouldBe(accepted.Id);
        (await first.PostAsync($"/api/waitlist/{one}/accept/")).ErrorCode.ShouldBe("OFFER_EXPIRED");
    }

    [Fact]
    public async Task An_offer_that_is_declined_or_runs_out_goes_to_the_next_in_line()
    {
        var (doctor, slots, booked) = await FullAsync(1);
        using var first = await app.PatientAsync();
        using var second = await app.PatientAsync();
        using var third = await app.PatientAsync();
        var (one, two, three) = (await JoinAsync(first, doctor), await JoinAsync(second, doctor), await JoinAsync(third, doctor));
        await booked[0].Patient.MoveAsync(booked[0].Id, "cancel");
        await OfferedAsync(first, one);

        (await first.PostAsync($"/api/waitlist/{one}/decline/")).Word("status").ShouldBe("waiting");
        await OfferedAsync(second, two);
        await RunOutAsync(two);
        (await second.PostAsync($"/api/waitlist/{two}/accept/")).ErrorCode.ShouldBe("OFFER_EXPIRED");
        await OfferedAsync(third, three);

        (await StatusAsync(first, one), await StatusAsync(second, two)).ShouldBe(("waiting", "waiting"));
        (await third.DeleteAsync($"/api/waitlist/{three}/")).Status.ShouldBe(204);
        await LookAsync();
        (await app.TimesAsync(doctor.DoctorId, app.Day())).ShouldBe([slots[0]]);
        (await OffersAsync(doctor)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_misses_offers_again_and_again_waits_no_longer()
    {
        var (doctor, _, booked) = await FullAsync(3);
        using var patient = await app.PatientAsync();
        var id = await JoinAsync(patient, doctor);
        foreach (var one in booked)
        {
            await one.Patient.MoveAsync(one.Id, "cancel");
            await OfferedAsync(patient, id);
            await RunOutAsync(id);
            await LookAsync();
        }

        (await StatusAsync(patient, id)).ShouldBe("expired");
        (await patient.DeleteAsync($"/api/waitlist/{id}/")).ErrorCode.ShouldBe("NOT_WAITING");
    }

    [Fact]
    public async Task No_more_times_are_offered_than_became_free_and_none_twice()
    {
        var (doctor, _, booked) = await FullAsync(3);
        var waiting = new List<(Person Patient, Guid Id)>();
        for (var i = 0; i < 5; i++)
        {
            var patient = await app.PatientAsync();
            waiting.Add((patient, await JoinAsync(patient, doctor)));
        }

        foreach (var one in booked.Take(2))
        {
            await one.Patient.MoveAsync(one.Id, "cancel");
        }

        await OfferedAsync(waiting[1].Patient, waiting[1].Id);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => LookAsync()));

        var offers = await OffersAsync(doctor);
        offers.Count.ShouldBe(2);
        offers.Distinct().Count().ShouldBe(2);
        (await StatusAsync(waiting[0].Patient, waiting[0].Id), await StatusAsync(waiting[2].Patient, waiting[2].Id)).ShouldBe(("offered", "waiting"));
        waiting.ForEach(w => w.Patient.Dispose());
    }

    [Fact]
    public async Task Urgency_is_a_head_start_and_whoever_waits_long_enough_comes_first()
    {
        WaitlistEntry.HeadStart(Urgency.Low).ShouldBe(TimeSpan.Zero);
        Enum.GetValues<Urgency>().Select(WaitlistEntry.HeadStart).ShouldBeInOrder();
        var (doctor, _, booked) = await FullAsync(2);
        using var early = await app.PatientAsync();
        using var urgent = await app.PatientAsync();
        using var longest = await app.PatientAsync();
        var (usual, high, old) = (await JoinAsync(early, doctor), await JoinAsync(urgent, doctor, "high"), await JoinAsync(longest, doctor, "low"));
        await app.SqlAsync("UPDATE scheduling.waitlist_entries SET ranked_at = ranked_at - interval '20 days' WHERE id = $1", old);

        await booked[0].Patient.MoveAsync(booked[0].Id, "cancel");
        await OfferedAsync(longest, old);
        await booked[1].Patient.MoveAsync(booked[1].Id, "cancel");
        await OfferedAsync(urgent, high);

        (await StatusAsync(early, usual)).ShouldBe("waiting");
    }

    [Fact]
    public async Task Only_times_that_are_waited_for_are_offered_and_only_to_who_is_free_then()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var other = await app.BookableDoctorAsync();
        using var afternoon = await app.PatientAsync();
        using var later = await app.PatientAsync();
        using var busy = await app.PatientAsync();
        var ids = new[]
        {
            await JoinAsync(afternoon, doctor, more: new { day_part = "afternoon" }),
            await JoinAsync(later, doctor, more: new { start_date = app.Day(31).Text(), end_date = app.Day(32).Text() }),
            await JoinAsync(busy, doctor),
        };
        await busy.BookedAsync((await other.OfferAsync(app.Day(), 1))[0]);

        var slots = await doctor.OfferAsync(app.Day(), 1);
        await LookAsync();
        (await app.TimesAsync(doctor.DoctorId, app.Day())).ShouldBe(slots);

        await doctor.OfferAsync(app.Day(), 1, "13:00:00");
        (await OfferedAsync(afternoon, ids[0])).GetProperty("start").GetDateTimeOffset().Hour.ShouldBe(13);
        await doctor.OfferAsync(app.Day(31), 1);
        await OfferedAsync(later, ids[1]);
        (await StatusAsync(busy, ids[2])).ShouldBe("waiting");
    }

    [Fact]
    public async Task A_time_that_is_free_already_is_offered_at_once_and_computed_ones_too()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync();
        await doctor.KeepHoursAsync(doctor.DoctorId, new { booking_policy = "approval" });
        var id = await JoinAsync(patient, doctor, "emergency");

        await OfferedAsync(patient, id);
        var accepted = await patient.PostAsync($"/api/waitlist/{id}/accept/");

        (accepted.Status, accepted.Word("status")).ShouldBe((200, "requested"));
        accepted.Json.GetProperty("message").GetString()!.ShouldContain("emergency number");
        (await doctor.PostAsync($"/api/appointment-requests/{accepted.Id}/accept/")).Word("status").ShouldBe("scheduled");
    }

    [Fact]
    public async Task An_emergency_never_waits_in_silence()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync();

        var joined = await patient.PostAsync("/api/waitlist/", Wish(doctor, "emergency"));
        var booked = await patient.PostAsync("/api/appointments/", new { time_slot_id = (await doctor.OfferAsync(app.Day(), 1))[0], urgency = "emergency" });

        joined.Json.GetProperty("message").GetString()!.ShouldContain("emergency number");
        joined.Word("emergency_advice").ShouldContain("emergency number");
        booked.Json.GetProperty("message").GetString()!.ShouldContain("emergency number");
    }

    [Fact]
    public async Task A_line_is_shown_to_those_who_run_the_calendar_and_to_nobody_else()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync();
        using var stranger = await app.PatientAsync();
        using var colleague = await app.BookableDoctorAsync();
        var id = await JoinAsync(patient, doctor);

        (await doctor.GetAsync("/api/waitlist/?status=waiting")).Total.ShouldBe(1);
        (await colleague.GetAsync("/api/waitlist/")).Total.ShouldBe(0);
        (await stranger.GetAsync("/api/waitlist/")).Total.ShouldBe(0);
        foreach (var path in (string[])["accept/", "decline/"])
        {
            (await stranger.PostAsync($"/api/waitlist/{id}/{path}")).Status.ShouldBe(404);
        }

        (await stranger.DeleteAsync($"/api/waitlist/{id}/")).Status.ShouldBe(404);
        (await patient.PostAsync("/api/waitlist/", Wish(doctor))).ErrorCode.ShouldBe("ALREADY_WAITING");
        (await patient.PostAsync("/api/waitlist/", Wish(doctor, more: new { end_date = app.Day(300).Text() }))).Status.ShouldBe(400);
        (await patient.PostAsync("/api/waitlist/", Wish(doctor, more: new { doctor_id = Guid.CreateVersion7() }))).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Of_64_who_accept_one_offer_at_once_one_gets_one_visit()
    {
        var (doctor, _, booked) = await FullAsync(1);
        using var patient = await app.PatientAsync();
        using var quick = await app.PatientAsync();
        var id = await JoinAsync(patient, doctor);
        await booked[0].Patient.MoveAsync(booked[0].Id, "cancel");
        var start = (await OfferedAsync(patient, id)).GetProperty("start").GetDateTimeOffset();

        var replies = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => i % 2 == 0
            ? patient.PostAsync($"/api/waitlist/{id}/accept/")
            : quick.PostAsync("/api/appointments/", new { doctor_id = doctor.DoctorId, start })));

        replies.Count(r => r.Status < 300).ShouldBe(1);
        (await app.SqlAsync("SELECT count(*) FROM scheduling.appointments WHERE doctor_id = $1 AND status IN ('held', 'scheduled', 'requested')", doctor.DoctorId)).ShouldBe(1L);
    }

    private async Task<(Person Doctor, string[] Slots, List<(Person Patient, Guid Id)> Booked)> FullAsync(int slots)
    {
        var doctor = await app.BookableDoctorAsync();
        var offered = await doctor.OfferAsync(app.Day(), slots);
        var booked = new List<(Person, Guid)>();
        foreach (var slot in offered)
        {
            var patient = await app.PatientAsync();
            booked.Add((patient, await patient.BookedAsync(slot)));
        }

        return (doctor, offered, booked);
    }

    private string Wish(Person doctor, string urgency = "medium", object? more = null)
    {
        var wish = JsonSerializer.SerializeToNode(new { doctor_id = doctor.DoctorId, start_date = app.Day().Text(), end_date = app.Day(33).Text(), urgency })!.AsObject();
        foreach (var (name, value) in JsonSerializer.SerializeToNode(more ?? new { })!.AsObject())
        {
            wish[name] = value?.DeepClone();
        }

        return wish.ToJsonString();
    }

    private async Task<Guid> JoinAsync(Person patient, Person doctor, string urgency = "medium", object? more = null)
    {
        var joined = await patient.PostAsync("/api/waitlist/", Wish(doctor, urgency, more));
        joined.Status.ShouldBe(201, joined.Text);
        return joined.Id;
    }

    /// <summary>What the two jobs do, which also run by themselves.</summary>
    private async Task LookAsync()
    {
        await app.RunJobAsync("scheduling.refresh-listings");
        await app.RunJobAsync("scheduling.offer-times");
    }

    private async Task<JsonElement> OfferedAsync(Person patient, Guid id)
    {
        await Eventually.HoldsAsync(async () =>
        {
            await LookAsync();
            return await StatusAsync(patient, id) == "offered";
        });
        return (await patient.GetAsync($"/api/waitlist/{id}/")).Data.GetProperty("offer");
    }

    private static async Task<string> StatusAsync(Person patient, Guid id) => (await patient.GetAsync($"/api/waitlist/{id}/")).Word("status");

    private async Task<List<DateTimeOffset>> OffersAsync(Person doctor)
    {
        await LookAsync();
        return [.. (await doctor.GetAsync("/api/waitlist/?status=offered")).Rows.Select(e => e.GetProperty("offer").GetProperty("start").GetDateTimeOffset())];
    }

    private async Task RunOutAsync(Guid id) => await app.SqlAsync("UPDATE scheduling.waitlist_entries SET offer_expires_at = $2 WHERE id = $1 AND status = 'offered'", id, app.Now);

    private static string Mail(Person person) => $"{person.UserName}@example.test";
}
