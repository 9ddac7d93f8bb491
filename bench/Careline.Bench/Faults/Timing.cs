using System.Globalization;
using System.Text.Json.Nodes;

namespace Careline.Bench.Faults;

/// <summary>Whether an answer, or how long it takes, tells that a number or an address has an account.</summary>
internal static class Timing
{
    private const int People = 20;
    private const int Warmup = 50;
    private const double MostApart = 5;

    public static async Task<int> RunAsync(Uri url, int pairs)
    {
        using var api = new Api(url, 1);
        var verdicts = new Verdicts();
        for (var n = 0; n < People; n++)
        {
            await api.RegisterAsync(Known(n), "correct horse battery " + Known(n), Phone("0", n));
        }

        await CompareAsync(api, verdicts, pairs, "send-otp", (isKnown, n) => new { phone = Phone(isKnown ? "0" : "1", n) });
        await CompareAsync(api, verdicts, pairs, "password-reset", (isKnown, n) => new { email = (isKnown ? Known(n) : Unknown(n)) + "@example.com" });

        // An address that is taken cannot be answered with tokens of a new account, as the contract promises them: registering tells. What is
        // compared is that nothing is told to who sends what could not be registered anyway.
        await CompareAsync(api, verdicts, pairs, "register", (isKnown, n) => new
        {
            email = (isKnown ? Known(n) : Unknown(n)) + "@example.com",
            password = "short",
            first_name = "Ngozi",
            last_name = "Eze",
        });
        await CompareAsync(
            api, verdicts, pairs, "login", (isKnown, n) => new { username = isKnown ? Known(n) : Unknown(n), password = "not the password" });
        return verdicts.ExitCode;
    }

    private static async Task CompareAsync(Api api, Verdicts verdicts, int pairs, string route, Func<bool, int, object> body)
    {
        var (known, unknown, shapes) = (new List<double>(), new List<double>(), new HashSet<string>());
        var random = new Random(7);
        for (var n = 0; n < pairs + Warmup; n++)
        {
            // Which of the two comes first must not matter.
            foreach (var isKnown in random.Next(2) == 0 ? [true, false] : new[] { false, true })
            {
                var reply = await api.PostAsync($"/api/auth/{route}/", body(isKnown, n % People));
                shapes.Add(reply.Verdict + " " + ShapeOf(reply.Body));
                if (n >= Warmup)
                {
                    (isKnown ? known : unknown).Add(reply.Milliseconds);
                }
            }
        }

        verdicts.Expect(shapes.Count == 1, $"{route}: {(shapes.Count == 1 ? "one answer for both: " : "")}{string.Join(" | ", shapes)}");
        var apart = Math.Abs(Median(known) - Median(unknown));
        verdicts.Expect(apart < MostApart, string.Create(
            CultureInfo.InvariantCulture,
            $"{route}: medians of {pairs} pairs {Median(known):F2} ms known, {Median(unknown):F2} ms unknown: {apart:F2} ms apart"));
    }

    private static string Known(int n) => string.Create(CultureInfo.InvariantCulture, $"known.person.{n:D2}");

    private static string Unknown(int n) => string.Create(CultureInfo.InvariantCulture, $"other.person.{n:D2}");

    private static string Phone(string block, int n) => string.Create(CultureInfo.InvariantCulture, $"+23480300{block}01{n:D2}");

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);

    // Names and kinds of the members, and the words that were said; ids and times differ between any two answers.
    private static string ShapeOf(JsonNode? node) => node switch
    {
        JsonObject members => "{" + string.Join(",", members.Select(m => m.Key + (m.Key is "message" ? $"={m.Value}" : ":" + ShapeOf(m.Value)))) + "}",
        JsonArray items => "[" + string.Join(",", items.Select(ShapeOf)) + "]",
        null => "null",
        _ => node.GetValueKind().ToString(),
    };
}
