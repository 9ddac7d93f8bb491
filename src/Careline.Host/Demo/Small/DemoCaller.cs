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

    private readonly DemoStage _stage;
    private readonly AuthenticationHeaderValue _token;
    private int _posts;

    private DemoCaller(DemoStage stage, JsonElement signIn)
    {
        _stage = stage;
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
    public static async Task<DemoCaller> RegisterAsync(DemoStage stage, string userName, object registration, CancellationToken ct)
    {
        var (status, answer) = await SendAsync(stage.Http, HttpMethod.Post, "/api/auth/register/", registration, null, null, ct);
        return status == 201 ? new DemoCaller(stage, Data(answer)) : await SignInAsync(stage, userName, DemoSignIns.Password, ct);
    }

    public static async Task<DemoCaller> SignInAsync(DemoStage stage, string userName, string password, CancellationToken ct)
    {
        var (status, answer) = await SendAsync(
            stage.Http, HttpMethod.Post, "/api/auth/login/", new { Username = userName, Password = password }, null, null, ct);
        return status switch
        {
            200 => new DemoCaller(stage, Data(answer)),
            401 => throw new DemoFailure(
                $"The demo practice needs the user name {userName}, which somebody else has here. Start with an empty database for it."),
            _ => throw Incomplete("signing in", status, answer),
        };
    }

    public Task<JsonElement> PostAsync(string path, CancellationToken ct) => PostAsync(path, null, ct);

    public Task<JsonElement> PostAsync(string path, object? body, CancellationToken ct) => AskAsync(
        HttpMethod.Post, path, body, "demo-" + (++_posts).ToString(CultureInfo.InvariantCulture), ct);

    public Task<JsonElement> GetAsync(string path, CancellationToken ct) => AskAsync(HttpMethod.Get, path, null, null, ct);

    public Task<JsonElement> PatchAsync(string path, object body, CancellationToken ct) => AskAsync(HttpMethod.Patch, path, body, null, ct);

    // A device pairs itself with a code and sends what it has measured.
    public static async Task SendAsDeviceAsync(DemoStage stage, object pairing, object batch, CancellationToken ct)
    {
        var (status, answer) = await SendAsync(stage.Http, HttpMethod.Post, "/api/devices/pair/", pairing, null, null, ct);
        var token = status == 201 ? Data(answer).GetProperty("token").GetString() : throw Incomplete("pairing a device", status, answer);
        (status, answer) = await SendAsync(stage.Http, HttpMethod.Post, "/api/devices/readings/", batch, new AuthenticationHeaderValue("Bearer", token), null, ct);
        _ = status == 200 ? answer : throw Incomplete("sending readings", status, answer);
    }

    public Task SignOutAsync(CancellationToken ct) => AskAsync(HttpMethod.Post, "/api/auth/logout/", new { Everywhere = true }, null, ct);

    public static Guid IdOf(JsonElement data) => data.GetProperty("id").GetGuid();

    private async Task<JsonElement> AskAsync(HttpMethod method, string path, object? body, string? key, CancellationToken ct)
    {
        var (status, answer) = await SendAsync(_stage.Http, method, path, body, _token, key, ct);
        return status < 300 ? Data(answer)
            : _stage.IsRetelling && HasPassed(method, status) ? default
            : throw Incomplete($"{method} {path}", status, answer);
    }

    // What an earlier telling did, later steps of it may have closed or taken out of the caller's sight; steps follow one another, so it was done.
    private static bool HasPassed(HttpMethod method, int status) => status == 404 || (status == 409 && method == HttpMethod.Patch);

    private static DemoFailure Incomplete(string step, int status, JsonElement answer) => new(
        $"The demo practice is incomplete: {step} was answered {status} {CodeOf(answer)}. Start with an empty database for a whole one.");

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
