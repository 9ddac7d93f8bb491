using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Careline.Bench.Faults;

/// <summary>Documents are uploaded while the host is killed again and again; then what was acknowledged must be there, whole, and nothing listed may be without its content.</summary>
internal static class Uploads
{
    private const string Path = "/api/medical-files/";
    private const int Workers = 8;
    private const int Characters = 300_000;

    /// <summary>Says <c>.begun</c>, uploads until so many were acknowledged, says <c>.looking</c>, and looks.</summary>
    public static async Task<int> RunAsync(Uri url, int wanted, Action<string> say)
    {
        using var api = new Api(url, Workers);
        var access = (string)(await api.RegisterAsync("uploads.patient", "securepassword"))["access"]!;
        using var client = new HttpClient { BaseAddress = url, Timeout = TimeSpan.FromSeconds(30) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", access);
        say(".begun");
        var (acknowledged, failures) = (new ConcurrentDictionary<Guid, string>(), 0);
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(async _ =>
        {
            while (acknowledged.Count < wanted)
            {
                var text = Convert.ToHexString(RandomNumberGenerator.GetBytes(Characters / 2));
                if (await UploadAsync(client, text) is { } id)
                {
                    acknowledged[id] = text;
                }
                else
                {
                    Interlocked.Increment(ref failures);
                    await Task.Delay(100);
                }
            }
        }));
        say(".looking");
        await UntilUpAsync(client);
        return await LookAsync(client, acknowledged, failures);
    }

    private static async Task<int> LookAsync(HttpClient client, ConcurrentDictionary<Guid, string> acknowledged, int failures)
    {
        var verdicts = new Verdicts();
        verdicts.Expect(failures > 0, $"{acknowledged.Count} uploads acknowledged, {failures} broken off by a kill");
        var lost = 0;
        foreach (var (id, text) in acknowledged)
        {
            lost += await ContentAsync(client, id) == text ? 0 : 1;
        }

        verdicts.Expect(lost == 0, $"{lost} of {acknowledged.Count} acknowledged uploads lost or changed");
        var (listed, empty) = (0, 0);
        for (var page = 1; ; page++)
        {
            var rows = JsonNode.Parse(await client.GetStringAsync(string.Create(CultureInfo.InvariantCulture, $"{Path}?page_size=100&page={page}")))!["data"]!.AsArray();
            foreach (var row in rows)
            {
                listed++;
                empty += (await ContentAsync(client, Guid.Parse((string)row!["id"]!)))?.Length == Characters ? 0 : 1;
            }

            if (rows.Count < 100)
            {
                break;
            }
        }

        verdicts.Expect(empty == 0 && listed >= acknowledged.Count, $"{listed} documents listed, {empty} without their whole content");
        return verdicts.ExitCode;
    }

    private static async Task<Guid?> UploadAsync(HttpClient client, string text)
    {
        using var file = new ByteArrayContent(Encoding.ASCII.GetBytes(text));
        file.Headers.ContentType = new MediaTypeHeaderValue("text/plain");
        using var form = new MultipartFormDataContent { { new StringContent("other"), "kind" }, { file, "file", "letter.txt" } };
        try
        {
            using var answer = await client.PostAsync(Path, form);
            return answer.StatusCode == HttpStatusCode.Created
                ? Guid.Parse((string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["data"]!["id"]!) : null;
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException or TaskCanceledException)
        {
            return null;
        }
    }

    private static async Task<string?> ContentAsync(HttpClient client, Guid id)
    {
        try
        {
            using var answer = await client.GetAsync($"{Path}{id}/content/");
            return answer.IsSuccessStatusCode ? await answer.Content.ReadAsStringAsync() : null;
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException)
        {
            return null;
        }
    }

    private static async Task UntilUpAsync(HttpClient client)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                using var answer = await client.GetAsync("/health/");
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (Exception down) when (down is HttpRequestException or IOException && tries < 200)
            {
                await Task.Delay(200);
            }
        }
    }
}
