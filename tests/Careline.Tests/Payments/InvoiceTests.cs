using Careline.Tests.Scheduling;
using Careline.Tests.Support;

namespace Careline.Tests.Payments;

public sealed class InvoiceTests(SharedApp app) : IClassFixture<SharedApp>
{
    [Fact]
    public async Task Numbers_have_no_gap_however_many_are_issued_at_once_and_taxes_stand_on_them()
    {
        var clinic = await app.ClinicAsync();
        using var admin = await app.AdminAsync();
        using var doctor = await app.PaidDoctorAsync();
        using var patient = await app.PatientAsync();
        var terms = await admin.PutAsync(
            $"/api/eclinic/clinics/{clinic}/payment-terms/", new { tax_percent = 7.5, doctor_percent = 60, gateways = new[] { "paystack" }, invoice_prefix = "HARB", tax_number = "TIN-1" });
        terms.Status.ShouldBe(200, terms.Text);
        var payments = new List<Guid>();
        foreach (var slot in await doctor.OfferAsync(app.Day(), 12))
        {
            var visit = await patient.BookedAsync(slot);
            await app.SqlAsync("UPDATE scheduling.appointments SET clinic_id = $2 WHERE id = $1", visit, clinic);
            payments.Add((await patient.StartAsync(visit, new { method = "cash" })).Id);
        }

        // Every third is refused, and takes no number with it.
        await Task.WhenAll(payments.Select((p, i) => admin.PostAsync($"/api/payments/{p}/receive/", new { method = i % 3 == 2 ? "card" : "cash" })));

        var papers = (await patient.GetAsync("/api/payments/invoices/?page_size=100")).Rows.Select(r => r.GetProperty("number").GetString()!).Order().ToList();
        papers.ShouldBe(Enumerable.Range(1, 8).Select(i => $"HARB-RC-{app.Now.Year}-{i:000000}"));
        var paper = await patient.GetAsync($"/api/payments/invoices/{(await patient.GetAsync("/api/payments/invoices/")).Rows.First().GetProperty("id").GetGuid()}/");
        var content = paper.Data.GetProperty("content");
        (content.GetProperty("tax").GetInt64(), content.GetProperty("total").GetInt64(), content.GetProperty("tax_number").GetString()).ShouldBe((3_750, 53_750, "TIN-1"));
        (await app.BalanceAsync($"tax:{clinic}")).ShouldBe(-3_750 * 8);
        (await app.BalanceAsync($"doctor:{doctor.DoctorId}")).ShouldBe(-30_000 * 8);
    }

    [Fact]
    public async Task A_paper_that_was_changed_in_the_database_is_not_shown()
    {
        using var visit = await app.VisitToPayAsync();
        await app.PaidAsync(visit);
        var id = (await visit.Patient.GetAsync("/api/payments/invoices/")).Rows.Single().GetProperty("id").GetGuid();
        (await visit.Patient.GetAsync($"/api/payments/invoices/{id}/")).Status.ShouldBe(200);

        await app.SqlAsync("UPDATE payments.invoices SET content_hash = sha256('other') WHERE id = $1", id);

        (await visit.Patient.GetAsync($"/api/payments/invoices/{id}/")).Status.ShouldBe(503);
        await Should.ThrowAsync<Npgsql.PostgresException>(() => app.SqlAsync("DELETE FROM payments.invoices WHERE id = $1", id));
    }
}
