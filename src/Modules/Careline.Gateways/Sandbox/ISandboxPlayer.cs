using System.Text.Json.Nodes;

namespace Careline.Gateways.Sandbox;

/// <summary>Plays one gateway: its interface, its webhooks, its signatures and how it sends payers back.</summary>
internal interface ISandboxPlayer
{
    Gateway Name { get; }

    /// <summary>How long money takes back.</summary>
    TimeSpan RefundTakes { get; }

    /// <summary>Whether another try to pay is the same payment, or one of its own.</summary>
    bool HasOnePayment { get; }

    /// <summary>A new name such as this gateway gives.</summary>
    string NewName(SandboxThing thing);

    /// <summary>A saved method's name.</summary>
    string NewSavedToken();

    /// <summary>Answers a call of a server.</summary>
    Task<SandboxAnswer> AnswerAsync(SandboxCall call, SandboxBooks books, CancellationToken ct);

    /// <summary>What is told of a payment.</summary>
    IEnumerable<SandboxEvent> Tell(SandboxCase about, SandboxPayment payment, DateTimeOffset now);

    /// <summary>What is told of a refund, at the time given.</summary>
    IEnumerable<SandboxEvent> Tell(SandboxCase about, SandboxRefund refund, DateTimeOffset now);

    /// <summary>What is told of a dispute.</summary>
    IEnumerable<SandboxEvent> Tell(SandboxCase about, SandboxDispute dispute, DateTimeOffset now);

    /// <summary>Headers of a webhook that leaves now.</summary>
    IReadOnlyDictionary<string, string> Sign(SandboxDelivery delivery, DateTimeOffset now);

    /// <summary>How the payer goes back; the payment is null for who gave up. Null where the payer stays on the page.</summary>
    SandboxReturn? Return(SandboxCase about, SandboxPayment? payment);
}

/// <summary>What has a name at a gateway.</summary>
internal enum SandboxThing
{
    /// <summary>An order.</summary>
    Order,

    /// <summary>A payment.</summary>
    Payment,

    /// <summary>A refund.</summary>
    Refund,

    /// <summary>A dispute.</summary>
    Dispute,

    /// <summary>An event.</summary>
    Event,
}

/// <summary>A call of a server.</summary>
internal sealed record SandboxCall(
    string Line, string[] Path, IReadOnlyDictionary<string, string> Query, IReadOnlyDictionary<string, string> Form, JsonElement Json, string? Authorization, string? IdempotencyKey);

/// <summary>The answer to a call.</summary>
internal sealed record SandboxAnswer(int Status, JsonNode Body);

/// <summary>A webhook's content, and its name where it stands outside of it.</summary>
internal sealed record SandboxEvent(string Id, string Body);

/// <summary>Where a payer goes from the sandbox's page: with fields to post, or by a plain address.</summary>
internal sealed record SandboxReturn(string Url, IReadOnlyDictionary<string, string>? Fields = null);

/// <summary>All there is of an order.</summary>
internal sealed record SandboxCase(SandboxOrder Order, List<SandboxPayment> Payments, List<SandboxRefund> Refunds, List<SandboxDispute> Disputes)
{
    public SandboxPayment? Last => Payments.LastOrDefault();

    public SandboxPayment? Paid => Payments.FirstOrDefault(p => p.Status == SandboxPaymentStatus.Captured);

    /// <summary>What may still go back.</summary>
    public long Refundable(DateTimeOffset now) => Order.AmountMinor - Refunds.Where(r => r.StateAt(now) != FactKind.RefundFailed).Sum(r => r.AmountMinor);
}
