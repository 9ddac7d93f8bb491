using System.Text.Json;
using Careline.Tests.Scheduling;
using Careline.Tests.Support;

namespace Careline.Tests.Payments;

/// <summary>A visit that costs something, and those who are part of it.</summary>
internal sealed record PaidVisit(Person Doctor, Person Patient, Guid Id) : IDisposable
{
    public void Dispose()
    {
        Doctor.Dispose();
        Patient.Dispose();
    }
}

/// <summary>An application in which people stay signed in while its clock is moved.</summary>
public sealed class LongDay(TestCluster cluster) : TestApp(cluster)
{
    protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
    {
        ["Tokens:AccessMinutes"] = "100000",
        ["Accounts:StaffIdleMinutes"] = "100000",
        ["Accounts:PatientIdleMinutes"] = "100000",
    };
}

/// <summary>What the tests of payments arrange in one phrase.</summary>
internal static class Takings
{
    public const long Fee = 50_000;

    /// <summary>A doctor whose visits cost something.</summary>
    public static async Task<Person> PaidDoctorAsync(this TestApp app, string currency = "NGN", long fee = Fee)
    {
        var doctor = await app.BookableDoctorAsync();
        await app.SqlAsync("UPDATE doctors.doctors SET fee_amount = $2, fee_currency = $3 WHERE id = $1", doctor.DoctorId, fee, currency);
        return doctor;
    }

    /// <summary>A booked visit that costs something.</summary>
    public static async Task<PaidVisit> VisitToPayAsync(this TestApp app, string currency = "NGN", long fee = Fee)
    {
        var (doctor, patient) = (await app.PaidDoctorAsync(currency, fee), await app.PatientAsync());
        return new PaidVisit(doctor, patient, await patient.BookedAsync((await doctor.OfferAsync(app.Day(), 1))[0]));
    }

    public static Task<Reply> StartAsync(this Person payer, Guid appointment, object? more = null, params (string, string)[] headers)
    {
        var body = JsonSerializer.SerializeToNode(more ?? new { })!.AsObject();
        body["kind"] ??= "appointment";
        body["id"] ??= appointment.ToString();
        return payer.PostAsync("/api/payments/", body.ToJsonString(), headers);
    }

    /// <summary>A payment that is begun, with the path of its checkout.</summary>
    public static async Task<(Guid Id, string Checkout)> StartedAsync(this Person payer, Guid appointment, object? more = null)
    {
        var reply = await payer.StartAsync(appointment, more);
        reply.Status.ShouldBe(201, reply.Text);
        return (reply.Id, new Uri(reply.Word("checkout_url")).PathAndQuery);
    }

    /// <summary>Follows the link to the sandbox's page, and does there what is said; answers the page where it ends.</summary>
    public static async Task<Reply> AtTheSandboxAsync(this TestApp app, string checkout, string outcome = "pay", string webhooks = "lost", bool save = false)
    {
        var paid = await app.PayAsync(await app.OrderAsync(checkout), outcome, webhooks, save);
        return paid.Location is { } back && back.Contains("/api/payments/return/", StringComparison.Ordinal) ? (await app.GoAsync("GET", back, null)).Reply
            : paid.Reply.Status == 200 && ActionOf(paid.Reply.Text).Contains("/api/payments/return/", StringComparison.Ordinal)
                ? (await app.GoAsync("POST", ActionOf(paid.Reply.Text), FieldsOf(paid.Reply.Text))).Reply : paid.Reply;
    }

    /// <summary>Follows the link as far as the sandbox's page, whose path it answers.</summary>
    public static async Task<string> OrderAsync(this TestApp app, string checkout)
    {
        var page = await app.GoAsync("GET", checkout, null);
        if (page.Location is null)
        {
            page = await app.GoAsync("POST", ActionOf(page.Reply.Text), FieldsOf(page.Reply.Text));
        }

        return page.Location!;
    }

    /// <summary>Does at the sandbox's page what is said, and answers what the browser is told; it does not come back.</summary>
    public static Task<(Reply Reply, string? Location)> PayAsync(this TestApp app, string order, string outcome, string webhooks, bool save = false) =>
        app.GoAsync("POST", order, new() { ["outcome"] = outcome, ["webhooks"] = webhooks, ["save"] = save ? "true" : "false" });

    /// <summary>A visit that is paid at the sandbox, by what the returning browser brought.</summary>
    public static async Task<Guid> PaidAsync(this TestApp app, PaidVisit visit, object? more = null)
    {
        var (id, checkout) = await visit.Patient.StartedAsync(visit.Id, more);
        await app.AtTheSandboxAsync(checkout);
        var payment = await visit.Patient.GetAsync($"/api/payments/{id}/");
        payment.Word("status").ShouldBe("completed", payment.Text);
        return id;
    }

    /// <summary>How much an account of the ledger has: debit less credit.</summary>
    public static async Task<long> BalanceAsync(this TestApp app, string account, string currency = "NGN") =>
        Convert.ToInt64(await app.SqlAsync("SELECT coalesce(sum(debit - credit), 0) FROM payments.entries WHERE account = $1 AND currency = $2", account, currency), null);

    /// <summary>How often something stands in the ledger for a payment.</summary>
    public static async Task<long> PostedAsync(this TestApp app, Guid payment, string kind = "payment") =>
        (long)(await app.SqlAsync("SELECT count(*) FROM payments.postings WHERE payment_id = $1 AND kind = $2", payment, kind))!;

    private static async Task<(Reply Reply, string? Location)> GoAsync(this TestApp app, string method, string path, Dictionary<string, string>? form)
    {
        using var content = form is null ? null : new FormUrlEncodedContent(form);
        var reply = await app.Anonymous.SendAsync(method, path, content);
        reply.Status.ShouldBeOneOf([200, 303], reply.Text);
        return (reply, reply.Headers.Location?.ToString());
    }

    private static string ActionOf(string page) => Between(page, "action=\"", "\"");

    private static Dictionary<string, string> FieldsOf(string page) => page.Split("<input").Skip(1).Where(i => i.Contains("type=\"hidden\"", StringComparison.Ordinal))
        .ToDictionary(i => Between(i, "name=\"", "\""), i => System.Net.WebUtility.HtmlDecode(Between(i, "value=\"", "\"")));

    private static string Between(string text, string before, string after)
    {
        var from = text.IndexOf(before, StringComparison.Ordinal);
        return from < 0 ? "" : System.Net.WebUtility.HtmlDecode(text[(from + before.Length)..text.IndexOf(after, from + before.Length, StringComparison.Ordinal)]);
    }
}
