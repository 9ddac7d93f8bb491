using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Careline.Host.Demo.Small;

// Somebody of the demo practice who is signed in. Each POST carries a key that is the same in every telling, so that a story that was cut
// short is told again from its beginning, and what has already happened answers as it did.
internal sealed class DemoCaller
{
    private static readonly JsonSerializerOptions _json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private readonly HttpClient _http;
    private readonly AuthenticationHeaderValue _token;
    private int _posts;

    private DemoCaller(HttpClient http, JsonElement signIn)
    {
        _http = http;
        _token = new AuthenticationHeaderValue("Bearer", signIn.GetProperty("access").GetString());
        var user = signIn.GetProperty("user");
        UserId = user.GetProperty("id").GetGuid();
        PatientId = Id(user, "patient_id");
        DoctorId = Id(user, "doctor_id");
    }

    public Guid UserId { get; }

    public Guid PatientId { get; }

    public Guid DoctorId { get; }

    // Signs somebody in who may have registered in an earlier telling.
    public static async Task<DemoCaller> RegisterAsync(HttpClient http, string userName, object registration, CancellationToken ct)
    {
        var (status, answer) = await SendAsync(http, HttpMethod.Post, "/api/auth/register/", registration, null, null, ct);
        return status == 201 ? new DemoCaller(http, Data(answer)) : await SignInAsync(http, userName, DemoSignIns.Password, ct);
    }

    public static async Task<DemoCaller> SignInAsync(HttpClient http, string userName, string password, CancellationToken ct)
    {
        var (status, answer) = await SendAsync(
            http, HttpMethod.Post, "/api/auth/login/", new { Username = userName, Password = password }, null, null, ct);
        return status == 200
            ? new DemoCaller(http, Data(answer))
            : throw new DemoFailure(
                $"The demo practice needs the user name {userName}, which somebody else has here. Start with an empty database for it.");
    }

    public Task<JsonElement> PostAsync(string path, CancellationToken ct) => PostAsync(path, null, ct);

    public Task<JsonElement> PostAsync(string path, object? body, CancellationToken ct) => AskAsync(
        HttpMethod.Post, path, body, "demo-" + (++_posts).ToString(CultureInfo.InvariantCulture), ct);

    public Task<JsonElement> PatchAsync(string path, object body, CancellationToken ct) => AskAsync(HttpMethod.Patch, path, body, null, ct);

    public Task SignOutAsync(CancellationToken ct) => AskAsync(HttpMethod.Post, "/api/auth/logout/", new { Everywhere = true }, null, ct);

    public static Guid IdOf(JsonElement data) => data.GetProperty("id").GetGuid();

    private async Task<JsonElement> AskAsync(HttpMethod method, string path, object? body, string? key, CancellationToken ct)
    {
        var (status, answer) = await SendAsync(_http, method, path, body, _token, key, ct);
        return status < 300 ? Data(answer) : throw new DemoFailure(
            $"The demo practice is incomplete: {method} {path} was answered {status} {CodeOf(answer)}. Start with an empty database for a whole one.");
    }

    private static async Task<(int Status, JsonElement Answer)> SendAsync(
        HttpClient http, HttpMethod method, string path, object? body, AuthenticationHeaderValue? token, string? key, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = body is null ? null : JsonContent.Create(body, body.GetType(), options: _json);
        request.Headers.Authorization = token;
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        using var response = await http.SendAsync(request, ct);
        return ((int)response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>(ct));
    }

    private static JsonElement Data(JsonElement answer) => answer.GetProperty("data");

    private static string CodeOf(JsonElement answer) => answer.GetProperty("error").GetProperty("code").GetString()!;

    private static Guid Id(JsonElement user, string name) =>
        user.GetProperty(name) is { ValueKind: JsonValueKind.String } id ? id.GetGuid() : Guid.Empty;
}
