using System.Net.Sockets;

namespace Careline.Host.Supervision;

internal static class Readiness
{
    public static async Task AnnounceAsync(IReadOnlyList<HostProcess> hosts, Func<Task<bool>> hasDemo, CancellationToken stop)
    {
        try
        {
            using var handler = new SocketsHttpHandler { UseProxy = false };
            using var client = new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(5) };
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
            foreach (var address in hosts.Select(host => host.Addresses[0]))
            {
                while (!await AnswersAsync(client, address, stop))
                {
                    await timer.WaitForNextTickAsync(stop);
                }
            }

            StartBanner.Show(hosts.SelectMany(host => host.Addresses).Select(address => address.ReachableUrl).ToList(), await hasDemo());
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
    }

    private static async Task<bool> AnswersAsync(HttpClient client, ListenAddress address, CancellationToken stop)
    {
        try
        {
            if (address.Scheme == "https")
            {
                // Its certificate need not name the loopback address, so only the listening is looked at.
                using var socket = new TcpClient();
                var url = new Uri(address.ReachableUrl);
                await socket.ConnectAsync(url.Host, url.Port, stop);
                return true;
            }

            using var answer = await client.GetAsync(new Uri(new Uri(address.ReachableUrl), "/health/"), stop);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or SocketException || (e is OperationCanceledException && !stop.IsCancellationRequested))
        {
            return false;
        }
    }
}
