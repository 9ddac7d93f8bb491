using System.Globalization;
using Careline.Gateways.Contracts;
using Careline.Gateways.Stripe;

namespace Careline.Tests.Payments.Gateways;

public sealed class StripeTests
{
    private const string Secret = "whsec_test";
    private const string Header = "Stripe-Signature";
    private const string Body = """{"id":"evt_1","object":"event","type":"payment_intent.succeeded"}""";

    // Made by the official library for Node.js.
    private const string Signature = "t=1700000000,v1=b5d16909735dfcdc338e1f1e170cbb5d2ea57494fe5f638399aebcce132ec538";

    [Fact]
    public void The_official_librarys_signature_is_taken()
    {
        var webhook = Read(Signature, Body);

        webhook.IsForged.ShouldBeFalse();
        webhook.DeliveryKey.ShouldBe("evt_1");
        webhook.Event.ShouldBe("payment_intent.succeeded");
        webhook.Facts.ShouldBeEmpty();
    }

    [Fact]
    public void No_bit_of_body_time_or_signature_may_be_another()
    {
        Vectors.Flipped(System.Text.Encoding.UTF8.GetBytes(Body)).Count(body => !StripeWebhooks.Read(Vectors.Request(Header, Signature, body), [Secret], false).IsForged).ShouldBe(0);
        Vectors.Flipped(Signature).Count(header => !Read(header, Body).IsForged).ShouldBe(0);
    }

    [Theory]
    [InlineData(299, false)]
    [InlineData(300, false)]
    [InlineData(301, true)]
    [InlineData(-299, false)]
    [InlineData(-301, true)]
    public void A_signature_serves_five_minutes(int later, bool isForged) =>
        StripeWebhooks.Read(Vectors.Request(Header, Signature, Body, Vectors.Now.AddSeconds(later)), [Secret], false).IsForged.ShouldBe(isForged);

    [Fact]
    public void While_a_secret_is_replaced_both_serve()
    {
        var former = Vectors.Stripe("whsec_former", Body);
        var both = $"{former},{Signature.Split(',')[1]},v0=00";

        Read(both, Body).IsForged.ShouldBeFalse();
        StripeWebhooks.Read(Vectors.Request(Header, former, Body), ["whsec_test", "whsec_former"], false).IsForged.ShouldBeFalse();
        Read(former, Body).IsForged.ShouldBeTrue();
    }

    [Theory]
    [InlineData("")]
    [InlineData("t=1700000000")]
    [InlineData("v1=b5d16909735dfcdc338e1f1e170cbb5d2ea57494fe5f638399aebcce132ec538")]
    [InlineData("t=1700000000,v0=b5d16909735dfcdc338e1f1e170cbb5d2ea57494fe5f638399aebcce132ec538")]
    [InlineData("t=1700000000,v1=B5D16909735DFCDC338E1F1E170CBB5D2EA57494FE5F638399AEBCCE132EC538")]
    [InlineData("t=1700000000,v1=b5d16909735dfcdc338e1f1e170cbb5d2ea57494fe5f638399aebcce132ec5")]
    [InlineData("t=1700000000,t=1700000000,v1=b5d16909735dfcdc338e1f1e170cbb5d2ea57494fe5f638399aebcce132ec538")]
    [InlineData("t=+1700000000,v1=b5d16909735dfcdc338e1f1e170cbb5d2ea57494fe5f638399aebcce132ec538")]
    [InlineData("t=99999999999999999999,v1=b5d16909735dfcdc338e1f1e170cbb5d2ea57494fe5f638399aebcce132ec538")]
    [InlineData(",,,===,v1=,t=")]
    public void What_is_no_signature_is_none(string header) => Read(header, Body).IsForged.ShouldBeTrue();

    [Fact]
    public void Without_a_secret_nothing_is_believed()
    {
        StripeWebhooks.Read(Vectors.Request(Header, Vectors.Stripe("", Body), Body), [""], false).IsForged.ShouldBeTrue();
        StripeWebhooks.Read(Vectors.Request(Header, Signature, Body), [], false).IsForged.ShouldBeTrue();
    }

    [Theory]
    [InlineData("true", true, false)]
    [InlineData("false", true, true)]
    [InlineData("true", false, true)]
    [InlineData("false", false, false)]
    public void The_test_side_says_nothing_of_real_money_nor_the_other_way_round(string livemode, bool isLive, bool isForged)
    {
        var body = $$"""{"id":"evt_1","livemode":{{livemode}},"type":"payment_intent.succeeded"}""";

        StripeWebhooks.Read(Vectors.Request(Header, Vectors.Stripe(Secret, body), body), [Secret], isLive).IsForged.ShouldBe(isForged);
    }

    [Fact]
    public void A_payment_is_read_with_amount_order_and_reason()
    {
        var paid = Facts("payment_intent.succeeded", """
            {"id":"pi_1","status":"succeeded","amount":50013,"amount_received":50000,"currency":"usd","metadata":{"reference":"ref1"},
             "setup_future_usage":"off_session","customer":"cus_1","payment_method":"pm_1"}
            """).ShouldHaveSingleItem();
        paid.ShouldBe(new GatewayFact
        {
            Gateway = Gateway.Stripe,
            Kind = FactKind.Captured,
            Reference = "ref1",
            PaymentId = "pi_1",
            AmountMinor = 50000,
            Currency = "USD",
            Saved = new SavedCard("cus_1|pm_1", null, null, null, null),
        });

        var refused = Facts("payment_intent.payment_failed", """
            {"id":"pi_1","status":"requires_payment_method","amount":50000,"currency":"usd","last_payment_error":{"code":"card_declined","decline_code":"insufficient_funds"}}
            """).ShouldHaveSingleItem();
        (refused.Kind, refused.Code).ShouldBe((FactKind.Failed, "insufficient_funds"));

        Facts("payment_intent.canceled", """{"id":"pi_1","status":"canceled","amount":1,"currency":"usd","cancellation_reason":"abandoned"}""").Single().Code.ShouldBe("abandoned");
    }

    [Theory]
    [InlineData("checkout.session.completed", "complete", "paid", nameof(FactKind.Captured))]
    [InlineData("checkout.session.completed", "complete", "unpaid", nameof(FactKind.Pending))]
    [InlineData("checkout.session.async_payment_succeeded", "complete", "paid", nameof(FactKind.Captured))]
    [InlineData("checkout.session.async_payment_failed", "complete", "unpaid", nameof(FactKind.Failed))]
    [InlineData("checkout.session.expired", "expired", "unpaid", nameof(FactKind.Failed))]
    public void A_session_is_read(string name, string status, string paid, string kind)
    {
        var fact = Facts(name, $$"""
            {"id":"cs_1","status":"{{status}}","payment_status":"{{paid}}","amount_total":700,"currency":"eur","client_reference_id":"ref1","payment_intent":"pi_1"}
            """).ShouldHaveSingleItem();

        (fact.Kind.ToString(), fact.OrderId, fact.PaymentId, fact.Reference, fact.AmountMinor, fact.Currency).ShouldBe((kind, "cs_1", "pi_1", "ref1", 700, "EUR"));
    }

    [Theory]
    [InlineData("refund.created", "pending", nameof(FactKind.RefundPending))]
    [InlineData("refund.updated", "succeeded", nameof(FactKind.Refunded))]
    [InlineData("refund.failed", "failed", nameof(FactKind.RefundFailed))]
    public void A_refund_is_read(string name, string status, string kind)
    {
        var fact = Facts(name, $$"""
            {"id":"re_1","status":"{{status}}","amount":300,"currency":"usd","payment_intent":"pi_1","metadata":{"token":"t1","reference":"ref1"},"failure_reason":"lost_or_stolen_card"}
            """).ShouldHaveSingleItem();

        (fact.Kind.ToString(), fact.RefundId, fact.RefundToken, fact.PaymentId, fact.AmountMinor).ShouldBe((kind, "re_1", "t1", "pi_1", 300));
    }

    [Theory]
    [InlineData("charge.dispute.created", "needs_response", nameof(FactKind.Disputed))]
    [InlineData("charge.dispute.funds_withdrawn", "under_review", nameof(FactKind.Disputed))]
    [InlineData("charge.dispute.closed", "won", nameof(FactKind.DisputeWon))]
    [InlineData("charge.dispute.closed", "warning_closed", nameof(FactKind.DisputeWon))]
    [InlineData("charge.dispute.closed", "lost", nameof(FactKind.DisputeLost))]
    public void A_dispute_is_read(string name, string status, string kind)
    {
        var fact = Facts(name, $$$"""
            {"id":"dp_1","status":"{{{status}}}","amount":300,"currency":"usd","payment_intent":"pi_1","reason":"fraudulent","evidence_details":{"due_by":1700600000}}
            """).ShouldHaveSingleItem();

        (fact.Kind.ToString(), fact.DisputeId, fact.Code).ShouldBe((kind, "dp_1", "fraudulent"));
        fact.DueAt.ShouldBe(DateTimeOffset.FromUnixTimeSeconds(1_700_600_000));
    }

    private static Webhook Read(string header, string body) => StripeWebhooks.Read(Vectors.Request(Header, header, body), [Secret], false);

    private static IReadOnlyList<GatewayFact> Facts(string name, string thing)
    {
        var body = string.Create(CultureInfo.InvariantCulture, $$$"""{"id":"evt_1","livemode":false,"type":"{{{name}}}","data":{"object":{{{thing}}}}}""");
        var webhook = Read(Vectors.Stripe(Secret, body), body);
        webhook.IsForged.ShouldBeFalse();
        return webhook.Facts;
    }
}
