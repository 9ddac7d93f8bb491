using Careline.Tests.Scheduling;
using Careline.Tests.Support;

namespace Careline.Tests.Payments;

public sealed class CouponTests(SharedApp app) : IClassFixture<SharedApp>
{
    [Theory]
    [InlineData("percentage", "{\"percent\": 25}", 37_500)]
    [InlineData("percentage", "{\"percent\": 90, \"most_discount\": 10000, \"currency\": \"NGN\"}", 40_000)]
    [InlineData("fixed_amount", "{\"amount\": 15000, \"currency\": \"NGN\"}", 35_000)]
    [InlineData("fixed_amount", "{\"amount\": 99999, \"currency\": \"NGN\"}", 0)]
    [InlineData("free_consultation", "{}", 0)]
    public async Task A_coupon_takes_off_what_it_says_and_never_more_than_the_price(string kind, string more, long paid)
    {
        using var visit = await app.VisitToPayAsync();
        var code = await CodeAsync(kind, more);

        var offer = await visit.Patient.PostAsync("/api/payments/coupons/check/", new { code = code.ToLowerInvariant(), kind = "appointment", id = visit.Id });
        offer.Data.GetProperty("discount_amount").GetInt64().ShouldBe(Takings.Fee - paid);
        var payment = await visit.Patient.StartAsync(visit.Id, new { coupon = code, method = "cash" });
        (payment.Data.GetProperty("amount").GetInt64(), payment.Data.GetProperty("discount_amount").GetInt64()).ShouldBe((paid, Takings.Fee - paid));
        payment.Word("status").ShouldBe(paid == 0 ? "completed" : "pending");
        await app.DeliverEventsAsync();
        (await visit.Patient.GetAsync($"/api/appointments/{visit.Id}/")).Word("status").ShouldBe(paid == 0 ? "confirmed" : "scheduled");
    }

    [Theory]
    [InlineData("{\"percent\": 10, \"ends_at\": \"2026-01-01T00:00:00Z\", \"starts_at\": \"2025-01-01T00:00:00Z\"}", "expired")]
    [InlineData("{\"percent\": 10, \"starts_at\": \"2090-01-01T00:00:00Z\"}", "not_yet")]
    [InlineData("{\"percent\": 10, \"is_active\": false}", "withdrawn")]
    [InlineData("{\"percent\": 10, \"least_amount\": 60000, \"currency\": \"NGN\"}", "too_little")]
    [InlineData("{\"percent\": 10, \"least_amount\": 10, \"currency\": \"USD\"}", "currency")]
    [InlineData("{\"percent\": 10, \"doctor_ids\": [\"01900000-0000-7000-8000-000000000001\"]}", "doctor")]
    public async Task A_coupon_that_does_not_count_here_and_now_says_why(string more, string reason)
    {
        using var visit = await app.VisitToPayAsync();

        var refused = await visit.Patient.StartAsync(visit.Id, new { coupon = await CodeAsync("percentage", more) });

        (refused.ErrorCode, refused.ErrorDetails.GetProperty("reason").GetString()).ShouldBe(("COUPON_NOT_VALID", reason));
        (await visit.Patient.GetAsync("/api/payments/")).Total.ShouldBe(0);
    }

    [Fact]
    public async Task A_first_visits_coupon_is_for_a_first_visit_and_a_clinics_for_that_clinic()
    {
        using var visit = await app.VisitToPayAsync();
        var clinic = await app.ClinicAsync();
        var first = await CodeAsync("percentage", "{\"percent\": 10, \"first_visit_only\": true}");
        var elsewhere = await CodeAsync("percentage", $"{{\"percent\": 10, \"clinic_id\": \"{clinic}\"}}");

        (await visit.Patient.StartAsync(visit.Id, new { coupon = elsewhere })).ErrorDetails.GetProperty("reason").GetString().ShouldBe("clinic");
        var payment = await visit.Patient.StartAsync(visit.Id, new { coupon = first, method = "cash" });
        payment.Status.ShouldBe(201, payment.Text);
        await app.SqlAsync("UPDATE scheduling.appointments SET status = 'completed' WHERE id = $1", visit.Id);
        var again = await visit.Patient.BookedAsync((await visit.Doctor.OfferAsync(app.Day(31), 1))[0]);
        (await visit.Patient.StartAsync(again, new { coupon = first })).ErrorDetails.GetProperty("reason").GetString().ShouldBe("not_first_visit");
    }

    [Fact]
    public async Task Who_cancels_a_payment_may_use_its_coupon_again_and_nobody_more_often_than_it_says()
    {
        using var visit = await app.VisitToPayAsync();
        var code = await CodeAsync("percentage", "{\"percent\": 10, \"most_uses_each\": 1}");
        var first = (await visit.Patient.StartAsync(visit.Id, new { coupon = code, method = "cash" })).Id;
        (await visit.Patient.PostAsync($"/api/payments/{first}/cancel/")).Word("status").ShouldBe("cancelled");

        (await visit.Patient.StartAsync(visit.Id, new { coupon = code, method = "cash" })).Status.ShouldBe(201);
        var next = await visit.Patient.BookedAsync((await visit.Doctor.OfferAsync(app.Day(31), 1))[0]);
        (await visit.Patient.StartAsync(next, new { coupon = code })).ErrorDetails.GetProperty("reason").GetString().ShouldBe("used_before");
    }

    [Fact]
    public async Task Of_sixty_four_who_bring_the_last_ten_uses_at_once_ten_have_them()
    {
        const int Uses = 10;
        var code = await CodeAsync("percentage", $"{{\"percent\": 10, \"most_uses\": {Uses}}}");
        using var doctor = await app.PaidDoctorAsync();
        using var patient = await app.PatientAsync();
        var visits = new List<Guid>();
        for (var day = 30; day < 34; day++)
        {
            foreach (var slot in await doctor.OfferAsync(app.Day(day), 16))
            {
                visits.Add(await patient.BookedAsync(slot));
            }
        }

        var replies = await Task.WhenAll(visits.Select(v => patient.StartAsync(v, new { coupon = code, method = "cash" })));

        replies.Count(r => r.Status == 201).ShouldBe(Uses);
        replies.Where(r => r.Status != 201).ShouldAllBe(r => r.ErrorCode == "COUPON_NOT_VALID");
        (await app.SqlAsync("SELECT uses FROM payments.coupons WHERE code = $1", code)).ShouldBe(Uses);
    }

    [Fact]
    public async Task Who_runs_a_clinic_keeps_its_coupons_and_nobody_elses()
    {
        var clinic = await app.ClinicAsync();
        using var own = await app.StaffAsync("receptionist");
        using var other = await app.StaffAsync("receptionist", await app.ClinicAsync());
        await app.JoinAsync(own, clinic, "administrator");
        var made = await own.PostAsync("/api/payments/coupons/", new { code = $"OWN-{Guid.CreateVersion7():N}"[..20], kind = "percentage", percent = 5, clinic_id = clinic });
        made.Status.ShouldBe(201, made.Text);

        (await own.PostAsync("/api/payments/coupons/", new { code = "EVERYWHERE", kind = "percentage", percent = 5 })).Status.ShouldBe(403);
        (await other.GetAsync($"/api/payments/coupons/{made.Id}/")).Status.ShouldBe(404);
        (await other.GetAsync("/api/payments/coupons/")).Total.ShouldBe(0);
        (await own.DeleteAsync($"/api/payments/coupons/{made.Id}/")).Status.ShouldBe(204);
        (await own.GetAsync($"/api/payments/coupons/{made.Id}/")).Data.GetProperty("is_active").GetBoolean().ShouldBeFalse();
    }

    private async Task<string> CodeAsync(string kind, string more)
    {
        using var admin = await app.AdminAsync();
        var code = $"C{Guid.CreateVersion7():N}"[..24].ToUpperInvariant();
        var body = System.Text.Json.Nodes.JsonNode.Parse(more)!.AsObject();
        (body["code"], body["kind"]) = (code, kind);
        var made = await admin.PostAsync("/api/payments/coupons/", body.ToJsonString());
        made.Status.ShouldBe(201, made.Text);
        return code;
    }
}
