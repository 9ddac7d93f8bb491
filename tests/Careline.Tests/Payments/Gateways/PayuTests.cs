using System.Text;
using Careline.Gateways.Contracts;
using Careline.Gateways.Payu;

namespace Careline.Tests.Payments.Gateways;

public sealed class PayuTests
{
    private const string Key = "bjg$121";
    private const string Salt = "vhgvs75";

    // From the documentation and from the official library's tests.
    private static readonly Dictionary<string, string> _documented = new()
    {
        ["key"] = "C0Dr8m",
        ["txnid"] = "12345",
        ["amount"] = "10",
        ["productinfo"] = "Shopping",
        ["firstname"] = "Test",
        ["email"] = "test@test.com",
        ["udf2"] = "abc",
        ["udf4"] = "15",
    };

    private static readonly Dictionary<string, string> _payment = new()
    {
        ["key"] = Key,
        ["txnid"] = "3123",
        ["amount"] = "1000",
        ["productinfo"] = "mobile",
        ["firstname"] = "Jacob",
        ["email"] = "test@payu.in",
    };

    private static readonly Dictionary<string, string> _response = new(_payment)
    {
        ["status"] = "success",
        ["hash"] = "687c82156a84271a7a6c63d0e8774d5ac567d9b894a334a47d72e47b72392a5167a1b2add5b253490b70731d9eb3e3a3b7225e0c5f26829befafbbee71977c4c",
        ["mihpayid"] = "403993715521889530",
        ["unmappedstatus"] = "captured",
    };

    [Fact]
    public void Known_requests_responses_and_calls_have_the_known_hashes()
    {
        PayuHash.OfRequest(_documented, "3sf0jURk").ShouldBe("ffcdbf04fa5beefdcc2dd476c18bc410f02b3968e7f4f54e8f43f1e1a310bb32e3b4dec9305232bb89db5b1d0c009a53bcace6f4bd8ec2f695baf3d43ba730ce");
        PayuHash.OfRequest(_payment, Salt).ShouldBe("19d0822939b32b371847521c89aba3521de3a9bfeabeee5dab2d6f41962ff9fcdcee87067bb3a3de870acce488f9ff88a3511bb78c6143344a277b1b91ad38b8");
        PayuHash.OfResponse(_response, Salt).ShouldBe(_response["hash"]);
        PayuHash.OfCall(Key, "verify_payment", "3123", Salt).ShouldStartWith("fd13e1a56cc6f574");
    }

    [Fact]
    public void A_response_is_taken_as_a_form_and_as_json_and_is_a_hint()
    {
        foreach (var body in new[] { Vectors.Form(_response), System.Text.Json.JsonSerializer.Serialize(_response) })
        {
            var webhook = Read(body);

            webhook.IsForged.ShouldBeFalse();
            webhook.DeliveryKey.ShouldBe("3123:403993715521889530:success");
            var fact = webhook.Facts.ShouldHaveSingleItem();
            (fact.Kind, fact.Reference, fact.AmountMinor, fact.Currency).ShouldBe((FactKind.Captured, "3123", 100_000, "INR"));

            // PayU's name for the payment is not in the hash: it is asked for.
            (fact.PaymentId, fact.IsHint).ShouldBe((null, true));
        }
    }

    [Fact]
    public void No_bit_of_a_field_that_is_hashed_or_of_the_hash_may_be_another()
    {
        var accepted = new List<string>();
        foreach (var name in new[] { "key", "txnid", "amount", "productinfo", "firstname", "email", "status", "hash" })
        {
            accepted.AddRange(Vectors.Flipped(_response[name]).Where(value => !Read(Vectors.Form(new Dictionary<string, string>(_response) { [name] = value })).IsForged).Select(_ => name));
        }

        accepted.ShouldBeEmpty();
        Read(Vectors.Form(new Dictionary<string, string>(_response) { ["udf1"] = "x" })).IsForged.ShouldBeTrue();
        Read(Vectors.Form(new Dictionary<string, string>(_response) { ["additionalCharges"] = "1.00" })).IsForged.ShouldBeTrue();
    }

    [Theory]
    [InlineData("additionalCharges")]
    [InlineData("additional_charges")]
    public void Extra_charges_stand_in_front_of_the_salt(string name)
    {
        var fields = new Dictionary<string, string>(_response) { [name] = "12.50" };
        fields["hash"] = Convert.ToHexStringLower(System.Security.Cryptography.SHA512.HashData(Encoding.UTF8.GetBytes(
            $"12.50|{Salt}|success|||||||||||test@payu.in|Jacob|mobile|1000|3123|{Key}")));

        Read(Vectors.Form(fields)).Facts.Single().AmountMinor.ShouldBe(100_000);
    }

    [Fact]
    public void A_pipe_in_a_field_is_refused_though_the_hash_is_right()
    {
        // "A|B" and "C" hash as "A" and "B|C" do.
        var one = new Dictionary<string, string>(_response) { ["productinfo"] = "C", ["firstname"] = "B|A" };
        var other = new Dictionary<string, string>(_response) { ["productinfo"] = "C|B", ["firstname"] = "A" };
        PayuHash.OfResponse(one, Salt).ShouldNotBe(PayuHash.OfResponse(_response, Salt));
        PayuHash.OfRequest(new Dictionary<string, string>(_payment) { ["productinfo"] = "A|B", ["firstname"] = "C" }, Salt)
            .ShouldBe(PayuHash.OfRequest(new Dictionary<string, string>(_payment) { ["productinfo"] = "A", ["firstname"] = "B|C" }, Salt));
        foreach (var fields in new[] { one, other })
        {
            fields["hash"] = PayuHash.OfResponse(fields, Salt);
            Read(Vectors.Form(fields)).IsForged.ShouldBeTrue();
        }
    }

    [Fact]
    public void A_field_that_is_there_twice_is_refused() => Read(Vectors.Form(_response) + "&status=success").IsForged.ShouldBeTrue();

    [Fact]
    public void While_the_salt_is_replaced_both_serve_and_another_account_never()
    {
        PayuWebhooks.Read(Vectors.Request("", "", Vectors.Form(_response)), Key, ["new", Salt]).IsForged.ShouldBeFalse();
        PayuWebhooks.Read(Vectors.Request("", "", Vectors.Form(_response)), Key, ["new"]).IsForged.ShouldBeTrue();
        PayuWebhooks.Read(Vectors.Request("", "", Vectors.Form(_response)), "other", [Salt]).IsForged.ShouldBeTrue();
    }

    [Fact]
    public void Unsigned_news_of_refunds_and_disputes_are_hints_under_a_key_of_their_own()
    {
        var token = Guid.CreateVersion7().ToString("N");
        var refund = Read($$"""{"action":"refund","status":"success","token":"{{PayuFields.Shortened(token)}}","mihpayid":403993715521889530,"request_id":"131","amt":"10.00","merchantTxnId":"3123","key":"{{Key}}"}""");
        var dispute = Read("""{"type":"chargeback","event":"dispute","cb_id":"77","txn_id":"403993715521889530","cb_amount":10.5,"cb_status":"OPEN","cb_type":"fraud","due_date":"2026-12-24","mid":"1"}""");

        refund.DeliveryKey.ShouldStartWith("unsigned:");
        var back = refund.Facts.ShouldHaveSingleItem();
        (back.Kind, back.RefundId, back.RefundToken, back.AmountMinor, back.IsHint).ShouldBe((FactKind.Refunded, "131", token, 1000, true));
        var argued = dispute.Facts.ShouldHaveSingleItem();
        (argued.Kind, argued.DisputeId, argued.PaymentId, argued.AmountMinor, argued.IsHint).ShouldBe((FactKind.Disputed, "77", "403993715521889530", 1050, true));
    }

    [Theory]
    [InlineData("")]
    [InlineData("status=success&txnid=3123")]
    [InlineData("""{"action":"refund","status":"success","amt":"10.00","key":"another"}""")]
    [InlineData("{")]
    [InlineData("[1]")]
    [InlineData("\u0000")]
    public void What_is_neither_signed_nor_known_is_forged(string body) => Read(body).IsForged.ShouldBeTrue();

    [Theory]
    [InlineData(1, "0.01")]
    [InlineData(100, "1.00")]
    [InlineData(123_456_789, "1234567.89")]
    public void Amounts_have_two_decimals(long minor, string amount)
    {
        PayuFields.Amount(minor).ShouldBe(amount);
        PayuFields.Minor(amount).ShouldBe(minor);
    }

    [Theory]
    [InlineData("10", 1000L)]
    [InlineData("10.5", 1050L)]
    [InlineData("10.555", null)]
    [InlineData("1e3", null)]
    [InlineData("-1.00", null)]
    [InlineData(".5", null)]
    [InlineData("1,000.00", null)]
    [InlineData("9999999999999", null)]
    [InlineData("", null)]
    public void Other_amounts_are_read_or_are_none(string amount, long? minor) => PayuFields.Minor(amount).ShouldBe(minor);

    [Fact]
    public void A_refunds_token_fits_into_23_characters_and_comes_back_whole()
    {
        foreach (var token in Enumerable.Range(0, 1000).Select(_ => Guid.CreateVersion7().ToString("N")).Append(new string('f', 32)).Append(new string('0', 32)))
        {
            PayuFields.Shortened(token).Length.ShouldBe(22);
            PayuFields.Restored(PayuFields.Shortened(token)).ShouldBe(token);
        }

        PayuFields.Restored(new string('z', 22)).ShouldBeNull();
        PayuFields.Restored("short").ShouldBeNull();
    }

    private static Webhook Read(string body) => PayuWebhooks.Read(Vectors.Request("", "", body), Key, [Salt]);
}
