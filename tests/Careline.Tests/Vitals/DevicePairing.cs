using Careline.Tests.Support;

namespace Careline.Tests.Vitals;

/// <summary>A device that was paired: it knows its token and nothing else.</summary>
internal sealed record PairedDevice(HttpClient Line, Guid Id, string Token)
{
    public Task<Reply> SendAsync(object readings) => Line.PostAsync("/api/devices/readings/", readings, ("Authorization", $"Bearer {Token}"));
}

/// <summary>What the tests of devices arrange in one phrase.</summary>
internal static class DevicePairing
{
    public static async Task<PairedDevice> PairedAsync(this TestApp app, Person by, string name = "Scales")
    {
        var code = await by.PostAsync($"/api/patients/{by.PatientId}/devices/pairing-code/");
        code.Status.ShouldBe(201, code.Text);
        var paired = await app.Anonymous.PostAsync("/api/devices/pair/", new { code = code.Data.GetProperty("code").GetString(), name });
        paired.Status.ShouldBe(201, paired.Text);
        return new PairedDevice(app.Anonymous, paired.Data.GetProperty("device_id").GetGuid(), paired.Data.GetProperty("token").GetString()!);
    }

    public static object Reading(string id, string measure, decimal value, string unit, DateTimeOffset at) => new { readings = new[] { One(id, measure, value, unit, at) } };

    public static object One(string id, string measure, decimal value, string unit, DateTimeOffset at) => new { id, measure, value, unit, at };
}
