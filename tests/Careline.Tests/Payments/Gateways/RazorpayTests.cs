using System.Text;
using Careline.Gateways;
using Careline.Gateways.Contracts;
using Careline.Gateways.Razorpay;

namespace Careline.Tests.Payments.Gateways;

public sealed class RazorpayTests
{
    private const string Secret = "sec";
    private const string Header = "X-Razorpay-Signature";
    private const string Body = """{"event":"payment.captured"}""";
    private const string Signature = "6e19d5fe43213de5407d82e0eb3415ac2a1f1c59edad15b756c12b3db7c8251e";

    // Taken by the official library for Node.js.
    private const string ReturnSignature = "d8f35aaecfebb3d81d02cc3544ee4a7bb9118f31ebb6ada03f738de473e877fc";

    [Fact]
    public void A_known_signature_is_taken_and_the_delivery_is_named_by_its_header()
    {
        Read(Signature, Body).ShouldSatisfyAllConditions(w => w.IsForged.ShouldBeFalse(), w => w.Event.ShouldBe("payment.captured"));
        RazorpayWebhooks.Read(new WebhookRequest(h => h == Header ? Signature : "evt_9", Encoding.UTF8.GetBytes(Body), Vectors.Now), [Secret]).DeliveryKey.ShouldBe("evt_9");
        RazorpayWebhooks.Read(new WebhookRequest(h => h == Header ? Signature : "no name\n", Encoding.UTF8.GetBytes(Body), Vectors.Now), [Secret])
            .DeliveryKey.ShouldBe(Signatures.KeyOf(Encoding.UTF8.GetBytes(Body)));
    }

    [Fact]
    public void No_bit_of_body_or_signature_may_be_another()
    {
        Vectors.Flipped(Encoding.UTF8.GetBytes(Body)).Count(body => !RazorpayWebhooks.Read(Vectors.Request(Header, Signature, body), [Secret]).IsForged).ShouldBe(0);
        Vectors.Flipped(Signature).Count(header => !Read(header, Body).IsForged).ShouldBe(0);
        Read(Signature.ToUpperInvariant(), Body).IsForged.ShouldBeTrue();
        Read("", Body).IsForged.ShouldBeTrue();
    }

    [Fact]
    public void While_a_secret_is_replaced_both_serve() =>
        RazorpayWebhooks.Read(Vectors.Request(Header, Signature, Body), ["new", Secret]).IsForged.ShouldBeFalse();

    [Fact]
    public void A_return_is_good_for_the_order_that_we_stored_alone()
    {
        RazorpaySignature.IsGoodReturn("order_1", "pay_1", ReturnSignature, Secret).ShouldBeTrue();
        RazorpaySignature.IsGoodReturn("order_2", "pay_1", ReturnSignature, Secret).ShouldBeFalse();
        RazorpaySignature.IsGoodReturn("order_1", "pay_2", ReturnSignature, Secret).ShouldBeFalse();
        RazorpaySignature.IsGoodReturn("order_1", "pay_1", ReturnSignature, "other").ShouldBeFalse();
        RazorpaySignature.IsGoodReturn("order_1", "pay_1", null, Secret).ShouldBeFalse();
        Vectors.Flipped(ReturnSignature).Count(s => RazorpaySignature.IsGoodReturn("order_1", "pay_1", s, Secret)).ShouldBe(0);
    }

    [Theory]
    [InlineData("payment.authorized", "authorized", nameof(FactKind.Authorized))]
    [InlineData("payment.captured", "captured", nameof(FactKind.Captured))]
    [InlineData("payment.failed", "failed", nameof(FactKind.Failed))]
    [InlineData("order.paid", "captured", nameof(FactKind.Captured))]
    public void A_payment_is_read(string name, string status, string kind)
    {
        var fact = Fact(name, $$$$$"""
            {"payment":{"entity":{"id":"pay_1","amount":50000,"currency":"INR","status":"{{{{{status}}}}}","order_id":"order_1","method":"upi","fee":1180,
             "error_code":"BAD_REQUEST_ERROR","error_reason":"payment_declined","notes":{"reference":"ref1"}}}}
            """);

        (fact.Kind.ToString(), fact.PaymentId, fact.OrderId, fact.Reference, fact.AmountMinor, fact.FeeMinor, fact.Method).ShouldBe((kind, "pay_1", "order_1", "ref1", 50_000, 1180, PaymentMethod.Upi));
        fact.Code.ShouldBe(kind == nameof(FactKind.Failed) ? "payment_declined" : null);
    }

    [Theory]
    [InlineData("refund.created", "pending", nameof(FactKind.RefundPending))]
    [InlineData("refund.processed", "processed", nameof(FactKind.Refunded))]
    [InlineData("refund.failed", "failed", nameof(FactKind.RefundFailed))]
    public void A_refund_is_read(string name, string status, string kind)
    {
        var fact = Fact(name, $$$$$"""{"refund":{"entity":{"id":"rfnd_1","amount":100,"currency":"INR","payment_id":"pay_1","status":"{{{{{status}}}}}","notes":{"token":"t1"}}}}""");

        (fact.Kind.ToString(), fact.RefundId, fact.RefundToken, fact.PaymentId).ShouldBe((kind, "rfnd_1", "t1", "pay_1"));
    }

    [Theory]
    [InlineData("payment.dispute.created", "open", 0, nameof(FactKind.Disputed))]
    [InlineData("payment.dispute.won", "won", 0, nameof(FactKind.DisputeWon))]
    [InlineData("payment.dispute.lost", "lost", 100, nameof(FactKind.DisputeLost))]
    [InlineData("payment.dispute.closed", "closed", 100, nameof(FactKind.DisputeLost))]
    [InlineData("payment.dispute.closed", "closed", 0, nameof(FactKind.DisputeWon))]
    public void A_dispute_is_read(string name, string status, int deducted, string kind)
    {
        var fact = Fact(name, $$$$"""
            {"dispute":{"entity":{"id":"disp_1","payment_id":"pay_1","amount":100,"currency":"INR","amount_deducted":{{{{deducted}}}},"reason_code":"pre_arbitration","respond_by":1700600000,"status":"{{{{status}}}}"}}}
            """);

        (fact.Kind.ToString(), fact.DisputeId, fact.PaymentId, fact.DueAt).ShouldBe((kind, "disp_1", "pay_1", DateTimeOffset.FromUnixTimeSeconds(1_700_600_000)));
    }

    private static Webhook Read(string header, string body) => RazorpayWebhooks.Read(Vectors.Request(Header, header, body), [Secret]);

    private static GatewayFact Fact(string name, string payload)
    {
        var body = $$"""{"event":"{{name}}","payload":{{payload}}}""";
        return Read(Vectors.Hmac256(Secret, body), body).Facts.ShouldHaveSingleItem();
    }
}
