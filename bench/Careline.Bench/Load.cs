using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;

namespace Careline.Bench;

/// <summary>What came back: how many answers in how long, how many were not the expected one, and how long each took in milliseconds.</summary>
internal sealed record Answers(int Count, int Unexpected, TimeSpan Took, double[] Sorted)
{
    public double PerSecond => Count / Took.TotalSeconds;

    public double Percentile(double share) => Sorted.Length == 0 ? double.NaN : Sorted[Math.Min(Sorted.Length - 1, (int)(share * Sorted.Length))];
}

/// <summary>Sends requests of one kind: as fast as answers come, or on a schedule.</summary>
internal sealed class Load(HttpClient client, Func<HttpRequestMessage?> next, HttpStatusCode expected)
{
    private readonly ConcurrentBag<double> _milliseconds = [];
    private int _unexpected;

    /// <summary>Always as many in flight as there are connections.</summary>
    public async Task<Answers> ClosedAsync(int connections, TimeSpan time)
    {
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(async _ =>
        {
            while (watch.Elapsed < time && next() is { } request)
            {
                await SendAsync(request, Stopwatch.GetTimestamp());
            }
        }));
        return Collect(watch.Elapsed);
    }

    /// <summary>One every so often, answered or not; timed from the moment it was due, so that a stall is charged to all who wait behind it.</summary>
    public async Task<Answers> OpenAsync(int rate, TimeSpan time)
    {
        var start = Stopwatch.GetTimestamp();
        var running = new List<Task>();
        for (var i = 0; i < rate * time.TotalSeconds && next() is { } request; i++)
        {
            var due = start + (i * Stopwatch.Frequency / rate);
            while (Stopwatch.GetTimestamp() < due)
            {
                await Task.Delay(1);
            }

            running.Add(Task.Run(() => SendAsync(request, due)));
        }

        await Task.WhenAll(running);
        return Collect(Stopwatch.GetElapsedTime(start));
    }

    private async Task SendAsync(HttpRequestMessage request, long from)
    {
        using (request)
        {
            try
            {
                using var answer = await client.SendAsync(request);
                if (answer.StatusCode != expected)
                {
                    Interlocked.Increment(ref _unexpected);
                }
            }
            catch (Exception error) when (error is HttpRequestException or TaskCanceledException)
            {
                Interlocked.Increment(ref _unexpected);
            }
        }

        _milliseconds.Add(Stopwatch.GetElapsedTime(from).TotalMilliseconds);
    }

    private Answers Collect(TimeSpan took) => new(_milliseconds.Count, _unexpected, took, [.. _milliseconds.Order()]);
}
