using Careline.Gateways.Contracts;

namespace Careline.Tests.Payments.Gateways;

/// <summary>However a call ends, it is an answer, a refusal or an absence, and nothing is asked twice that could be done twice.</summary>
public sealed class GatewayLineTests
{
    public static TheoryData<string> All => new(nameof(Gateway.Stripe), nameof(Gateway.Paystack), nameof(Gateway.Razorpay), nameof(Gateway.Payu));

    [Theory]
    [MemberData(nameof(All))]
    public async Task Who_does_not_answer_is_away(string name)
    {
        var gateway = Enum.Parse<Gateway>(name);
        foreach (var status in new[] { 500, 502, 503, 408, 409, 429, 302 })
        {
            foreach (var (what, ask) in Wire.Questions(gateway, Wire.Trace).Where(q => IsAsked(gateway, q.Name)))
            {
                await Should.ThrowAsync<GatewayAway>(() => ask(Wire.Answering(status, "{}").Of(gateway)), $"{status} to {what}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_line_that_breaks_is_away(string name)
    {
        var gateway = Enum.Parse<Gateway>(name);
        foreach (var error in new Exception[] { new HttpRequestException("no route"), new TaskCanceledException("slow"), new IOException("cut") })
        {
            await Should.ThrowAsync<GatewayAway>(() => new Wire(_ => throw error).Of(gateway).AskAsync(Wire.Trace, CancellationToken.None));
        }

        foreach (var garbage in new[] { "", "<html>", "null", "3", "\"x\"", "{", new string('a', 300_000), "[" + new string(' ', 300_000) + "]" })
        {
            await Should.ThrowAsync<GatewayAway>(() => Wire.Answering(200, garbage).Of(gateway).AskAsync(Wire.Trace, CancellationToken.None));
        }
    }

    [Theory]
    [InlineData(nameof(Gateway.Stripe), """{"error":{"type":"card_error","code":"card_declined","decline_code":"lost_card"}}""", "lost_card")]
    [InlineData(nameof(Gateway.Stripe), """{"error":{"code":"<script>"}}""", "HTTP_400")]
    [InlineData(nameof(Gateway.Stripe), "nonsense", "HTTP_400")]
    [InlineData(nameof(Gateway.Paystack), """{"status":false,"message":"Duplicate Transaction Reference"}""", "duplicate_reference")]
    [InlineData(nameof(Gateway.Paystack), """{"status":false,"code":"invalid_params"}""", "invalid_params")]
    [InlineData(nameof(Gateway.Razorpay), """{"error":{"code":"BAD_REQUEST_ERROR","reason":"input_validation_failed"}}""", "input_validation_failed")]
    [InlineData(nameof(Gateway.Razorpay), """{"error":{"code":"BAD_REQUEST_ERROR","reason":"NA"}}""", "BAD_REQUEST_ERROR")]
    public async Task Who_says_no_refuses_with_a_code(string name, string body, string code)
    {
        var gateway = Enum.Parse<Gateway>(name);

        var refused = await Should.ThrowAsync<GatewayRefused>(() => Wire.Answering(400, body).Of(gateway).StartAsync(Wire.Order(gateway), CancellationToken.None));

        refused.Code.ShouldBe(code);
        refused.Message.ShouldNotContain("script");
    }

    [Fact]
    public async Task Payu_refuses_within_an_answer()
    {
        var wire = new Wire(r => Wire.Reply(200, r.Content!.ReadAsStringAsync().GetAwaiter().GetResult().Contains("check_action", StringComparison.Ordinal)
            ? """{"status":0,"transaction_details":{"11":"No action status found"}}""" : """{"status":0,"msg":"token is used","error_code":105}"""));

        (await Should.ThrowAsync<GatewayRefused>(() => wire.Of(Gateway.Payu).RefundAsync(new GatewayRefund(new string('a', 32), Wire.Trace, 1), CancellationToken.None))).Code.ShouldBe("105");
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_question_about_what_is_not_there_has_an_empty_answer_and_one_that_is_refused_has_none(string name)
    {
        var gateway = Enum.Parse<Gateway>(name);
        if (gateway != Gateway.Payu)
        {
            (await Wire.Answering(404, "{}").Of(gateway).AskAsync(Wire.Trace, CancellationToken.None)).ShouldBeEmpty();
        }

        await Should.ThrowAsync<GatewayAway>(() => Wire.Answering(401, "{}").Of(gateway).AskAsync(Wire.Trace, CancellationToken.None));

        // A refund that was given is not taken back by a key that no longer opens.
        foreach (var status in new[] { 401, 404 })
        {
            await Should.ThrowAsync<GatewayAway>(() => Wire.Answering(status, "{}").Of(gateway)
                .RefundAsync(new GatewayRefund(new string('a', 32), Wire.Trace, 1, "12"), CancellationToken.None));
        }
    }

    [Fact]
    public async Task Only_what_does_no_harm_is_asked_again()
    {
        (await CallsAsync(Gateway.Stripe, g => g.StartAsync(Wire.Order(Gateway.Stripe), CancellationToken.None))).ShouldBe(3);
        (await CallsAsync(Gateway.Stripe, g => g.AskAsync(Wire.Trace, CancellationToken.None))).ShouldBe(3);
        (await CallsAsync(Gateway.Stripe, g => g.AnswerDisputeAsync("1", "words", CancellationToken.None))).ShouldBe(1);
        (await CallsAsync(Gateway.Paystack, g => g.StartAsync(Wire.Order(Gateway.Paystack), CancellationToken.None))).ShouldBe(1);
        (await CallsAsync(Gateway.Paystack, g => g.ChargeAsync(Wire.Order(Gateway.Paystack), "a|b", CancellationToken.None))).ShouldBe(1);
        (await CallsAsync(Gateway.Razorpay, g => g.RefundAsync(new GatewayRefund(new string('a', 32), Wire.Trace, 1), CancellationToken.None))).ShouldBe(3);
        (await CallsAsync(Gateway.Payu, g => g.AskAsync(Wire.Trace, CancellationToken.None))).ShouldBe(3);

        static async Task<int> CallsAsync(Gateway gateway, Func<IPaymentGateway, Task> ask)
        {
            var wire = Wire.Answering(503, "{}");
            await Should.ThrowAsync<GatewayAway>(() => ask(wire.Of(gateway)));
            return wire.Calls;
        }
    }

    [Fact]
    public async Task A_refund_whose_answer_was_lost_is_not_asked_for_again_but_looked_for()
    {
        var asked = 0;
        var wire = new Wire(request => request.Method == HttpMethod.Post
            ? ++asked > 0 ? throw new HttpRequestException("cut") : null!
            : Wire.Reply(200, asked == 0 ? """{"status":true,"data":[]}"""
                : $$$"""{"status":true,"data":[{"id":5,"transaction":11,"amount":"100000","currency":"NGN","status":"pending","merchant_note":"{{{new string('a', 32)}}}"}]}"""));
        var gateway = wire.Of(Gateway.Paystack);
        var refund = new GatewayRefund(new string('a', 32), Wire.Trace with { Currency = "NGN" }, 100_000);

        await Should.ThrowAsync<GatewayAway>(() => gateway.RefundAsync(refund, CancellationToken.None));
        var found = await gateway.RefundAsync(refund, CancellationToken.None);

        (found.RefundId, found.Kind, asked).ShouldBe(("5", FactKind.RefundPending, 1));
    }

    [Fact]
    public async Task Who_is_away_all_the_time_is_left_alone_for_a_while()
    {
        var wire = Wire.Answering(500, "{}");
        var gateway = wire.Of(Gateway.Payu);
        for (var i = 0; i < 20; i++)
        {
            await Should.ThrowAsync<GatewayAway>(() => gateway.AskAsync(Wire.Trace, CancellationToken.None));
        }

        var before = wire.Calls;
        (await Should.ThrowAsync<GatewayAway>(() => gateway.AskAsync(Wire.Trace, CancellationToken.None))).Code.ShouldBe("LEFT_ALONE");
        (wire.Calls, before).ShouldBe((before, 20));
    }

    [Fact]
    public async Task Who_stops_waiting_is_told_of_that_and_of_nothing_else()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => Wire.Answering(200, "{}").Of(Gateway.Stripe).AskAsync(Wire.Trace, stop.Token));
    }

    [Fact]
    public async Task Stripe_is_told_the_version_and_the_key_of_the_call()
    {
        var wire = Wire.Answering(200, """{"id":"cs_1","url":"https://checkout.stripe.com/c/pay/cs_1"}""");

        var checkout = await wire.Of(Gateway.Stripe).StartAsync(Wire.Order(Gateway.Stripe), CancellationToken.None);

        checkout.Url!.Host.ShouldBe("checkout.stripe.com");
        wire.Last!.Headers.GetValues("Idempotency-Key").ShouldBe(["0123456789abcdef01234567"]);
        wire.Last.Headers.GetValues("Stripe-Version").ShouldHaveSingleItem();
        wire.Last.Headers.Authorization!.ToString().ShouldBe("Bearer sk_test_1");
    }

    [Fact]
    public async Task Payus_form_is_hashed_and_holds_no_pipe()
    {
        var payu = Wire.Answering(200, "{}").Of(Gateway.Payu);
        var order = Wire.Order(Gateway.Payu);

        var form = (await payu.StartAsync(order, CancellationToken.None)).Form!;

        (form["txnid"], form["amount"], form["productinfo"]).ShouldBe((order.Reference, "5000.00", order.Description));
        form["hash"].ShouldBe(Careline.Gateways.Payu.PayuHash.OfRequest(form, "s1"));
        form.Keys.ShouldNotContain("salt");
        await Should.ThrowAsync<GatewayRefused>(() => payu.StartAsync(order with { Description = "A|B" }, CancellationToken.None));
        await Should.ThrowAsync<GatewayRefused>(() => payu.StartAsync(order with { Payer = order.Payer with { Name = "B|C" } }, CancellationToken.None));
        await Should.ThrowAsync<GatewayRefused>(() => payu.StartAsync(order with { Currency = "USD" }, CancellationToken.None));
        var cut = (await payu.StartAsync(order with { Description = new string('d', 200), Payer = order.Payer with { Name = new string('n', 200), Email = new string('e', 60) } }, CancellationToken.None)).Form!;
        (cut["productinfo"].Length, cut["firstname"].Length, cut["email"]).ShouldBe((100, 60, "payments@careline.invalid"));
    }

    // What is refused without a call.
    private static bool IsAsked(Gateway gateway, string what) => (gateway, what) switch
    {
        (Gateway.Razorpay, "charge") => false,
        (Gateway.Payu, "start" or "charge" or "answer" or "accept") => false,
        _ => true,
    };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_refund_that_paystack_refuses_since_another_host_made_it_meanwhile_is_made(bool wasMade)
    {
        var (token, asked) = (new string('a', 32), 0);
        var wire = new Wire(r => r.Method == HttpMethod.Post ? Wire.Reply(400, """{"status":false,"code":"refund_amount_exceeded"}""")
            : Wire.Reply(200, asked++ > 0 && wasMade ? $$"""{"status":true,"data":[{"id":7,"transaction":11,"status":"processed","amount":1,"currency":"NGN","merchant_note":"{{token}}"}]}""" : """{"status":true,"data":[]}"""));

        var telling = wire.Of(Gateway.Paystack).RefundAsync(new GatewayRefund(token, Wire.Trace, 1), CancellationToken.None);

        if (wasMade)
        {
            (await telling).RefundId.ShouldBe("7");
        }
        else
        {
            (await Should.ThrowAsync<GatewayRefused>(() => telling)).Code.ShouldBe("refund_amount_exceeded");
        }
    }
}
