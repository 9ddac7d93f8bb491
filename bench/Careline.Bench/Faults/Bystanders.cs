using System.Globalization;
using System.Net;

namespace Careline.Bench.Faults;

/// <summary>Ordinary requests on a schedule while something else goes on: each must be answered, and soon.</summary>
internal static class Bystanders
{
    private const int Rate = 20;
    private const double MostMilliseconds = 1000;

    public static async Task<int> RunAsync(Uri url, int seconds)
    {
        // Each as from another visitor: a connection that is open already would not notice that no new one is let in.
        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 200, PooledConnectionLifetime = TimeSpan.Zero })
        {
            BaseAddress = url,
            Timeout = TimeSpan.FromSeconds(10),
        };
        var asked = 0;
        var answers = await new Load(
            client,
            () => new HttpRequestMessage(HttpMethod.Get, $"/api/doctors/?page_size={1 + (Interlocked.Increment(ref asked) % 100)}"),
            HttpStatusCode.OK).OpenAsync(Rate, TimeSpan.FromSeconds(seconds));
        var verdicts = new Verdicts();
        verdicts.Expect(
            answers.Unexpected == 0 && answers.Percentile(0.99) < MostMilliseconds,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{answers.Count} ordinary requests on new connections: {answers.Unexpected} not answered; p50 {answers.Percentile(0.5):F0} ms, p99 {answers.Percentile(0.99):F0} ms, longest {answers.Percentile(1):F0} ms"));
        return verdicts.ExitCode;
    }
}
