using System.Text.Json.Nodes;

namespace Careline.Bench.Faults;

/// <summary>A refresh token that is used again ends everything that came of it; of many who exchange one at once a single one gets its successor.</summary>
internal static class StolenTokens
{
    private const int AtOnce = 64;
    private const int Sleepers = 4;
    private const string Password = "correct horse battery staple";

    public static async Task<int> RunAsync(Uri url, int replays, int races)
    {
        using var api = new Api(url, AtOnce);
        var verdicts = new Verdicts();
        await api.RegisterAsync("race.person", Password);
        await api.RegisterAsync("stolen.person", Password);
        await RaceAsync(api, verdicts, races);
        await ReplayAsync(api, verdicts, replays);
        return verdicts.ExitCode;
    }

    private static async Task RaceAsync(Api api, Verdicts verdicts, int races)
    {
        var (oneWon, others, exchangeable) = (0, 0, 0);
        for (var n = 0; n < races; n++)
        {
            var refresh = (string)(await SignInAsync(api, "race.person"))["refresh"]!;
            var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var callers = Enumerable.Range(0, AtOnce).Select(async _ =>
            {
                await start.Task;
                return await RefreshAsync(api, refresh);
            }).ToList();
            start.SetResult();
            var replies = await Task.WhenAll(callers);
            var won = replies.Where(r => r.Status == 200).ToList();
            oneWon += won.Count == 1 ? 1 : 0;
            others += replies.Count(r => r.Verdict == "409 REFRESH_IN_PROGRESS");
            foreach (var winner in won)
            {
                exchangeable += (await RefreshAsync(api, (string)winner.Data["refresh"]!)).Status == 200 ? 1 : 0;
            }
        }

        verdicts.Expect(
            oneWon == races && exchangeable == races, $"{AtOnce} exchanges of one token at once, {races} times: {oneWon} times one successor, {exchangeable} of which live");
        verdicts.Expect(others == races * (AtOnce - 1), $"the others were asked to wait: {others} of {races * (AtOnce - 1)}");
    }

    private static async Task ReplayAsync(Api api, Verdicts verdicts, int replays)
    {
        var families = new (string Stolen, JsonNode Successor)[replays + Sleepers];
        await InParallelAsync(families.Length, async n =>
        {
            var stolen = (string)(await SignInAsync(api, "stolen.person"))["refresh"]!;
            families[n] = (stolen, (await RefreshAsync(api, stolen)).Data);
        });

        // Just exchanged: making the others may have taken longer than that.
        var young = (string)families[^1].Successor["refresh"]!;
        families[^1] = (young, (await RefreshAsync(api, young)).Data);
        var early = await RefreshAsync(api, young);
        verdicts.Expect(early.Verdict == "409 REFRESH_IN_PROGRESS", $"again within ten seconds: {early.Verdict}");
        var alive = await api.GetAsync("/api/auth/profile/", (string)families[^1].Successor["access"]!);
        verdicts.Expect(alive.Status == 200, $"and nothing ended: {alive.Verdict}");

        await api.PostAsync("/dev/clock/", new { advance_seconds = 11 });
        var (refused, accessDead, refreshDead, longest) = (0, 0, 0, 0.0);
        await InParallelAsync(replays, async n =>
        {
            var (stolen, successor) = families[n];
            var replay = await RefreshAsync(api, stolen);
            var access = await api.GetAsync("/api/auth/profile/", (string)successor["access"]!);
            var refresh = await RefreshAsync(api, (string)successor["refresh"]!);
            lock (verdicts)
            {
                refused += replay.Verdict == "401 INVALID_TOKEN" ? 1 : 0;
                accessDead += access.Status == 401 ? 1 : 0;
                refreshDead += refresh.Verdict == "401 INVALID_TOKEN" ? 1 : 0;
                longest = Math.Max(longest, replay.Milliseconds);
            }
        });
        verdicts.Expect(
            refused == replays && accessDead == replays && refreshDead == replays,
            $"{replays} replays after it: {refused} refused, the next request with the family's access token refused {accessDead} times, its refresh token {refreshDead}; a replay took {longest:F0} ms at most");
        var living = 0;
        foreach (var (_, successor) in families[replays..])
        {
            living += (await RefreshAsync(api, (string)successor["refresh"]!)).Status == 200 ? 1 : 0;
        }

        verdicts.Expect(living == Sleepers, $"of {Sleepers} sign-ins of the same person that nobody replayed {living} live on");
    }

    private static Task InParallelAsync(int count, Func<int, Task> work) =>
        Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (n, _) => await work(n));

    // A wait for the one processor that hashes passwords is no refusal.
    private static async Task<JsonNode> SignInAsync(Api api, string name) =>
        (await api.PostAsync("/api/auth/login/", new { username = name, password = Password })).Data;

    private static Task<Reply> RefreshAsync(Api api, string refresh) => api.PostAsync("/api/auth/refresh/", new { refresh });
}
