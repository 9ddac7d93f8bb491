using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using Careline.Portal.SignIn;

namespace Careline.Portal.Api;

/// <summary>The API, asked on behalf of whoever the page is for.</summary>
public sealed class CarelineApi
{
    // In a merge patch null takes a value away (RFC 7396); elsewhere a field that was left empty is not sent.
    private static readonly JsonSerializerOptions _withNulls = new();
    private static readonly JsonSerializerOptions _withoutNulls = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private const int MostPages = 10;

    private readonly ApiLine _line;
    private readonly HttpContext _http;
    private readonly CancellationToken _ct;

    internal CarelineApi(ApiLine line, HttpContext http, bool isToTheEnd = false) =>
        (_line, _http, _ct) = (line, http, isToTheEnd ? CancellationToken.None : http.RequestAborted);

    /// <summary>Reads.</summary>
    /// <exception cref="ApiRefused">The API did not answer with it.</exception>
    public Task<Reply> GetAsync(FormattableString path) => SendAsync(HttpMethod.Get, path, null);

    /// <summary>Reads what may be absent, or not theirs to see: null then.</summary>
    /// <exception cref="ApiRefused">The API refused for another reason.</exception>
    public async Task<Reply?> FindAsync(FormattableString path)
    {
        try
        {
            return await GetAsync(path);
        }
        catch (ApiRefused refused) when (refused.Status is 403 or 404)
        {
            return null;
        }
    }

    /// <summary>The members of all pages of a list that a screen shows whole, up to a thousand: what is longer has to be searched in.</summary>
    /// <exception cref="ApiRefused">The API did not answer with it.</exception>
    public async Task<IReadOnlyList<Thing>> ListAsync(FormattableString path)
    {
        var address = PathOf(path).ToString();
        var rows = new List<Thing>();
        for (long page = 1, pages = 1; page <= Math.Min(pages, MostPages); page++)
        {
            using var response = await OpenAsync(HttpMethod.Get, new Uri($"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}page_size=100&page={page}", UriKind.Relative), null, null, null);
            var reply = await ReadAsync(response);
            rows.AddRange(reply.Rows);
            pages = reply.Pages;
        }

        return rows;
    }

    /// <summary>The members of all pages of a list that may not be theirs to see: none then.</summary>
    /// <exception cref="ApiRefused">The API refused for another reason.</exception>
    public async Task<IReadOnlyList<Thing>> FindListAsync(FormattableString path)
    {
        try
        {
            return await ListAsync(path);
        }
        catch (ApiRefused refused) when (refused.Status is 403 or 404)
        {
            return [];
        }
    }

    /// <summary>Creates, or does something.</summary>
    /// <param name="path">Of the thing.</param>
    /// <param name="body">What is sent, as an object whose members are in snake_case.</param>
    /// <param name="key">By which a repetition is known.</param>
    /// <exception cref="ApiRefused">The API did not do it.</exception>
    public Task<Reply> PostAsync(FormattableString path, object? body = null, string? key = null) => SendAsync(HttpMethod.Post, path, body, key);

    /// <summary>Replaces.</summary>
    /// <exception cref="ApiRefused">The API did not do it.</exception>
    public Task<Reply> PutAsync(FormattableString path, object body, string? version = null) => SendAsync(HttpMethod.Put, path, body, version: version);

    /// <summary>Changes some members.</summary>
    /// <exception cref="ApiRefused">The API did not do it; 412 where somebody else changed the thing since that version.</exception>
    public Task<Reply> PatchAsync(FormattableString path, object body, string? version = null) => SendAsync(HttpMethod.Patch, path, body, version: version);

    /// <summary>Removes.</summary>
    /// <exception cref="ApiRefused">The API did not do it.</exception>
    public Task<Reply> DeleteAsync(FormattableString path) => SendAsync(HttpMethod.Delete, path, null);

    /// <summary>Sends what is no JSON, such as a file.</summary>
    /// <exception cref="ApiRefused">The API did not take it.</exception>
    public async Task<Reply> PostContentAsync(FormattableString path, HttpContent content)
    {
        using var response = await OpenAsync(HttpMethod.Post, PathOf(path), content, null, null);
        return await ReadAsync(response);
    }

    /// <summary>Puts what is no JSON in the place of what was there, such as a picture.</summary>
    /// <exception cref="ApiRefused">The API did not take it.</exception>
    public async Task<Reply> PutContentAsync(FormattableString path, HttpContent content)
    {
        using var response = await OpenAsync(HttpMethod.Put, PathOf(path), content, null, null);
        return await ReadAsync(response);
    }

    /// <summary>The state of the installation, which stands beside the API and comes without its envelope.</summary>
    /// <exception cref="ApiRefused">Not theirs to see, or the host does not say.</exception>
    public async Task<Thing> ReadHealthAsync()
    {
        using var response = await OpenAsync(HttpMethod.Get, new Uri("/health/detailed/", UriKind.Relative), null, null, null);

        // What is not well answers 503, and says so all the same.
        var body = response.Content.Headers.ContentType?.MediaType == "application/json" ? await response.Content.ReadFromJsonAsync<JsonElement>(_ct) : (JsonElement?)null;
        return body is { } state && state.TryGetProperty("version", out _) ? new Thing(state) : throw new ApiRefused((int)response.StatusCode, body, null);
    }

    /// <summary>Opens a file or a paper; the caller disposes it.</summary>
    internal Task<HttpResponseMessage> OpenFileAsync(IEnumerable<string> parts, QueryString query, string end) =>
        OpenAsync(HttpMethod.Get, new Uri($"/api/{string.Join('/', parts.Select(Uri.EscapeDataString))}{end}{query}", UriKind.Relative), null, null, null);

    /// <summary>Passes on what a script asked; the caller disposes the answer.</summary>
    internal async Task<HttpResponseMessage> PassAsync(HttpRequest request, IEnumerable<string> parts)
    {
        using var content = request.ContentLength > 0 || request.Headers.TransferEncoding.Count > 0 ? new StreamContent(request.Body) : null;
        if (content is not null && request.ContentType is { } type)
        {
            content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        var path = new Uri($"/api/{string.Join('/', parts.Select(Uri.EscapeDataString))}/{request.QueryString}", UriKind.Relative);
        return await OpenAsync(
            new HttpMethod(request.Method), path, content, request.Headers["Idempotency-Key"].ToString() is { Length: > 0 } key ? key : null,
            request.Headers.IfMatch.ToString() is { Length: > 0 } version ? version : null);
    }

    private async Task<Reply> SendAsync(HttpMethod method, FormattableString path, object? body, string? key = null, string? version = null)
    {
        using var content = body is null ? null : JsonContent.Create(body, body.GetType(), options: method == HttpMethod.Patch ? _withNulls : _withoutNulls);
        using var response = await OpenAsync(method, PathOf(path), content, key, version);
        return await ReadAsync(response);
    }

    // Every hole of a path is escaped: what people typed must not lead elsewhere.
    private static Uri PathOf(FormattableString path) => new(
        string.Format(null, path.Format, [.. path.GetArguments().Select(a => a is Query query ? query.ToString() : Uri.EscapeDataString(Text(a)))]), UriKind.Relative);

    private static string Text(object? value) => value switch
    {
        DateOnly day => day.ToString("yyyy-MM-dd", null),
        DateTimeOffset at => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", null),
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        _ => value?.ToString() ?? "",
    };

    private async Task<HttpResponseMessage> OpenAsync(HttpMethod method, Uri path, HttpContent? content, string? key, string? version)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        Visitor.Tell(request, _http);
        if (path.OriginalString != "/api/auth/refresh/" && PortalSession.Of(_http) is { } session)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", session.Access);
        }

        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        if (version is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", version);
        }

        return await _line.SendAsync(request, _ct);
    }

    private async Task<Reply> ReadAsync(HttpResponseMessage response)
    {
        var isJson = response.Content.Headers.ContentType?.MediaType == "application/json";
        JsonElement? body = isJson ? await response.Content.ReadFromJsonAsync<JsonElement>(_ct) : null;
        if (!response.IsSuccessStatusCode)
        {
            throw new ApiRefused((int)response.StatusCode, body, response.Headers.RetryAfter?.Delta);
        }

        return body is { } envelope ? new Reply(envelope, response.Headers.ETag?.ToString()) : Reply.Empty;
    }
}
