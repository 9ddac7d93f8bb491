namespace Careline.Gateways.Contracts;

/// <summary>By what somebody pays.</summary>
public enum PaymentMethod
{
    /// <summary>A card, at a gateway's page.</summary>
    Card,

    /// <summary>India's Unified Payments Interface, at a gateway's page.</summary>
    Upi,

    /// <summary>A bank's own page.</summary>
    NetBanking,

    /// <summary>A wallet.</summary>
    Wallet,

    /// <summary>Notes and coins at the desk.</summary>
    Cash,

    /// <summary>A transfer to the practice's account.</summary>
    BankTransfer,

    /// <summary>An insurer pays.</summary>
    Insurance,

    /// <summary>A card terminal at the desk, a cheque and what else there is.</summary>
    Other,
}

/// <summary>Who moves the money.</summary>
public enum Gateway
{
    /// <summary>Stripe.</summary>
    Stripe,

    /// <summary>Paystack.</summary>
    Paystack,

    /// <summary>Razorpay.</summary>
    Razorpay,

    /// <summary>PayU India.</summary>
    Payu,

    /// <summary>Nobody outside: a cashier of the practice.</summary>
    Offline,
}

/// <summary>
/// A company that takes money for us. Every call goes over the network and happens outside of a transaction; what it answers are facts, which the books take
/// in one place whoever brought them: an answer, a webhook, a browser that comes back, the daily comparison.
/// </summary>
public interface IPaymentGateway
{
    /// <summary>Which it is.</summary>
    Gateway Name { get; }

    /// <summary>Whether it has its keys here, or is played by the sandbox.</summary>
    bool IsReady { get; }

    /// <summary>Whether it takes this currency (ISO 4217).</summary>
    bool Takes(string currency);

    /// <summary>Opens an order at the gateway. The same <see cref="GatewayOrder.Reference"/> a second time must not open a second one there.</summary>
    /// <exception cref="GatewayRefused">The gateway says no.</exception>
    /// <exception cref="GatewayAway">No answer, or none that says anything: what it did is not known.</exception>
    Task<GatewayCheckout> StartAsync(GatewayOrder order, CancellationToken ct);

    /// <summary>All that the gateway knows of an order of ours: its payments, refunds and disputes, as far as its interface tells them.</summary>
    /// <exception cref="GatewayAway">No answer, or none that says anything.</exception>
    Task<IReadOnlyList<GatewayFact>> AskAsync(GatewayTrace trace, CancellationToken ct);

    /// <summary>Takes the money of a payment that was only authorised.</summary>
    /// <exception cref="GatewayRefused">The gateway says no.</exception>
    /// <exception cref="GatewayAway">No answer, or none that says anything.</exception>
    Task<IReadOnlyList<GatewayFact>> CaptureAsync(GatewayTrace trace, CancellationToken ct);

    /// <summary>Gives money back. The same <see cref="GatewayRefund.Token"/> a second time gives nothing a second time.</summary>
    /// <exception cref="GatewayRefused">The gateway says no.</exception>
    /// <exception cref="GatewayAway">No answer, or none that says anything.</exception>
    Task<GatewayFact> RefundAsync(GatewayRefund refund, CancellationToken ct);

    /// <summary>Charges a method that somebody saved at the gateway, without them. The same reference a second time charges nothing a second time.</summary>
    /// <exception cref="GatewayRefused">The gateway says no, or cannot do this.</exception>
    /// <exception cref="GatewayAway">No answer, or none that says anything.</exception>
    Task<IReadOnlyList<GatewayFact>> ChargeAsync(GatewayOrder order, string savedToken, CancellationToken ct);

    /// <summary>Answers a dispute. Null evidence accepts it.</summary>
    /// <exception cref="GatewayRefused">The gateway says no, or takes answers only on its own pages.</exception>
    /// <exception cref="GatewayAway">No answer, or none that says anything.</exception>
    Task AnswerDisputeAsync(string disputeId, string? evidence, CancellationToken ct);

    /// <summary>Judges what came to the webhook: who does not know the secret is <see cref="Webhook.IsForged"/>.</summary>
    Webhook Read(WebhookRequest request);

    /// <summary>
    /// What a browser that came back brings with it, where the gateway signs that. Null where nothing there is worth believing: then <see cref="AskAsync"/> tells.
    /// </summary>
    GatewayFact? ReadReturn(IReadOnlyDictionary<string, string> fields, GatewayTrace trace);
}

/// <summary>What is to be paid, as a gateway is told.</summary>
/// <param name="Reference">Ours: 24 lower-case letters and digits.</param>
/// <param name="AmountMinor">In minor units, more than 0.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Description">For the payer's statement: a human number, nothing clinical, no pipe.</param>
/// <param name="Payer">Who pays.</param>
/// <param name="ReturnUrl">Where the browser comes back to; the answer there proves nothing by itself.</param>
/// <param name="SaveMethod">The payer wants to pay so again without typing: the gateway keeps the method.</param>
public sealed record GatewayOrder(string Reference, long AmountMinor, string Currency, string Description, GatewayPayer Payer, Uri ReturnUrl, bool SaveMethod = false);

/// <summary>Who pays, as far as a gateway must know.</summary>
/// <param name="AccountId">Ours, for its records.</param>
/// <param name="Name">Given name.</param>
/// <param name="Email">Where the gateway's own receipt goes; null where the payer has no address: a gateway that insists is told one of ours.</param>
/// <param name="Phone">E.164, or null.</param>
public sealed record GatewayPayer(Guid AccountId, string Name, string? Email, string? Phone);

/// <summary>How the payer pays.</summary>
/// <param name="OrderId">The gateway's name for the order; null where it has none before the payment.</param>
/// <param name="Url">A page to send the browser to; null where <see cref="Form"/> is posted or the gateway's own script is used.</param>
/// <param name="Form">Fields to post to <see cref="FormAction"/>.</param>
/// <param name="FormAction">Where the browser posts the form.</param>
/// <param name="ClientFields">What an app's own kit of the gateway needs, such as a client secret or a public key. Nothing secret of ours.</param>
public sealed record GatewayCheckout(
    string? OrderId, Uri? Url, IReadOnlyDictionary<string, string>? Form = null, Uri? FormAction = null, IReadOnlyDictionary<string, string>? ClientFields = null);

/// <summary>By what a gateway finds a payment of ours.</summary>
/// <param name="Reference">Ours.</param>
/// <param name="OrderId">The gateway's order, if known.</param>
/// <param name="PaymentId">The gateway's payment, if known.</param>
/// <param name="AmountMinor">What was asked for.</param>
/// <param name="Currency">ISO 4217.</param>
public sealed record GatewayTrace(string Reference, string? OrderId, string? PaymentId, long AmountMinor, string Currency);

/// <summary>Money to give back.</summary>
/// <param name="Token">Ours: the refund's id as 32 hex digits.</param>
/// <param name="Trace">The payment.</param>
/// <param name="AmountMinor">How much.</param>
/// <param name="RefundId">The gateway's name for it, once it gave one: then the gateway is asked how it stands, and told nothing.</param>
public sealed record GatewayRefund(string Token, GatewayTrace Trace, long AmountMinor, string? RefundId = null);

/// <summary>What happened at a gateway.</summary>
public enum FactKind
{
    /// <summary>Somebody is paying.</summary>
    Pending,

    /// <summary>The money is reserved.</summary>
    Authorized,

    /// <summary>The money is there.</summary>
    Captured,

    /// <summary>It was refused or given up.</summary>
    Failed,

    /// <summary>Money is on its way back.</summary>
    RefundPending,

    /// <summary>Money went back.</summary>
    Refunded,

    /// <summary>Money did not go back after all.</summary>
    RefundFailed,

    /// <summary>The payer's bank wants the money back, or something about that changed.</summary>
    Disputed,

    /// <summary>The dispute ended for us.</summary>
    DisputeWon,

    /// <summary>The dispute ended against us, or was accepted.</summary>
    DisputeLost,
}

/// <summary>Something that a gateway says happened. Amounts as the gateway says them: the books compare them with ours.</summary>
public sealed record GatewayFact
{
    /// <summary>Who says so.</summary>
    public required Gateway Gateway { get; init; }

    /// <summary>What happened.</summary>
    public required FactKind Kind { get; init; }

    /// <summary>Our reference, where the message names it.</summary>
    public string? Reference { get; init; }

    /// <summary>The gateway's order.</summary>
    public string? OrderId { get; init; }

    /// <summary>The gateway's payment.</summary>
    public string? PaymentId { get; init; }

    /// <summary>The gateway's refund.</summary>
    public string? RefundId { get; init; }

    /// <summary>Our token of the refund, where the message names it.</summary>
    public string? RefundToken { get; init; }

    /// <summary>The gateway's dispute.</summary>
    public string? DisputeId { get; init; }

    /// <summary>Minor units: of the payment, the refund or the dispute.</summary>
    public required long AmountMinor { get; init; }

    /// <summary>ISO 4217, upper case.</summary>
    public required string Currency { get; init; }

    /// <summary>What the gateway kept for itself, in minor units, where it says so.</summary>
    public long? FeeMinor { get; init; }

    /// <summary>How it was paid, where the gateway says so.</summary>
    public PaymentMethod? Method { get; init; }

    /// <summary>A method that the payer wanted to be kept.</summary>
    public SavedCard? Saved { get; init; }

    /// <summary>Why it failed, or what the dispute is about: the gateway's code.</summary>
    public string? Code { get; init; }

    /// <summary>Until when a dispute must be answered.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>The message was not signed, or its signature does not cover all that is said here: ask before believing it.</summary>
    public bool IsHint { get; init; }
}

/// <summary>A method that a gateway keeps: its token and what a person recognises it by.</summary>
/// <param name="Token">Worth nothing without our keys.</param>
/// <param name="Brand">Such as <c>visa</c>.</param>
/// <param name="Last4">The last four digits.</param>
/// <param name="ExpiryMonth">1 to 12.</param>
/// <param name="ExpiryYear">Four digits.</param>
public sealed record SavedCard(string Token, string? Brand, string? Last4, int? ExpiryMonth, int? ExpiryYear);

/// <summary>A webhook as it came.</summary>
/// <param name="Header">The value of a header, or null.</param>
/// <param name="Body">The bytes that were signed.</param>
/// <param name="Now">The application's time.</param>
public sealed record WebhookRequest(Func<string, string?> Header, ReadOnlyMemory<byte> Body, DateTimeOffset Now);

/// <summary>A webhook as it was understood.</summary>
/// <param name="IsForged">The signature is not the gateway's, or too old.</param>
/// <param name="DeliveryKey">The same for the same event, however often it is sent.</param>
/// <param name="Event">The gateway's name for the kind of event.</param>
/// <param name="Facts">What it says; empty for events that mean nothing to us.</param>
public sealed record Webhook(bool IsForged, string DeliveryKey, string Event, IReadOnlyList<GatewayFact> Facts)
{
    /// <summary>One that is not the gateway's.</summary>
    public static Webhook Forged { get; } = new(true, "", "", []);
}

/// <summary>The gateway understood, and said no.</summary>
public sealed class GatewayRefused(string code) : Exception("The gateway refused: " + code)
{
    /// <summary>The gateway's code, or its HTTP status.</summary>
    public string Code { get; } = code;
}

/// <summary>The gateway did not answer, or not so that it can be known what it did.</summary>
public sealed class GatewayAway(string code, Exception? inner = null) : Exception("The gateway is away: " + code, inner)
{
    /// <summary>How it is away: a word of ours.</summary>
    public string Code { get; } = code;
}
