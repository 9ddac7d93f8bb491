using System.Text;
using Careline.Gateways;
using Careline.Gateways.Contracts;
using Careline.Gateways.Paystack;

namespace Careline.Tests.Payments.Gateways;

public sealed class PaystackTests
{
    private const string Key = "sk_test_x";
    private const string Header = "x-paystack-signature";
    private const string Body = """{"event":"charge.success"}""";
    private const string Signature = "0c7751ea46d74ce3674daa4790ccf515295591b686c5fee1173520ccd76141003efd5071190fc7c1a1736cebae4220285bff18629d768fbe72775070eb2778a8";

    [Fact]
    public void A_known_signature_is_taken_and_the_body_names_the_delivery()
    {
        var webhook = Read(Signature, Body);

        webhook.IsForged.ShouldBeFalse();
        webhook.Event.ShouldBe("charge.success");
        webhook.DeliveryKey.ShouldBe(Signatures.KeyOf(Encoding.UTF8.GetBytes(Body)));
    }

    [Fact]
    public void No_bit_of_body_or_signature_may_be_another()
    {
        Vectors.Flipped(Encoding.UTF8.GetBytes(Body)).Count(body => !PaystackWebhooks.Read(Vectors.Request(Header, Signature, body), [Key], false).IsForged).ShouldBe(0);
        Vectors.Flipped(Signature).Count(header => !Read(header, Body).IsForged).ShouldBe(0);
        Read(Signature.ToUpperInvariant(), Body).IsForged.ShouldBeTrue();
        Read(Signature[..64], Body).IsForged.ShouldBeTrue();
        Read("", Body).IsForged.ShouldBeTrue();
    }

    [Fact]
    public void While_the_key_is_replaced_both_serve()
    {
        PaystackWebhooks.Read(Vectors.Request(Header, Signature, Body), ["sk_test_new", Key], false).IsForged.ShouldBeFalse();
        PaystackWebhooks.Read(Vectors.Request(Header, Signature, Body), ["sk_test_new"], false).IsForged.ShouldBeTrue();
    }

    [Theory]
    [InlineData("live", false, true)]
    [InlineData("test", true, true)]
    [InlineData("test", false, false)]
    public void The_test_side_says_nothing_of_real_money_nor_the_other_way_round(string domain, bool isLive, bool isForged)
    {
        var body = $$$"""{"event":"charge.success","data":{"domain":"{{{domain}}}"}}""";

        PaystackWebhooks.Read(Vectors.Request(Header, Vectors.Hmac512(Key, body), body), [Key], isLive).IsForged.ShouldBe(isForged);
    }

    [Theory]
    [InlineData("\"{\\\"save\\\":\\\"true\\\"}\"")]
    [InlineData("""{"save":"true"}""")]
    public void A_charge_is_read_with_its_fee_and_the_card_that_is_kept(string metadata)
    {
        var fact = Fact("charge.success", $$$"""
            {"id":302961,"domain":"test","status":"success","reference":"ref1","amount":500000,"currency":"NGN","channel":"card","fees":7500,"metadata":{{{metadata}}},
             "authorization":{"authorization_code":"AUTH_1","last4":"4081","exp_month":"12","exp_year":"2030","brand":"visa","reusable":true},"customer":{"email":"a@example.test"}}
            """);

        fact.ShouldBe(new GatewayFact
        {
            Gateway = Gateway.Paystack,
            Kind = FactKind.Captured,
            Reference = "ref1",
            PaymentId = "302961",
            AmountMinor = 500_000,
            Currency = "NGN",
            FeeMinor = 7500,
            Method = PaymentMethod.Card,
            Saved = new SavedCard("AUTH_1|a@example.test", "visa", "4081", 12, 2030),
        });
    }

    [Theory]
    [InlineData("\"10000\"")]
    [InlineData("10000")]
    public void A_refunds_amount_is_text_or_a_number_and_what_names_no_refund_is_asked_for(string amount)
    {
        var fact = Fact("refund.processed", $$"""{"status":"processed","transaction_reference":"ref1","refund_reference":"R1","amount":{{amount}},"currency":"NGN","domain":"test"}""");

        (fact.Kind, fact.Reference, fact.AmountMinor, fact.RefundId, fact.IsHint).ShouldBe((FactKind.Refunded, "ref1", 10_000, null, true));
    }

    [Theory]
    [InlineData("charge.dispute.create", "awaiting-merchant-feedback", "null", nameof(FactKind.Disputed))]
    [InlineData("charge.dispute.remind", "pending", "null", nameof(FactKind.Disputed))]
    [InlineData("charge.dispute.resolve", "resolved", "\"merchant-accepted\"", nameof(FactKind.DisputeLost))]
    [InlineData("charge.dispute.resolve", "resolved", "\"declined\"", nameof(FactKind.DisputeWon))]
    public void A_dispute_is_read(string name, string status, string resolution, string kind)
    {
        var fact = Fact(name, $$"""
            {"id":358950,"refund_amount":5800,"currency":"NGN","status":"{{status}}","resolution":{{resolution}},"domain":"test","category":"chargeback",
             "transaction":{"id":896467688,"reference":"ref1","amount":5800},"dueAt":"2026-03-06T13:31:05.000Z"}
            """);

        (fact.Kind.ToString(), fact.DisputeId, fact.Reference, fact.AmountMinor).ShouldBe((kind, "358950", "ref1", 5800));
        fact.DueAt.ShouldBe(new DateTimeOffset(2026, 3, 6, 13, 31, 5, TimeSpan.Zero));
    }

    [Fact]
    public void What_its_payer_left_is_neither_paid_nor_failed() =>
        PaystackFacts.OfTransaction(GatewayJson.Parse("""{"id":1,"status":"abandoned","amount":1,"currency":"NGN"}"""u8)).ShouldBeNull();

    private static Webhook Read(string header, string body) => PaystackWebhooks.Read(Vectors.Request(Header, header, body), [Key], false);

    private static GatewayFact Fact(string name, string thing)
    {
        var body = $$"""{"event":"{{name}}","data":{{thing}}}""";
        return Read(Vectors.Hmac512(Key, body), body).Facts.ShouldHaveSingleItem();
    }
}
