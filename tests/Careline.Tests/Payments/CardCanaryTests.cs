using Careline.Tests.Privacy;
using Careline.Tests.Scheduling;
using Careline.Tests.Support;

namespace Careline.Tests.Payments;

/// <summary>An application that writes its log to a folder of its own, everything of it.</summary>
public sealed class LoggedApp(TestCluster cluster) : TestApp(cluster)
{
    public string Logs { get; } = Path.Combine(Path.GetTempPath(), $"careline-logs-{Guid.CreateVersion7():N}");

    protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
    {
        ["Logging:Folder"] = Logs,
        ["Payments:Stripe:SecretKey"] = "sk_test_canary_4711",
        ["Payments:Stripe:WebhookSecrets"] = "whsec_canary_4711",
    };
}

/// <summary>A card's number, its check figures and the gateways' secrets are nowhere, however they were sent (PCI DSS 3.3).</summary>
public sealed class CardCanaryTests(LoggedApp app) : IClassFixture<LoggedApp>
{
    private const string Card = "4000056655665556";
    private const string Check = "cvv-canary-737";

    [Fact]
    public async Task No_card_no_check_figures_and_no_secret_is_in_any_column_or_log()
    {
        using var visit = await app.VisitToPayAsync("USD");
        using var admin = await app.AdminAsync();
        (await visit.Patient.StartAsync(visit.Id, new { card = new { number = Card, cvv = Check } })).Status.ShouldBe(400);
        (await visit.Patient.PostAsync("/api/payments/", $"{{\"kind\":\"appointment\",\"id\":\"{visit.Id}\",\"card_number\":\"{Card}\",\"cvv\":\"{Check}\"")).Status.ShouldBe(400);
        var (id, checkout) = await visit.Patient.StartedAsync(visit.Id);
        await visit.Patient.PostAsync($"/api/payments/{id}/verify/", new { fields = new { card_number = Card, cvv = Check } });
        using var forged = new StringContent($"{{\"type\":\"x\",\"card\":\"{Card}\",\"cvv\":\"{Check}\"}}");
        (await app.Anonymous.SendAsync("POST", "/api/payments/webhooks/stripe/", forged)).Status.ShouldBe(401);
        var order = await app.OrderAsync(checkout);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["outcome"] = "pay", ["webhooks"] = "normal", ["card_number"] = Card, ["cvv"] = Check });
        (await app.Anonymous.SendAsync("POST", order, form)).Status.ShouldBe(303);
        (await app.Anonymous.SendAsync("POST", $"/api/payments/return/{order.Split('/')[^2]}/?card_number={Card}&cvv={Check}")).Status.ShouldBe(404);
        await visit.Patient.PostAsync($"/api/payments/{id}/verify/");
        (await admin.PostAsync($"/api/payments/{id}/refund/", new { amount = 1, note = $"card {Card[..4]} {Card[4..8]} {Card[8..12]} {Card[12..]}" })).Status.ShouldBe(400);
        (await admin.PostAsync($"/api/payments/{id}/refund/", new { amount = 1 })).Status.ShouldBe(201);
        await app.RunJobAsync("payments.send-refunds");
        await app.RunJobAsync("payments.sandbox-webhooks");
        await app.DeliverEventsAsync();
        (await visit.Patient.GetAsync($"/api/payments/{id}/")).Word("status").ShouldBe("partially_refunded");

        string[] canaries = [Card, $"{Card[..4]} {Card[4..8]}", Check, "canary_4711"];
        var tables = (await SchemaWalk.TakeAsync(app)).Tables;
        var logs = Directory.GetFiles(app.Logs).Select(ReadShared).ToList();
        tables.Sum(t => t.Rows.Count).ShouldBeGreaterThan(100);
        logs.Sum(l => l.Length).ShouldBeGreaterThan(0);
        tables.SelectMany(t => t.Rows.Where(r => canaries.Any(r.GetRawText().Contains)).Select(_ => t.Name)).Distinct().ShouldBeEmpty();
        logs.Where(l => canaries.Any(l.Contains)).ShouldBeEmpty();
    }

    private static string ReadShared(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
