using Careline.Tests.Scheduling;
using Careline.Tests.Support;

namespace Careline.Tests.Payments.Payouts;

public sealed class PayoutTests(SharedApp app) : IClassFixture<SharedApp>
{
    private const long Share = 40_000;

    [Fact]
    public async Task Of_sixteen_who_pay_a_doctor_out_at_once_one_does()
    {
        using var visit = await PaidVisitAsync();
        using var admin = await app.AdminAsync();

        var replies = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => MakeAsync(admin, "doctor", visit.Doctor.DoctorId)));

        replies.Single(r => r.Status == 201).Data.GetProperty("amount_minor").GetInt64().ShouldBe(Share);
        replies.Where(r => r.Status != 201).ShouldAllBe(r => r.ErrorCode == "NOTHING_OWED");
        (await app.BalanceAsync($"doctor:{visit.Doctor.DoctorId}")).ShouldBe(0);
    }

    [Fact]
    public async Task It_is_transferred_or_called_off_once_and_what_was_called_off_is_owed_again()
    {
        using var visit = await PaidVisitAsync();
        using var admin = await app.AdminAsync();
        var first = $"/api/payments/payouts/{(await MakeAsync(admin, "doctor", visit.Doctor.DoctorId)).Id}/";

        (await admin.PostAsync($"{first}cancel/")).Word("status").ShouldBe("cancelled");
        (await admin.PostAsync($"{first}pay/", new { reference = "TRF 1" })).ErrorCode.ShouldBe("PAYOUT_CLOSED");
        var again = await MakeAsync(admin, "doctor", visit.Doctor.DoctorId);
        again.Data.GetProperty("amount_minor").GetInt64().ShouldBe(Share);
        var paid = await admin.PostAsync($"/api/payments/payouts/{again.Id}/pay/", new { reference = "TRF 2" });
        (paid.Word("status"), paid.Word("reference")).ShouldBe(("paid", "TRF 2"));
        (await admin.PostAsync($"/api/payments/payouts/{again.Id}/cancel/")).ErrorCode.ShouldBe("PAYOUT_CLOSED");
        (await visit.Doctor.GetAsync("/api/payments/payouts/")).Rows.Select(o => o.GetProperty("status").GetString()).ShouldBe(["paid", "cancelled"]);
    }

    [Fact]
    public async Task No_instant_pays_anything_twice_and_who_owes_us_is_paid_nothing()
    {
        using var visit = await PaidVisitAsync();
        using var admin = await app.AdminAsync();
        var doctor = visit.Doctor.DoctorId;

        (await MakeAsync(admin, "doctor", doctor, app.Now.AddDays(-1))).ErrorCode.ShouldBe("NOTHING_OWED");
        (await MakeAsync(admin, "doctor", doctor)).Status.ShouldBe(201);
        (await MakeAsync(admin, "doctor", doctor, app.Now.AddMilliseconds(-1))).ErrorCode.ShouldBe("NOTHING_OWED");
        var payment = (await visit.Patient.GetAsync("/api/payments/")).Rows.Single().GetProperty("id").GetGuid();
        (await admin.PostAsync($"/api/payments/{payment}/refund/")).Status.ShouldBe(201);
        var refused = await MakeAsync(admin, "doctor", doctor);
        (refused.ErrorCode, refused.ErrorDetails.GetProperty("balance").GetInt64()).ShouldBe(("NOTHING_OWED", -Share));
        (await MakeAsync(admin, "clinic", Guid.CreateVersion7())).ErrorCode.ShouldBe("NOTHING_OWED");
    }

    [Fact]
    public async Task A_statement_adds_up_over_all_its_pages_and_from_any_moment()
    {
        using var visit = await PaidVisitAsync();
        using var admin = await app.AdminAsync();
        var payment = (await visit.Patient.GetAsync("/api/payments/")).Rows.Single().GetProperty("id").GetGuid();
        (await admin.PostAsync($"/api/payments/{payment}/refund/", new { amount = 10_000 })).Status.ShouldBe(201);
        (await MakeAsync(admin, "doctor", visit.Doctor.DoctorId)).Data.GetProperty("amount_minor").GetInt64().ShouldBe(32_000);

        var whole = (await StatementAsync(visit.Doctor, visit.Doctor.DoctorId, "")).Data;
        whole.GetProperty("lines").EnumerateArray().Select(l => (l.GetProperty("kind").GetString(), l.GetProperty("amount_minor").GetInt64()))
            .ShouldBe([("payment", Share), ("refund", -8_000), ("payout", -32_000)]);
        whole.GetProperty("lines")[0].GetProperty("payment_number").GetString().ShouldStartWith("PAY-");
        (whole.GetProperty("opening_minor").GetInt64(), whole.GetProperty("closing_minor").GetInt64()).ShouldBe((0, 0));

        var since = Uri.EscapeDataString(whole.GetProperty("lines")[1].GetProperty("at").GetString()!);
        var rest = (await StatementAsync(admin, visit.Doctor.DoctorId, $"&from={since}&page_size=1&page=2")).Data;
        (rest.GetProperty("opening_minor").GetInt64(), rest.GetProperty("total").GetInt64()).ShouldBe((Share, 2));
        rest.GetProperty("lines").EnumerateArray().Single().GetProperty("amount_minor").GetInt64().ShouldBe(-32_000);
        var before = (await StatementAsync(admin, visit.Doctor.DoctorId, $"&to={since}")).Data;
        (before.GetProperty("total").GetInt64(), before.GetProperty("closing_minor").GetInt64()).ShouldBe((1, Share));
    }

    [Fact]
    public async Task Payees_and_who_runs_the_clinic_see_theirs_and_strangers_nothing()
    {
        var clinic = await app.ClinicAsync();
        using var visit = await PaidVisitAsync(clinic);
        using var admin = await app.AdminAsync();
        using var chief = await app.StaffAsync("receptionist");
        await app.JoinAsync(chief, clinic, "administrator");
        using var desk = await app.StaffAsync("receptionist", clinic);
        using var other = await app.DoctorAsync();
        var payout = (await MakeAsync(admin, "clinic", clinic)).Id;

        (await chief.GetAsync("/api/payments/payouts/")).Rows.Single().GetProperty("id").GetGuid().ShouldBe(payout);
        (await chief.GetAsync($"/api/payments/payouts/statement/?clinic={clinic}&currency=NGN")).Data.GetProperty("total").GetInt64().ShouldBe(2);
        foreach (var stranger in (Person[])[desk, other])
        {
            (await stranger.GetAsync($"/api/payments/payouts/{payout}/")).Status.ShouldBe(404);
            (await stranger.GetAsync("/api/payments/payouts/")).Total.ShouldBe(0);
            (await stranger.GetAsync($"/api/payments/payouts/statement/?clinic={clinic}&currency=NGN")).Status.ShouldBe(404);
            (await stranger.GetAsync($"/api/payments/payouts/statement/?doctor={visit.Doctor.DoctorId}&currency=NGN")).Status.ShouldBe(404);
            (await MakeAsync(stranger, "clinic", clinic)).Status.ShouldBe(403);
        }

        (await visit.Patient.GetAsync("/api/payments/payouts/")).Status.ShouldBe(403);
        (await chief.GetAsync("/api/payments/payouts/statement/?currency=NGN")).Status.ShouldBe(400);
    }

    private async Task<PaidVisit> PaidVisitAsync(Guid? clinic = null)
    {
        var visit = await app.VisitToPayAsync();
        if (clinic is { } at)
        {
            await app.SqlAsync("UPDATE scheduling.appointments SET clinic_id = $2 WHERE id = $1", visit.Id, at);
        }

        using var admin = await app.AdminAsync();
        var id = (await visit.Patient.StartAsync(visit.Id, new { method = "cash" })).Id;
        (await admin.PostAsync($"/api/payments/{id}/receive/", new { method = "cash" })).Status.ShouldBe(200);
        return visit;
    }

    private static Task<Reply> MakeAsync(Person by, string kind, Guid payee, DateTimeOffset? until = null) =>
        by.PostAsync("/api/payments/payouts/", new { payee_kind = kind, payee_id = payee, currency = "NGN", until });

    private static Task<Reply> StatementAsync(Person reader, Guid doctor, string more) =>
        reader.GetAsync($"/api/payments/payouts/statement/?doctor={doctor}&currency=NGN{more}");
}
