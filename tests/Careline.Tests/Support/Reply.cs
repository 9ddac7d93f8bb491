using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Careline.Tests.Support;

/// <summary>An answer as a client sees it.</summary>
public sealed record Reply(int Status, string Text, HttpResponseHeaders Headers)
{
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    public JsonElement Data => Status < 300 ? Json.GetProperty("data") : throw new InvalidOperationException($"{Status}: {Text}");

    public IEnumerable<JsonElement> Rows => Data.EnumerateArray();

    public long Total => Json.GetProperty("meta").GetProperty("total").GetInt64();

    public string? ErrorCode => Text.Length == 0 || Status < 400 ? null : Json.GetProperty("error").GetProperty("code").GetString();

    public JsonElement ErrorDetails => Json.GetProperty("error").GetProperty("details");

    public Guid Id => Data.GetProperty("id").GetGuid();

    public string? ETag => Headers.ETag?.ToString();
}

internal static class Http
{
    public static Task<Reply> AskAsync(this HttpClient client, string path) => client.SendAsync("GET", path);

    public static Task<Reply> PostAsync(this HttpClient client, string path, object? body = null, params (string Name, string Value)[] headers) =>
        client.SendAsync("POST", path, body, headers);

    public static async Task<Reply> SendAsync(
        this HttpClient client, string method, string path, object? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Content = body switch
        {
            null => null,
            HttpContent content => content,
            string json => new StringContent(json, new MediaTypeHeaderValue("application/json")),
            _ => JsonContent.Create(body),
        };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await client.SendAsync(request);
        return new Reply((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers);
    }
}
