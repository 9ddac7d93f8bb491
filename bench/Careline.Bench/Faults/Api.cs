using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Careline.Bench.Faults;

/// <summary>What came back: the status, the body, and how many milliseconds it took.</summary>
internal sealed record Reply(int Status, JsonNode? Body, double Milliseconds)
{
    public JsonNode Data => Body?["data"] ?? throw new InvalidOperationException($"Answered {Status} without data: {Body}");

    /// <summary>The status, and the code of a refusal.</summary>
    public string Verdict => Body?["error"]?["code"] is { } code ? $"{Status} {code}" : Status.ToString(CultureInfo.InvariantCulture);
}

/// <summary>The API as anybody on the network reaches it, and the sandbox's inbox.</summary>
internal sealed partial class Api(Uri url, int connections) : IDisposable
{
    // A run may be halted for minutes while somebody else needs the machine.
    private readonly HttpClient _client = new(new SocketsHttpHandler { MaxConnectionsPerServer = connections })
    {
        BaseAddress = url,
        Timeout = TimeSpan.FromMinutes(30),
    };

    public void Dispose() => _client.Dispose();

    public Task<Reply> GetAsync(string path, string? token = null) => SendAsync(HttpMethod.Get, path, null, token);

    public Task<Reply> PostAsync(string path, object body, string? token = null) => SendAsync(HttpMethod.Post, path, body, token);

    public Task<Reply> DeleteAsync(string path, string token) => SendAsync(HttpMethod.Delete, path, null, token);

    /// <summary>Makes a patient and signs in.</summary>
    public async Task<JsonNode> RegisterAsync(string name, string password, string? phone = null) => (await PostAsync("/api/auth/register/", new
    {
        username = name,
        email = name + "@example.com",
        password,
        first_name = "Ngozi",
        last_name = "Eze",
        user_type = "patient",
        phone,
    })).Data;

    /// <summary>Asks for a code and waits for it to be sent.</summary>
    public async Task<(string Challenge, string Code)> SendCodeAsync(string phone)
    {
        var inbox = "/dev/inbox/?to=" + Uri.EscapeDataString(phone);
        var before = await NewestAsync();
        var challenge = (string)(await PostAsync("/api/auth/send-otp/", new { phone })).Data["challenge_id"]!;
        while (true)
        {
            if (await NewestAsync() is { } message && message.Id != before?.Id)
            {
                return (challenge, SixDigits().Match(message.Text).Value);
            }

            await Task.Delay(50);
        }

        async Task<(string Id, string Text)?> NewestAsync() =>
            (await GetAsync(inbox)).Data.AsArray().FirstOrDefault() is { } newest ? ((string)newest["id"]!, (string)newest["text"]!) : null;
    }

    private async Task<Reply> SendAsync(HttpMethod method, string path, object? body, string? token)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = body is null ? null : JsonContent.Create(body);
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        var start = Stopwatch.GetTimestamp();
        using var answer = await _client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        var took = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        return new Reply((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType == "application/json" ? JsonNode.Parse(text) : null, took);
    }

    [GeneratedRegex("[0-9]{6}")]
    private static partial Regex SixDigits();
}
