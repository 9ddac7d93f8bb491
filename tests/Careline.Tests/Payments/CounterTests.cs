using Careline.Tests.Scheduling;
using Careline.Tests.Support;

namespace Careline.Tests.Payments;

/// <summary>What is paid at the practice.</summary>
public sealed class CounterTests(SharedApp app) : IClassFixture<SharedApp>
{
    [Fact]
    public async Task Cash_is_taken_by_a_cashier_once_and_the_visit_is_confirmed_with_a_receipt()
    {
        using var doctor = await app.PaidDoctorAsync();
        using var patient = await app.PatientAsync();
        var clinic = await app.ClinicAsync();
        await app.JoinAsync(doctor, clinic, "doctor");
        using var desk = await app.StaffAsync("receptionist", clinic);
        var visit = await patient.BookedAsync((await doctor.OfferAsync(app.Day(), 1))[0]);
        await app.SqlAsync("UPDATE scheduling.appointments SET clinic_id = $2 WHERE id = $1", visit, clinic);
        var started = await patient.StartAsync(visit, new { method = "cash" });
        var path = $"/api/payments/{started.Id}/receive/";

        started.Text.ShouldNotContain("checkout_url");
        (await desk.GetAsync("/api/appointments/?is_unpaid=true")).Rows.Single().GetProperty("id").GetGuid().ShouldBe(visit);
        (await patient.GetAsync("/api/appointments/?is_unpaid=false")).Total.ShouldBe(0);
        (await patient.PostAsync(path, new { method = "cash" })).Status.ShouldBe(403);
        (await desk.PostAsync(path, new { method = "card" })).Status.ShouldBe(400);
        (await desk.PostAsync(path, new { method = "other", note = "terminal 4242 4242 4242 4242" })).Status.ShouldBe(400);
        (await desk.PostAsync(path, new { method = "cash", note = "Drawer 2" })).Word("status").ShouldBe("completed");
        (await desk.PostAsync(path, new { method = "cash" })).ErrorCode.ShouldBe("PAYMENT_CLOSED");

        await app.DeliverEventsAsync();
        var seen = await patient.GetAsync($"/api/appointments/{visit}/");
        (seen.Word("status"), seen.Word("payment_status")).ShouldBe(("confirmed", "paid"));
        (await desk.GetAsync("/api/appointments/?is_unpaid=true")).Total.ShouldBe(0);
        (await patient.GetAsync("/api/appointments/?is_unpaid=false")).Total.ShouldBe(1);
        (await app.BalanceAsync($"till:{clinic}")).ShouldBe(50_000);
        (await app.BalanceAsync($"doctor:{doctor.DoctorId}")).ShouldBe(-40_000);
        (await app.BalanceAsync($"clinic:{clinic}")).ShouldBe(-5_000);
        var receipt = (await patient.GetAsync("/api/payments/invoices/")).Rows.Single();
        var paper = await patient.GetAsync($"/api/payments/invoices/{receipt.GetProperty("id").GetGuid()}/");
        paper.Data.GetProperty("content").GetProperty("total").GetInt64().ShouldBe(50_000);
        paper.Data.GetProperty("content").GetProperty("issuer").GetString().ShouldBe("Harbour Clinic");
        (await patient.StartAsync(visit)).ErrorCode.ShouldBe("ALREADY_PAID");
        using var pdf = await patient.Client.GetAsync($"/api/payments/invoices/{receipt.GetProperty("id").GetGuid()}/document.pdf/?size=thermal&language=fr", TestContext.Current.CancellationToken);
        (await pdf.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).AsSpan(0, 5).SequenceEqual("%PDF-"u8).ShouldBeTrue();
    }

    [Fact]
    public async Task Money_over_the_counter_goes_back_over_the_counter_to_the_last_cent()
    {
        using var visit = await app.VisitToPayAsync(fee: 33_333);
        using var admin = await app.AdminAsync();
        var id = (await visit.Patient.StartAsync(visit.Id, new { method = "bank_transfer" })).Id;
        (await admin.PostAsync($"/api/payments/{id}/receive/", new { method = "bank_transfer", note = "TRF 77" })).Status.ShouldBe(200);

        (await admin.PostAsync($"/api/payments/{id}/refund/", new { amount = 10_000, reason = "patient_request" })).Word("status").ShouldBe("completed");
        (await visit.Patient.GetAsync($"/api/payments/{id}/")).Word("status").ShouldBe("partially_refunded");
        (await admin.PostAsync($"/api/payments/{id}/refund/", new { amount = 23_334 })).ErrorCode.ShouldBe("REFUND_TOO_MUCH");
        (await admin.PostAsync($"/api/payments/{id}/refund/")).Data.GetProperty("amount").GetInt64().ShouldBe(23_333);
        var payment = await visit.Patient.GetAsync($"/api/payments/{id}/");
        (payment.Word("status"), payment.Data.GetProperty("refunded_amount").GetInt64()).ShouldBe(("refunded", 33_333));

        (await app.BalanceAsync($"doctor:{visit.Doctor.DoctorId}")).ShouldBe(0);
        (await visit.Patient.GetAsync("/api/payments/invoices/?kind=credit_note")).Total.ShouldBe(2);
        (await visit.Patient.PostAsync($"/api/payments/{id}/refund/")).Status.ShouldBe(403);
        (await visit.Patient.GetAsync($"/api/payments/transactions/?payment={id}")).Rows.Select(r => r.GetProperty("kind").GetString()).ShouldBe(["refund", "refund", "payment"]);
    }

    [Fact]
    public async Task Strangers_see_nothing_and_who_keeps_no_till_takes_nothing()
    {
        using var visit = await app.VisitToPayAsync();
        using var stranger = await app.PatientAsync();
        using var other = await app.StaffAsync("receptionist", await app.ClinicAsync());
        var id = (await visit.Patient.StartAsync(visit.Id, new { method = "cash" })).Id;

        (await stranger.GetAsync($"/api/payments/{id}/")).Status.ShouldBe(404);
        (await other.PostAsync($"/api/payments/{id}/receive/", new { method = "cash" })).Status.ShouldBe(404);
        (await visit.Doctor.GetAsync($"/api/payments/{id}/")).Status.ShouldBe(200);
        (await visit.Doctor.PostAsync($"/api/payments/{id}/receive/", new { method = "cash" })).Status.ShouldBe(403);
        (await stranger.StartAsync(visit.Id)).Status.ShouldBe(404);
        (await visit.Doctor.StartAsync(visit.Id)).Status.ShouldBe(404);
        (await visit.Patient.PostAsync("/api/payments/", new { kind = "appointment", id = visit.Id, card_number = "4242424242424242" })).Status.ShouldBe(400);
    }

    [Fact]
    public async Task A_cashier_who_is_the_payer_lets_a_colleague_take_the_money()
    {
        using var visit = await app.VisitToPayAsync();
        var clinic = await app.ClinicAsync();
        await app.SqlAsync("UPDATE scheduling.appointments SET clinic_id = $2 WHERE id = $1", visit.Id, clinic);
        await app.SqlAsync("UPDATE accounts.accounts SET roles = array_append(roles, 'receptionist') WHERE id = $1", visit.Patient.UserId);
        await app.JoinAsync(visit.Patient, clinic, "receptionist");
        using var cashier = await app.SignInAsync(visit.Patient.UserName);
        using var colleague = await app.StaffAsync("receptionist", clinic);
        var id = (await visit.Patient.StartAsync(visit.Id, new { method = "cash" })).Id;

        (await cashier.PostAsync($"/api/payments/{id}/receive/", new { method = "cash" })).ErrorCode.ShouldBe("PERMISSION_DENIED");
        (await colleague.PostAsync($"/api/payments/{id}/receive/", new { method = "cash" })).Word("status").ShouldBe("completed");
    }

    [Fact]
    public async Task What_the_database_is_made_to_say_otherwise_it_refuses()
    {
        using var visit = await app.VisitToPayAsync();
        using var admin = await app.AdminAsync();
        var id = (await visit.Patient.StartAsync(visit.Id, new { method = "cash" })).Id;
        (await admin.PostAsync($"/api/payments/{id}/receive/", new { method = "cash" })).Status.ShouldBe(200);

        await Should.ThrowAsync<Npgsql.PostgresException>(() => app.SqlAsync("UPDATE payments.entries SET debit = debit + 1 WHERE debit > 0"));
        await Should.ThrowAsync<Npgsql.PostgresException>(() => app.SqlAsync("DELETE FROM payments.postings WHERE payment_id = $1", id));
        var lopsided = await Should.ThrowAsync<Npgsql.PostgresException>(() => app.SqlAsync(
            """
            WITH p AS (INSERT INTO payments.postings (id, key, kind, payment_id, currency, amount, at) VALUES ($1, 'forged', 'payment', $2, 'NGN', 100, $3) RETURNING id)
            INSERT INTO payments.entries (id, posting_id, account, currency, debit, credit) SELECT $1, id, 'platform', 'NGN', 0, 100 FROM p
            """,
            Guid.CreateVersion7(), id, app.Now));
        lopsided.ConstraintName.ShouldBe("postings_balance");
    }
}
