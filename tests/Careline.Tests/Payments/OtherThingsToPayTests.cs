using Careline.Tests.Prescriptions;
using Careline.Tests.Scheduling;
using Careline.Tests.Support;

namespace Careline.Tests.Payments;

/// <summary>What is paid for beside a visit's fee.</summary>
public sealed class OtherThingsToPayTests(SharedApp app) : IClassFixture<SharedApp>
{
    [Fact]
    public async Task What_was_done_beyond_the_fee_is_paid_and_given_back_when_it_is_let_go()
    {
        using var visit = await app.VisitToPayAsync();
        using var admin = await app.AdminAsync();
        var consultation = (await visit.Doctor.PostAsync("/api/consultations/", new { appointment_id = visit.Id })).Id;
        var charge = await visit.Doctor.PostAsync($"/api/consultations/{consultation}/charges/", new { description = "Dressing", amount = 7_000, currency = "NGN" });
        charge.Status.ShouldBe(201, charge.Text);
        (await visit.Patient.PostAsync($"/api/consultations/{consultation}/charges/", new { description = "Free", amount = 1, currency = "NGN" })).Status.ShouldBe(403);

        var payment = await visit.Patient.StartAsync(charge.Id, new { kind = "consultation", method = "cash" });
        (await admin.PostAsync($"/api/payments/{payment.Id}/receive/", new { method = "cash" })).Status.ShouldBe(200);
        (payment.Word("description"), payment.Data.GetProperty("amount").GetInt64()).ShouldBe(("Dressing", 7_000));
        (await visit.Doctor.DeleteAsync($"/api/consultations/{consultation}/charges/{charge.Id}/")).Status.ShouldBe(204);

        (await visit.Patient.GetAsync($"/api/payments/{payment.Id}/")).Word("status").ShouldBe("refunded");
        (await visit.Patient.StartAsync(charge.Id, new { kind = "consultation" })).ErrorCode.ShouldBe("NOT_PAYABLE");
        (await visit.Patient.GetAsync($"/api/consultations/{consultation}/charges/")).Rows.Single().GetProperty("waived_at").ValueKind.ShouldNotBe(System.Text.Json.JsonValueKind.Null);
    }

    [Fact]
    public async Task A_laboratory_order_costs_what_its_tests_cost_and_goes_back_when_it_is_called_off()
    {
        using var visit = await app.VisitToPayAsync();
        using var stranger = await app.PatientAsync();
        using var admin = await app.AdminAsync();
        var consultation = (await visit.Doctor.PostAsync("/api/consultations/", new { appointment_id = visit.Id })).Id;
        (await visit.Doctor.PostAsync($"/api/consultations/{consultation}/start/")).Status.ShouldBe(200);
        var order = (await visit.Doctor.PostAsync($"/api/consultations/{consultation}/lab-orders/", new { tests = new[] { "K", "NA" } })).Id;
        await app.SqlAsync("UPDATE labs.order_lines SET price_amount = 1500, price_currency = 'NGN' WHERE order_id = $1", order);

        (await stranger.StartAsync(order, new { kind = "lab_order" })).Status.ShouldBe(404);
        var payment = await visit.Patient.StartAsync(order, new { kind = "lab_order", method = "cash" });
        payment.Data.GetProperty("amount").GetInt64().ShouldBe(3_000);
        (await admin.PostAsync($"/api/payments/{payment.Id}/receive/", new { method = "cash" })).Status.ShouldBe(200);
        (await visit.Doctor.PostAsync($"/api/labs/orders/{order}/cancel/", new { reason = "Twice" })).Status.ShouldBe(200);
        (await visit.Patient.GetAsync($"/api/payments/{payment.Id}/")).Word("status").ShouldBe("refunded");
    }

    [Fact]
    public async Task A_prescription_costs_what_its_pharmacy_says()
    {
        var (clinic, pharmacist) = await app.PharmacyAsync();
        using var visit = await app.VisitToPayAsync();
        object[] lines = [new { medication_name = "Folic acid", dosage = "1-0-0-0", frequency = "daily", quantity = 30 }];
        var sheet = (await visit.Doctor.PostAsync("/api/prescriptions/", new { patient_id = visit.Patient.PatientId, lines })).Id;
        (await visit.Doctor.PostAsync($"/api/prescriptions/{sheet}/sign/")).Status.ShouldBe(200);
        (await visit.Patient.PostAsync($"/api/prescriptions/{sheet}/send/", new { clinic_id = clinic })).Status.ShouldBe(200);

        (await visit.Patient.StartAsync(sheet, new { kind = "prescription" })).ErrorCode.ShouldBe("NOT_PAYABLE");
        (await visit.Patient.GetAsync($"/api/prescriptions/{sheet}/quote/")).Status.ShouldBe(404);
        (await pharmacist.PutAsync($"/api/prescriptions/{sheet}/quote/", new { amount = 4_200, currency = "NGN" })).Status.ShouldBe(200);
        var payment = await visit.Patient.StartAsync(sheet, new { kind = "prescription", method = "cash" });

        payment.Data.GetProperty("amount").GetInt64().ShouldBe(4_200);
        (await pharmacist.PostAsync($"/api/payments/{payment.Id}/receive/", new { method = "cash" })).Word("status").ShouldBe("completed");
        (await app.BalanceAsync($"clinic:{clinic}")).ShouldBe(-3_780);
    }

    [Fact]
    public async Task Figures_are_of_what_the_reader_may_see()
    {
        using var visit = await app.VisitToPayAsync(currency: "GHS");
        using var admin = await app.AdminAsync();
        var id = (await visit.Patient.StartAsync(visit.Id, new { method = "cash" })).Id;
        (await admin.PostAsync($"/api/payments/{id}/receive/", new { method = "cash" })).Status.ShouldBe(200);
        (await admin.PostAsync($"/api/payments/{id}/refund/", new { amount = 500 })).Status.ShouldBe(201);

        var figures = (await visit.Doctor.GetAsync("/api/payments/analytics/")).Data;
        using var other = await app.PaidDoctorAsync();

        figures.GetProperty("paid").GetInt32().ShouldBe(1);
        var taken = figures.GetProperty("by_currency")[0];
        (taken.GetProperty("currency").GetString(), taken.GetProperty("captured").GetInt64(), taken.GetProperty("refunded").GetInt64()).ShouldBe(("GHS", Takings.Fee, 500));
        figures.GetProperty("by_method")[0].GetProperty("name").GetString().ShouldBe("cash");
        (await other.GetAsync("/api/payments/analytics/")).Data.GetProperty("begun").GetInt32().ShouldBe(0);
        (await visit.Patient.GetAsync("/api/payments/analytics/")).Status.ShouldBe(403);
    }
}
