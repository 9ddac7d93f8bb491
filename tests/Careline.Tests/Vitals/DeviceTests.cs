using System.Text.Json;
using Careline.Tests.Patients;
using Careline.Tests.Scheduling;
using Careline.Tests.Support;

namespace Careline.Tests.Vitals;

/// <summary>Devices are paired by a code, send one patient's readings, and do nothing else.</summary>
public sealed class DeviceTests(SharedApp app) : IClassFixture<SharedApp>
{
    [Fact]
    public async Task A_code_pairs_one_device_once_however_it_is_typed()
    {
        using var patient = await app.PatientAsync();
        var code = (await patient.PostAsync(Codes(patient))).Word("code");
        var typed = code.Replace("-", " ", StringComparison.Ordinal).ToLowerInvariant();

        var tries = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => app.Anonymous.PostAsync("/api/devices/pair/", new { code = typed, name = "Watch" })));

        tries.Count(t => t.Status == 201).ShouldBe(1);
        tries.Where(t => t.Status != 201).ShouldAllBe(t => t.Status == 401 && t.ErrorCode == "PAIRING_CODE_INVALID");
        (await patient.GetAsync($"/api/patients/{patient.PatientId}/devices/")).Rows.ShouldHaveSingleItem().GetProperty("name").GetString().ShouldBe("Watch");
        (await patient.GetAsync("/api/notifications/?category=security&mark_read=false")).Rows.Count(n => n.GetProperty("title").GetString() == "A device was paired with your record").ShouldBe(1);
    }

    [Fact]
    public async Task Five_wrong_tries_end_a_code_and_a_new_one_ends_the_former()
    {
        using var patient = await app.PatientAsync();
        var first = (await patient.PostAsync(Codes(patient))).Word("code");
        var second = (await patient.PostAsync(Codes(patient))).Word("code");
        (await PairAsync(first)).Status.ShouldBe(401);
        var wrong = second[..5] + (second[5] == '2' ? "3" : "2") + second[6..];

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => PairAsync(wrong)));

        (await PairAsync(second)).Status.ShouldBe(401);
        var third = (await patient.PostAsync(Codes(patient))).Word("code");
        await app.SqlAsync("UPDATE vitals.pairing_codes SET expires_at = $2 WHERE patient_id = $1", patient.PatientId, app.Now);
        (await PairAsync(third)).Status.ShouldBe(401);
        foreach (var nonsense in new[] { "0000-0000", "ABC", "ABCDEFGHJ", "ABCD_EFGH" })
        {
            (await PairAsync(nonsense)).Status.ShouldBe(401, nonsense);
        }

        Task<Reply> PairAsync(string code) => app.Anonymous.PostAsync("/api/devices/pair/", new { code, name = "Watch" });
    }

    [Fact]
    public async Task A_batch_is_taken_up_once_and_what_is_implausible_is_kept_apart()
    {
        using var patient = await app.PatientAsync();
        using var doctor = await app.BookableDoctorAsync();
        await app.OpenCareAsync(patient.PatientId, doctor);
        var device = await app.PairedAsync(patient);
        var at = app.Now.AddMinutes(-5);
        var batch = new
        {
            readings = new[]
            {
                DevicePairing.One("1", "weight", 154.3m, "[lb_av]", at), DevicePairing.One("2", "temperature", 98.6m, "[degF]", at), DevicePairing.One("3", "blood_glucose", 5.5m, "mmol/L", at),
                DevicePairing.One("4", "heart_rate", 72, "/min", at), DevicePairing.One("5", "heart_rate", 73, "/min", at), DevicePairing.One("1", "weight", 70, "kg", at),
                DevicePairing.One("6", "heart_rate", 251, "/min", at), DevicePairing.One("7", "heart_rate", 72, "/min", app.Now.AddHours(1)),
                DevicePairing.One("8", "heart_rate", 72, "/min", app.Now.AddDays(-31)), DevicePairing.One("9", "steps", 4000, "1", at), DevicePairing.One("10", "weight", 11, "[stone_av]", at),
            },
        };

        var twice = await Task.WhenAll(device.SendAsync(batch), device.SendAsync(batch));

        twice.ShouldAllBe(reply => reply.Status == 200);
        twice.Select(t => t.Data.GetProperty("accepted").GetInt32()).ShouldBe([0, 5], ignoreOrder: true);
        var first = twice.Single(t => t.Data.GetProperty("accepted").GetInt32() == 5).Data;
        first.GetProperty("items").EnumerateArray().Select(i => (i.GetProperty("status").GetString(), i.GetProperty("why").GetString())).ShouldBe(
        [
            ("accepted", null), ("accepted", null), ("accepted", null), ("accepted", null), ("accepted", null), ("duplicate", null),
            ("suspect", "out_of_range"), ("suspect", "in_future"), ("suspect", "too_old"), ("refused", "unknown_measure"), ("refused", "unknown_unit"),
        ]);
        var sets = (await patient.GetAsync($"/api/patients/{patient.PatientId}/vital-signs/")).Rows.ToList();
        sets.Count.ShouldBe(2);
        var full = sets.Single(s => s.GetProperty("weight").ValueKind == JsonValueKind.Number);
        (Number(full, "weight"), Number(full, "temperature"), Number(full, "blood_glucose"), Number(full, "heart_rate")).ShouldBe((69.989m, 37m, 99.1m, 72m));
        (full.GetProperty("news2_why").GetString(), full.GetProperty("device_id").GetGuid(), full.GetProperty("recorded_at").GetDateTimeOffset())
            .ShouldBe(("device", device.Id, new DateTimeOffset(at.UtcTicks - (at.UtcTicks % 10), TimeSpan.Zero)));
        (await patient.GetAsync($"/api/patients/{patient.PatientId}/vital-signs/trends/?measure=heart_rate")).Data.GetProperty("points").EnumerateArray().Sum(p => p.GetProperty("count").GetInt32()).ShouldBe(2);
        (await doctor.GetAsync($"/api/patients/{patient.PatientId}/devices/suspect-readings/")).Rows.Select(r => r.GetProperty("reading_id").GetString()).ShouldBe(["8", "7", "6"], ignoreOrder: true);
        (await patient.GetAsync($"/api/patients/{patient.PatientId}/devices/suspect-readings/")).Status.ShouldBe(403);
    }

    [Fact]
    public async Task A_reading_outside_a_target_calls_who_set_it_and_an_old_one_calls_nobody()
    {
        using var patient = await app.PatientAsync();
        using var doctor = await app.BookableDoctorAsync();
        await app.OpenCareAsync(patient.PatientId, doctor);
        (await doctor.PostAsync($"/api/patients/{patient.PatientId}/vital-targets/", new { measure = "systolic", high = 140, raises_alert = true })).Status.ShouldBe(201);
        var device = await app.PairedAsync(patient);

        (await device.SendAsync(DevicePairing.Reading("1", "systolic", 25, "kPa", app.Now.AddDays(-2)))).Status.ShouldBe(200);
        (await doctor.GetAsync("/api/alerts/")).Total.ShouldBe(0);
        (await device.SendAsync(DevicePairing.Reading("2", "systolic", 25, "kPa", app.Now.AddMinutes(-1)))).Status.ShouldBe(200);

        var alert = (await doctor.GetAsync("/api/alerts/?mine=true")).Rows.ShouldHaveSingleItem();
        (alert.GetProperty("title").GetString(), alert.GetProperty("severity").GetString()).ShouldBe(("reading_outside_target", "urgent"));
        (await patient.GetAsync($"/api/patients/{patient.PatientId}/vital-signs/")).Rows.Select(s => (Number(s, "systolic"), s.GetProperty("observations")[0].GetProperty("flag").GetString()))
            .ShouldBe([(188m, "above_target"), (188m, "above_target")]);
    }

    [Fact]
    public async Task A_device_that_was_taken_away_sends_nothing_and_its_token_opens_nothing_else()
    {
        using var patient = await app.PatientAsync();
        var device = await app.PairedAsync(patient);
        using var asDevice = app.NewClient(device.Token);
        (await asDevice.AskAsync($"/api/patients/{patient.PatientId}/vital-signs/")).Status.ShouldBe(401);
        (await asDevice.AskAsync("/api/auth/profile/")).Status.ShouldBe(401);

        (await patient.DeleteAsync($"/api/patients/{patient.PatientId}/devices/{device.Id}/")).Status.ShouldBe(204);

        var refused = await device.SendAsync(DevicePairing.Reading("1", "weight", 70, "kg", app.Now));
        (refused.Status, refused.ErrorCode).ShouldBe((401, "INVALID_TOKEN"));
        (await patient.DeleteAsync($"/api/patients/{patient.PatientId}/devices/{device.Id}/")).Status.ShouldBe(404);
        (await patient.PostAsync("/api/devices/readings/", DevicePairing.Reading("1", "weight", 70, "kg", app.Now))).Status.ShouldBe(401);
        (await app.Anonymous.PostAsync("/api/devices/readings/", DevicePairing.Reading("1", "weight", 70, "kg", app.Now))).Status.ShouldBe(401);
    }

    [Theory]
    [InlineData("""{"readings": []}""")]
    [InlineData("""{"readings": [null]}""")]
    [InlineData("""{"readings": [{"id": "1", "measure": "weight", "unit": "kg", "at": "2026-01-01T00:00:00Z"}]}""")]
    [InlineData("""{"readings": [{"id": "1", "measure": "weight", "value": 1e400, "unit": "kg", "at": "2026-01-01T00:00:00Z"}]}""")]
    [InlineData("""{"readings": [{"id": "", "measure": "weight", "value": 70, "unit": "kg", "at": "2026-01-01T00:00:00Z"}]}""")]
    [InlineData("""{"readings": [{"id": "\u0000", "measure": "weight", "value": 70, "unit": "kg", "at": "2026-01-01T00:00:00Z"}]}""")]
    [InlineData("""{"readings": [{"id": "1", "measure": "weight", "value": 70, "unit": "kg", "at": "yesterday"}]}""")]
    [InlineData("""{"readings": [{"id": "1", "measure": "weight", "value": 70, "unit": "kg", "at": "2026-01-01T00:00:00Z", "patient_id": "x"}]}""")]
    public async Task A_batch_without_a_shape_is_refused_whole(string body)
    {
        using var patient = await app.PatientAsync();
        var device = await app.PairedAsync(patient);

        (await device.SendAsync(body)).Status.ShouldBe(400);
    }

    [Fact]
    public async Task A_device_sends_thirty_batches_a_minute_and_no_more()
    {
        using var patient = await app.PatientAsync();
        var device = await app.PairedAsync(patient);
        await app.SqlAsync("UPDATE vitals.devices SET window_count = 29, window_at = $2 WHERE id = $1", device.Id, app.Now);

        (await device.SendAsync(DevicePairing.Reading("1", "weight", 70, "kg", app.Now))).Status.ShouldBe(200);
        var refused = await device.SendAsync(DevicePairing.Reading("2", "weight", 70, "kg", app.Now));

        (refused.Status, refused.Headers.RetryAfter is not null).ShouldBe((429, true));
    }

    private static string Codes(Person patient) => $"/api/patients/{patient.PatientId}/devices/pairing-code/";

    private static decimal Number(JsonElement row, string name) => row.GetProperty(name).GetDecimal();
}
