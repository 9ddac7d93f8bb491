using System.Collections.Concurrent;
using System.Globalization;

namespace Careline.Bench.Faults;

/// <summary>Every code of six digits against one challenge, as fast as answers come; the right one is tried early, often and last.</summary>
internal static class Codes
{
    private const int All = 1_000_000;
    private const int BeforeTheRightOne = 1000;
    private const int Connections = 16;
    private const string Victim = "+2348030000077";
    private const string Bystander = "+2348030000078";

    // After a hundred failures in a row the number is locked; a challenge stands for five of them at most.
    private const int ChallengesUntilLocked = 21;

    public static async Task<int> RunAsync(Uri url, int codes)
    {
        using var api = new Api(url, Connections);
        var verdicts = new Verdicts();

        // The number has an account, so that a success would open something.
        var first = await api.SendCodeAsync(Victim);
        verdicts.Expect(await TryAsync(api, Victim, first.Challenge, first.Code) == "200", "the owner's own code opens the account");

        var (challenge, right) = await api.SendCodeAsync(Victim);
        var from = int.Parse(right, CultureInfo.InvariantCulture) + All - BeforeTheRightOne;
        var answers = new ConcurrentDictionary<string, int>();
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(async _ =>
        {
            for (var n = Interlocked.Increment(ref next); n < codes; n = Interlocked.Increment(ref next))
            {
                var code = n % 10_000 == 9_999 ? right : ((from + n) % All).ToString("D6", CultureInfo.InvariantCulture);
                answers.AddOrUpdate(await TryAsync(api, Victim, challenge, code), 1, (_, count) => count + 1);
                if (n % 100_000 == 0)
                {
                    Console.Error.WriteLine($"careline: {n} codes tried ...");
                }
            }
        }));
        answers.AddOrUpdate(await TryAsync(api, Victim, challenge, right), 1, (_, count) => count + 1);
        verdicts.Expect(
            answers.Keys.All(verdict => verdict == "401 OTP_INVALID"),
            $"{codes} codes and the right one were answered: {string.Join(", ", answers.Select(a => $"{a.Value} x {a.Key}"))}");

        await LockAsync(api, verdicts);
        var other = await api.SendCodeAsync(Bystander);
        verdicts.Expect(await TryAsync(api, Bystander, other.Challenge, other.Code) == "200", "another number signs in as ever");
        return verdicts.ExitCode;
    }

    private static async Task LockAsync(Api api, Verdicts verdicts)
    {
        for (var n = 1; n < ChallengesUntilLocked; n++)
        {
            var (challenge, code) = await api.SendCodeAsync(Victim);
            for (var tries = 0; tries < 5; tries++)
            {
                await TryAsync(api, Victim, challenge, code == "000000" ? "000001" : "000000");
            }
        }

        var fresh = await api.SendCodeAsync(Victim);
        verdicts.Expect(
            await TryAsync(api, Victim, fresh.Challenge, fresh.Code) == "401 OTP_INVALID",
            $"after {ChallengesUntilLocked - 1} such challenges the number is opened by no code any more, not by the right one of a fresh challenge");
    }

    private static async Task<string> TryAsync(Api api, string phone, string challenge, string code) =>
        (await api.PostAsync("/api/auth/verify-otp/", new { phone, otp = code, challenge_id = challenge })).Verdict;
}
