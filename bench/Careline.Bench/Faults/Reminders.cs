namespace Careline.Bench.Faults;

/// <summary>Moves visits and calls them off, by the interface, while hosts are being killed: each until it is answered.</summary>
internal static class Reminders
{
    private const int AtOnce = 4;

    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(200);

    /// <param name="url">A host.</param>
    /// <param name="email">The administrator who does it.</param>
    /// <param name="password">The administrator's password.</param>
    /// <param name="lines">What to do: <c>move id start</c> or <c>cancel id</c>.</param>
    public static async Task<int> RunAsync(Uri url, string email, string password, string[] lines)
    {
        using var api = new Api(url, AtOnce);
        var verdicts = new Verdicts();
        var access = (string)(await AnsweredAsync(() => api.PostAsync("/api/auth/login/", new { username = email, password }))).Data["access"]!;
        var done = 0;
        await Parallel.ForEachAsync(lines, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (line, _) =>
        {
            var words = line.Split(' ');
            var answer = await AnsweredAsync(() => words[0] == "move"
                ? api.PostAsync($"/api/appointments/{words[1]}/reschedule/", new { start = words[2] }, access)
                : api.PostAsync($"/api/appointments/{words[1]}/cancel/", new { }, access));

            // A try that was broken off may have done it.
            if (answer.Status is 200 || answer.Verdict is "409 ILLEGAL_MOVE" or "409 SLOT_TAKEN")
            {
                Interlocked.Increment(ref done);
            }
            else
            {
                Console.WriteLine($"        {words[0]}: {answer.Verdict}");
            }
        });
        verdicts.Expect(done == lines.Length, $"{done} of {lines.Length} visits were moved or called off while hosts died");
        return verdicts.ExitCode;
    }

    private static async Task<Reply> AnsweredAsync(Func<Task<Reply>> ask)
    {
        while (true)
        {
            try
            {
                if (await ask() is { Status: < 500 } answer)
                {
                    return answer;
                }
            }
            catch (HttpRequestException)
            {
                // The host is down at present.
            }

            await Task.Delay(_pause);
        }
    }
}
