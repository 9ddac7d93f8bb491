using System.Text.Json;
using Careline.Tests.Clinics;
using Careline.Tests.Payments;
using Careline.Tests.Support;

namespace Careline.Tests.Scheduling;

/// <summary>Visits that are services of a clinic, and the clinic's calendar.</summary>
public sealed class ServiceVisitTests(SharedApp app) : IClassFixture<SharedApp>
{
    [Fact]
    public async Task A_service_gives_the_visit_its_length_its_price_and_its_name()
    {
        var (doctor, clinic, boss) = await WorkingAsync();
        using var patient = await app.PatientAsync();
        var service = await boss.SoldAsync(clinic, new { name = "Dressing", price = new { amount = 2_500, currency = "NGN" }, duration_minutes = 20 });
        var slots = await SlotsAsync(doctor, clinic, 1);

        var booked = await patient.PostAsync("/api/appointments/", new { time_slot_id = slots[0], service_id = service });

        booked.Status.ShouldBe(201, booked.Text);
        (booked.Data.GetProperty("duration_minutes").GetInt32(), booked.Word("modality")).ShouldBe((20, "in_person"));
        booked.Data.GetProperty("fee").GetProperty("amount").GetInt64().ShouldBe(2_500);
        foreach (var shown in new[] { booked.Data, (await patient.GetAsync("/api/appointments/")).Rows.Single(), (await doctor.GetAsync($"/api/appointments/{booked.Id}/")).Data })
        {
            (shown.GetProperty("service").GetProperty("id").GetGuid(), shown.GetProperty("service").GetProperty("name").GetString()).ShouldBe((service, "Dressing"));
        }

        (await patient.PatchAsync($"/api/appointments/{booked.Id}/", new { modality = "video" })).ErrorCode.ShouldBe("MODALITY_NOT_OFFERED");

        // What is booked keeps its price, and is paid at it.
        (await boss.PatchAsync($"{Running.Path}{clinic}/services/{service}/", new { price = new { amount = 9_999 } })).Status.ShouldBe(200);
        (await boss.DeleteAsync($"{Running.Path}{clinic}/services/{service}/")).Status.ShouldBe(204);
        var payment = await patient.StartAsync(booked.Id, new { method = "cash" });
        payment.Status.ShouldBe(201, payment.Text);
        payment.Text.ShouldContain("2500");
        (await patient.GetAsync($"/api/appointments/{booked.Id}/")).Data.GetProperty("service").GetProperty("name").GetString().ShouldBe("Dressing");
    }

    [Fact]
    public async Task A_longer_service_goes_on_through_the_times_that_follow_and_takes_them()
    {
        var (doctor, clinic, boss) = await WorkingAsync();
        using var patient = await app.PatientAsync();
        using var other = await app.PatientAsync();
        var service = await boss.SoldAsync(clinic, new { name = "Long", price = new { amount = 1, currency = "NGN" }, duration_minutes = 75 });
        var slots = await SlotsAsync(doctor, clinic, 4);

        (await patient.PostAsync("/api/appointments/", new { time_slot_id = slots[2], service_id = service })).ErrorCode.ShouldBe("OUTSIDE_AVAILABILITY");
        var booked = await patient.PostAsync("/api/appointments/", new { time_slot_id = slots[0], service_id = service });

        booked.Status.ShouldBe(201, booked.Text);
        booked.Data.GetProperty("duration_minutes").GetInt32().ShouldBe(75);
        (await app.TimesAsync(doctor.DoctorId, app.Day())).ShouldBe([slots[3]]);
        (await other.BookAsync(slots[2])).ErrorCode.ShouldBe("SLOT_TAKEN");
        (await patient.MoveAsync(booked.Id, "reschedule", new { time_slot_id = slots[3] })).ErrorCode.ShouldBe("OUTSIDE_AVAILABILITY");
        var moved = await patient.MoveAsync(booked.Id, "reschedule", new { time_slot_id = slots[1] });
        (moved.Status, moved.Data.GetProperty("duration_minutes").GetInt32()).ShouldBe((200, 75));
    }

    [Fact]
    public async Task It_goes_on_through_working_hours_too_and_never_past_them()
    {
        var (doctor, clinic, boss) = await WorkingAsync();
        using var patient = await app.PatientAsync();
        var rules = Enum.GetNames<DayOfWeek>().Select(d => new { weekday = d.ToLowerInvariant(), start_time = "09:00", end_time = "11:00", clinic_id = clinic });
        await doctor.KeepHoursAsync(doctor.DoctorId, new { rules, buffer_after_minutes = 10 });
        var service = await boss.SoldAsync(clinic, new { name = "Hour", price = new { amount = 1, currency = "NGN" }, duration_minutes = 60 });
        var times = await app.TimesAsync(doctor.DoctorId, app.Day());

        times.Length.ShouldBe(3);
        (await patient.PostAsync("/api/appointments/", new { time_slot_id = times[2], service_id = service })).ErrorCode.ShouldBe("OUTSIDE_AVAILABILITY");
        (await patient.PostAsync("/api/appointments/", new { time_slot_id = times[0], service_id = service })).Status.ShouldBe(201);
        (await app.TimesAsync(doctor.DoctorId, app.Day())).ShouldBe([times[2]]);
    }

    [Fact]
    public async Task Of_a_long_service_and_a_visit_within_it_at_once_one_is_booked()
    {
        var (doctor, clinic, boss) = await WorkingAsync();
        var service = await boss.SoldAsync(clinic, new { name = "Long", price = new { amount = 1, currency = "NGN" }, duration_minutes = 120 });
        var slots = await SlotsAsync(doctor, clinic, 4);
        var patients = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => app.PatientAsync()));

        var replies = await Task.WhenAll(patients.Select((p, i) => i % 2 == 0
            ? p.PostAsync("/api/appointments/", new { time_slot_id = slots[0], service_id = service })
            : p.BookAsync(slots[3])));

        replies.Count(r => r.Status == 201).ShouldBe(1);
        replies.Where(r => r.Status != 201).ShouldAllBe(r => r.Status == 409);
    }

    [Fact]
    public async Task A_service_is_booked_where_it_is_sold_as_it_is_given_while_it_is_offered()
    {
        var (doctor, clinic, boss) = await WorkingAsync();
        var (_, elsewhere, otherBoss) = await WorkingAsync();
        using var patient = await app.PatientAsync();
        var price = new { amount = 1, currency = "NGN" };
        var theirs = await otherBoss.SoldAsync(elsewhere, new { name = "Theirs", price });
        var resting = await boss.SoldAsync(clinic, new { name = "Resting", price, is_active = false });
        var seen = await boss.SoldAsync(clinic, new { name = "Seen", price });
        var slots = await SlotsAsync(doctor, clinic, 2);
        var anywhere = (await doctor.OfferAsync(app.Day(), 1, "15:00:00"))[0];

        async Task<Reply> TryAsync(string slot, Guid service, object? more = null)
        {
            var body = JsonSerializer.SerializeToNode(more ?? new { })!.AsObject();
            (body["time_slot_id"], body["service_id"]) = (slot, service);
            return await patient.PostAsync("/api/appointments/", body.ToJsonString());
        }

        (await TryAsync(slots[0], theirs)).ErrorCode.ShouldBe("SERVICE_ELSEWHERE");
        (await TryAsync(anywhere, theirs)).ErrorCode.ShouldBe("SERVICE_ELSEWHERE");
        (await TryAsync(slots[0], resting)).Status.ShouldBe(400);
        (await TryAsync(slots[0], Guid.CreateVersion7())).Status.ShouldBe(400);
        (await TryAsync(slots[0], seen, new { modality = "video" })).ErrorCode.ShouldBe("MODALITY_NOT_OFFERED");
        (await patient.PostAsync("/api/appointments/", new { hold_id = Guid.CreateVersion7(), service_id = seen })).Status.ShouldBe(400);
        var there = await TryAsync(anywhere, seen);
        there.Data.GetProperty("clinic").GetProperty("id").GetGuid().ShouldBe(clinic);
        (await boss.PatchAsync($"{Running.Path}{clinic}/", new { status = "inactive" })).Status.ShouldBe(200);
        (await TryAsync(slots[1], seen)).Status.ShouldBe(400);
    }

    [Fact]
    public async Task The_clinics_staff_see_its_calendar_and_the_desk_nothing_clinical()
    {
        var (doctor, clinic, boss) = await WorkingAsync();
        var (_, _, otherBoss) = await WorkingAsync();
        using var desk = await app.StaffAsync("receptionist", clinic);
        using var nurse = await app.StaffAsync("nurse", clinic);
        using var colleague = await app.BookableDoctorAsync();
        await app.JoinAsync(colleague, clinic, "doctor");
        using var patient = await app.PatientAsync();
        var slots = await SlotsAsync(doctor, clinic, 2);
        var (later, first) = (await patient.BookedAsync(slots[1]), await patient.BookedAsync(slots[0]));
        await patient.BookedAsync((await doctor.OfferAsync(app.Day(), 1, "18:00:00"))[0]);
        var path = $"{Running.Path}{clinic}/appointments/";

        var seen = await desk.GetAsync(path);

        seen.Rows.Select(r => r.GetProperty("id").GetGuid()).ShouldBe([first, later]);
        seen.Rows.First().GetProperty("reason").GetString().ShouldBe("Cough");
        seen.Text.ShouldNotContain("Dry cough at night");
        seen.Text.ShouldNotContain("Allergic to dust");
        (await boss.GetAsync(path)).Text.ShouldNotContain("Dry cough at night");
        (await nurse.GetAsync(path + $"?date={app.Day().Text()}&status=scheduled")).Total.ShouldBe(2);
        (await doctor.GetAsync(path)).Total.ShouldBe(2);
        (await colleague.GetAsync(path)).Total.ShouldBe(0);
        foreach (var person in new[] { otherBoss, patient })
        {
            (await person.GetAsync(path)).Status.ShouldBe(404);
        }
    }

    private async Task<(Person Doctor, Guid Clinic, Person Boss)> WorkingAsync()
    {
        var doctor = await app.BookableDoctorAsync();
        var clinic = await app.OpenedClinicAsync();
        await app.JoinAsync(doctor, clinic, "doctor");
        return (doctor, clinic, await app.BossAsync(clinic));
    }

    private async Task<string[]> SlotsAsync(Person doctor, Guid clinic, int count)
    {
        var slots = new List<string>();
        for (var i = 0; i < count; i++)
        {
            var start = new TimeOnly(9, 0).AddMinutes(30 * i);
            slots.Add((await doctor.PostAsync("/api/time-slots/", new { date = app.Day().Text(), start_time = start, end_time = start.AddMinutes(30), clinic_id = clinic })).Word("id"));
        }

        return [.. slots];
    }
}
