using System.Text.Json;

namespace Careline.Tests.Support;

/// <summary>Somebody who is signed in.</summary>
public sealed class Person(TestApp app, JsonElement signIn) : IDisposable
{
    public HttpClient Client { get; } = app.NewClient(signIn.GetProperty("access").GetString());

    public string Access { get; } = signIn.GetProperty("access").GetString()!;

    public string Refresh { get; } = signIn.GetProperty("refresh").GetString()!;

    public Guid UserId { get; } = signIn.GetProperty("user").GetProperty("id").GetGuid();

    public string UserName { get; } = signIn.GetProperty("user").GetProperty("username").GetString()!;

    public Guid PatientId { get; } = Id(signIn, "patient_id");

    public Guid DoctorId { get; } = Id(signIn, "doctor_id");

    public Task<Reply> GetAsync(string path) => Client.AskAsync(path);

    public Task<Reply> PostAsync(string path, object? body = null, params (string Name, string Value)[] headers) => Client.PostAsync(path, body, headers);

    public Task<Reply> PutAsync(string path, object body, params (string Name, string Value)[] headers) => Client.SendAsync("PUT", path, body, headers);

    public Task<Reply> PatchAsync(string path, object body, params (string Name, string Value)[] headers) => Client.SendAsync("PATCH", path, body, headers);

    public Task<Reply> DeleteAsync(string path) => Client.SendAsync("DELETE", path);

    public void Dispose() => Client.Dispose();

    private static Guid Id(JsonElement signIn, string name) =>
        signIn.GetProperty("user").GetProperty(name) is { ValueKind: JsonValueKind.String } id ? id.GetGuid() : Guid.Empty;
}
