using System.Text;
using System.Text.Json;
using Careline.Gateways.Contracts;
using Careline.Gateways.Paystack;
using Careline.Gateways.Payu;
using Careline.Gateways.Razorpay;
using Careline.Gateways.Stripe;

namespace Careline.Bench.Faults;

/// <summary>Reads webhooks that others signed: all are taken, and none of which a byte was changed.</summary>
internal static class SignedWebhooks
{
    private static readonly string[] _hashed =
        ["key", "txnid", "amount", "productinfo", "firstname", "email", "udf1", "udf2", "udf3", "udf4", "udf5", "status", "hash"];

    public static async Task<int> RunAsync(string file, bool isChanging)
    {
        var verdicts = new Verdicts();
        var events = (await File.ReadAllLinesAsync(file)).Select(line => JsonSerializer.Deserialize<Signed>(line, JsonSerializerOptions.Web)!).ToList();
        foreach (var gateway in events.GroupBy(e => e.Gateway))
        {
            var taken = gateway.Count(e => IsTaken(e) && Read(e).Facts.Count == 1);
            verdicts.Expect(taken == gateway.Count(), $"{gateway.Key}: {taken} of {gateway.Count()} events taken, each with its fact");
            var (changed, wrong) = (0, 0);
            foreach (var e in gateway.SelectMany(e => Changed(e, isChanging ? (byte)1 : (byte)0)))
            {
                changed++;
                wrong += IsTaken(e) ? 1 : 0;
            }

            verdicts.Expect(wrong == 0 && changed > 0, $"{gateway.Key}: {wrong} of {changed} taken of which one byte was changed");
        }

        verdicts.Expect(events.Select(e => e.Gateway).Distinct().Count() == 4, "four gateways");
        return verdicts.ExitCode;
    }

    private static bool IsTaken(Signed e) => !Read(e).IsForged;

    private static Webhook Read(Signed e)
    {
        var request = new WebhookRequest(
            name => string.Equals(name, e.Header, StringComparison.OrdinalIgnoreCase) ? e.Signature : null, e.Body, DateTimeOffset.FromUnixTimeSeconds(e.Time));
        return e.Gateway switch
        {
            "stripe" => StripeWebhooks.Read(request, [e.Secret], isLive: false),
            "razorpay" => RazorpayWebhooks.Read(request, [e.Secret]),
            "payu" => PayuWebhooks.Read(request, e.Secret.Split('|')[0], [e.Secret.Split('|')[1]]),
            _ => PaystackWebhooks.Read(request, [e.Secret], isLive: false),
        };
    }

    // PayU's hash is over values, not over the bytes of the body, of which some write the same value in another way.
    private static IEnumerable<Signed> Changed(Signed e, byte mask)
    {
        if (e.Gateway == "payu")
        {
            var fields = PayuFields.Read(e.Body)!;
            return from name in _hashed
                   from value in Changed(Encoding.UTF8.GetBytes(fields.GetValueOrDefault(name, "")), mask)
                   select e with { Body = Encoding.ASCII.GetBytes(string.Join('&', fields.Select(f => $"{f.Key}={Escaped(f.Key == name ? value : Encoding.UTF8.GetBytes(f.Value))}"))) };
        }

        return Changed(e.Body, mask).Select(body => e with { Body = body })
            .Concat(Changed(Encoding.ASCII.GetBytes(e.Signature), mask).Select(s => e with { Signature = Encoding.Latin1.GetString(s) }));
    }

    private static IEnumerable<byte[]> Changed(byte[] bytes, byte mask)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            var copy = bytes.ToArray();
            copy[i] ^= mask;
            yield return copy;
        }
    }

    private static string Escaped(byte[] bytes) => string.Concat(bytes.Select(b => "%" + Convert.ToHexString([b])));

    private sealed record Signed(string Gateway, string Secret, string Header, string Signature, byte[] Body, long Time);
}
