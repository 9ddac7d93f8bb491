using System.Text;
using System.Text.Json.Nodes;
using Careline.Gateways.Contracts;
using Careline.Gateways.Paystack;
using Careline.Gateways.Payu;
using Careline.Gateways.Razorpay;
using Careline.Gateways.Stripe;
using Careline.Tests.Corpora;

namespace Careline.Tests.Payments.Gateways;

/// <summary>Whatever a gateway sends, an adapter ends by an answer, a refusal or an absence.</summary>
public sealed class HostileAnswerTests(Sandbox sandbox) : IClassFixture<Sandbox>
{
    private static readonly string[] _bodies =
    [
        "", " ", "null", "true", "[]", "{}", "[[[[[[]]]]]]", "{\"\":0}", "{\"data\":null}", "{\"data\":[null,1,\"x\",[],{}]}", "{\"id\":\"\\ud800\"}", "{\"\\ud800\":1,\"data\":{}}",
        "{\"status\":true,\"data\":{\"status\":\"success\",\"amount\":1e999,\"currency\":\"NGN\"}}", "{\"a\":1,\"a\":2}", "{\"items\":[{\"id\":{},\"status\":[]}]}",
        "{\"status\":\"succeeded\",\"id\":\"x\\u0000y\",\"amount\":-5,\"currency\":\"usd\"}", "\ufeff{}", "{\"transaction_details\":[]}", "{\"transaction_details\":{\"ref1\":[]}}",
        "{\"transaction_details\":{\"11\":{\"\\ud800\":{\"action\":\"refund\"}}}}", new('[', 1000), new('{', 1000), "{\"a\":" + new string('[', 100) + new string(']', 100) + "}",
    ];

    // In place of each value of each answer.
    private static readonly string[] _values =
        ["null", "true", "\"\"", "[]", "{}", "-1", "1.5", "1e999", "99999999999999999999999", "\"\\ud800\"", "\"a\\u0000b\"", "[[{}]]", "{\"id\":{\"id\":[]}}", "\"9999-12-31T23:59:59.9999999Z\""];

    public static TheoryData<string> All => new(nameof(Gateway.Stripe), nameof(Gateway.Paystack), nameof(Gateway.Razorpay), nameof(Gateway.Payu));

    [Theory]
    [MemberData(nameof(All))]
    public Task No_body_makes_an_adapter_throw_anything_else(string name) => AnswerAllAsync(Enum.Parse<Gateway>(name), _bodies.Select(Encoding.UTF8.GetBytes));

    [Theory]
    [MemberData(nameof(All))]
    public Task No_body_of_the_test_suite_for_json_does(string name) => AnswerAllAsync(Enum.Parse<Gateway>(name), Corpus.JsonBodies().Select(b => b.Body));

    [Theory]
    [MemberData(nameof(All))]
    public async Task No_value_in_a_true_answer_makes_an_adapter_throw_anything_else(string name)
    {
        var gateway = Enum.Parse<Gateway>(name);
        var (_, trace, page) = await sandbox.PaidAsync(gateway, save: true);
        await sandbox.Of(gateway).RefundAsync(new GatewayRefund(Guid.CreateVersion7().ToString("N"), trace, 1000), CancellationToken.None);
        await sandbox.DisputeAsync(page);
        sandbox.Exchanges.Clear();
        await sandbox.Of(gateway).AskAsync(trace, CancellationToken.None);
        var answers = sandbox.Exchanges.GroupBy(e => e.Address.AbsolutePath + e.Asked).ToDictionary(g => g.Key, g => g.First().Answer);
        answers.ShouldNotBeEmpty();

        var tried = 0;
        foreach (var (asked, answer) in answers)
        {
            foreach (var changed in Changed(answer))
            {
                tried++;
                var wire = new Wire(r =>
                {
                    var key = r.RequestUri!.AbsolutePath + (r.Content?.ReadAsStringAsync().GetAwaiter().GetResult() ?? "");
                    return Wire.Reply(200, key == asked || !answers.TryGetValue(key, out var usual) ? changed : usual);
                });
                await EndsAsync(() => wire.Of(gateway).AskAsync(trace, CancellationToken.None), changed);
            }
        }

        tried.ShouldBeGreaterThan(100);
    }

    [Fact]
    public void No_signed_webhook_makes_a_reader_throw()
    {
        foreach (var body in _bodies.Concat(_bodies.Select(b => $"{{\"event\":\"charge.success\",\"type\":\"refund.created\",\"data\":{{\"object\":{b}}},\"payload\":{b}}}")))
        {
            StripeWebhooks.Read(Vectors.Request("Stripe-Signature", Vectors.Stripe("s", body), body), ["s"], false).Facts.ShouldBeEmpty();
            PaystackWebhooks.Read(Vectors.Request("x-paystack-signature", Vectors.Hmac512("s", body), body), ["s"], false).IsForged.ShouldBeFalse();
            RazorpayWebhooks.Read(Vectors.Request("X-Razorpay-Signature", Vectors.Hmac256("s", body), body), ["s"]).IsForged.ShouldBeFalse();
            PayuWebhooks.Read(Vectors.Request("", "", body), "k", ["s"]).IsForged.ShouldBeTrue();
        }

        foreach (var bytes in Enumerable.Range(0, 256).Select(b => new[] { (byte)b, (byte)'=', (byte)(255 - b), (byte)'%', (byte)'&' }))
        {
            PayuWebhooks.Read(Vectors.Request("", "", bytes), "k", ["s"]).IsForged.ShouldBeTrue();
        }
    }

    private static async Task AnswerAllAsync(Gateway gateway, IEnumerable<byte[]> bodies)
    {
        foreach (var body in bodies)
        {
            foreach (var status in new[] { 200, 400 })
            {
                foreach (var (what, ask) in Wire.Questions(gateway, Wire.Trace))
                {
                    var wire = new Wire(_ => new HttpResponseMessage((System.Net.HttpStatusCode)status) { Content = new ByteArrayContent(body) });
                    await EndsAsync(() => ask(wire.Of(gateway)), what + " " + Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, 200))));
                }
            }
        }
    }

    private static async Task EndsAsync(Func<Task> ask, string what)
    {
        try
        {
            await ask();
        }
        catch (Exception error) when (error is GatewayRefused or GatewayAway)
        {
            // As promised.
        }
        catch (Exception error)
        {
            Assert.Fail($"{error.GetType().Name}: {error.Message} of {what}");
        }
    }

    private static IEnumerable<string> Changed(string answer)
    {
        foreach (var place in Places(JsonNode.Parse(answer)!))
        {
            foreach (var value in _values)
            {
                yield return place(value);
            }
        }

        IEnumerable<Func<string, string>> Places(JsonNode root)
        {
            var open = new Stack<JsonNode>([root]);
            var paths = new List<string>();
            while (open.TryPop(out var node))
            {
                foreach (var child in node switch { JsonObject o => o.Select(p => p.Value), JsonArray a => a, _ => Enumerable.Empty<JsonNode?>() })
                {
                    if (child is not null)
                    {
                        paths.Add(child.GetPath());
                        open.Push(child);
                    }
                }
            }

            // The text is spliced, since some of the values are none that a node can hold.
            return paths.Select<string, Func<string, string>>(path => value =>
            {
                var copy = JsonNode.Parse(answer)!;
                Find(copy, path).ReplaceWith("@here@");
                return copy.ToJsonString().Replace("\"@here@\"", value, StringComparison.Ordinal);
            });
        }

        static JsonNode Find(JsonNode root, string path)
        {
            var open = new Stack<JsonNode>([root]);
            while (open.TryPop(out var node))
            {
                foreach (var child in node switch { JsonObject o => o.Select(p => p.Value), JsonArray a => a, _ => Enumerable.Empty<JsonNode?>() })
                {
                    if (child?.GetPath() == path)
                    {
                        return child;
                    }

                    if (child is not null)
                    {
                        open.Push(child);
                    }
                }
            }

            throw new InvalidOperationException(path);
        }
    }
}
