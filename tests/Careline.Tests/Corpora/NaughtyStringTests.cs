using System.Text;
using System.Text.Json;
using Careline.Tests.Support;

namespace Careline.Tests.Corpora;

/// <summary>The Big List of Naughty Strings in every text people may write: stored byte for byte, or refused; never our fault.</summary>
public sealed class NaughtyStringTests(TestApp app) : IClassFixture<TestApp>
{
    private static int _slots;

    [Theory]
    [InlineData("email")]
    [InlineData("password")]
    [InlineData("first_name", "last_name", "address")]
    [InlineData("username")]
    [InlineData("user_type", "role")]
    [InlineData("phone")]
    [InlineData("date_of_birth")]
    public async Task In_a_registration(params string[] fields) => await EachAsync(async text =>
    {
        var reply = await app.Anonymous.PostAsync("/api/auth/register/", Accounts.SignInTests.Someone(fields.ToDictionary(f => f, _ => (object?)text)));
        return (reply, reply.Status == 201 && fields[0] is "email" or "first_name" or "username" ? reply.Data.GetProperty("user").GetProperty(fields[0]).GetString() : null);
    });

    [Theory]
    [InlineData("medical_license_number")]
    [InlineData("specialization")]
    public async Task In_a_doctors_registration(string field) => await EachAsync(async text =>
    {
        var body = Accounts.SignInTests.Someone(new() { ["user_type"] = "doctor", ["medical_license_number"] = Guid.CreateVersion7().ToString(), ["specialization"] = "Cardiology" });
        body[field] = text;
        return (await app.Anonymous.PostAsync("/api/auth/register/", body), null);
    });

    [Theory]
    [InlineData("first_name", "last_name", "address", "bio")]
    [InlineData("profile_picture")]
    [InlineData("phone")]
    public async Task In_a_profile(params string[] fields)
    {
        using var person = await app.PatientAsync();
        await EachAsync(async text =>
        {
            var reply = await person.PatchAsync("/api/auth/profile/", fields.ToDictionary(f => f, _ => text));
            return (reply, reply.Status == 200 && fields[0] != "phone" ? (await person.GetAsync("/api/auth/profile/")).Data.GetProperty(fields[^1]).GetString() ?? "" : null);
        });
    }

    [Fact]
    public async Task In_the_settings_as_value_and_as_name()
    {
        using var person = await app.PatientAsync();
        await EachAsync(async text =>
        {
            var reply = await person.PutAsync(
                "/api/auth/profile/", new { first_name = "A", last_name = "B", preferences = new Dictionary<string, string> { [text] = text } });
            return (reply, reply.Status == 200 ? (await person.GetAsync("/api/auth/profile/")).Data.GetProperty("preferences").GetProperty(text).GetString() : null);
        });
    }

    [Theory]
    [InlineData("reason", "symptoms", "notes")]
    [InlineData("contact_phone")]
    [InlineData("time_slot_id")]
    public async Task In_an_appointment(params string[] fields)
    {
        using var doctor = await app.DoctorAsync();
        using var patient = await app.PatientAsync();
        var day = app.Now.AddDays(20 + Interlocked.Increment(ref _slots)).ToString("yyyy-MM-dd", null);
        var slot = (await doctor.PostAsync("/api/time-slots/", new { date = day, start_time = "09:00:00", end_time = "09:30:00" })).Data.GetProperty("id").GetString();
        var id = (await patient.PostAsync("/api/appointments/", new { time_slot_id = slot })).Id;
        await EachAsync(async text =>
        {
            if (fields[0] == "time_slot_id")
            {
                return (await patient.PostAsync("/api/appointments/", new { time_slot_id = text }), null);
            }

            var reply = await patient.PatchAsync($"/api/appointments/{id}/", fields.ToDictionary(f => f, _ => text));
            return (reply, reply.Status == 200 ? (await patient.GetAsync($"/api/appointments/{id}/")).Data.GetProperty(fields[0]).GetString() ?? "" : null);
        });
    }

    [Theory]
    [InlineData("allergies", "substance")]
    [InlineData("conditions", "text")]
    [InlineData("medications", "name")]
    [InlineData("immunisations", "vaccine")]
    [InlineData("notes", "content")]
    public async Task In_a_history(string kind, string field)
    {
        using var doctor = await app.DoctorAsync();
        using var patient = await app.PatientAsync();
        var day = app.Now.AddDays(20 + Interlocked.Increment(ref _slots)).ToString("yyyy-MM-dd", null);
        var slot = (await doctor.PostAsync("/api/time-slots/", new { date = day, start_time = "09:00:00", end_time = "09:30:00" })).Data.GetProperty("id").GetString();
        (await patient.PostAsync("/api/appointments/", new { time_slot_id = slot })).Status.ShouldBe(201);
        await app.DeliverEventsAsync();
        var written = new List<string>();
        await EachAsync(async text =>
        {
            var reply = await doctor.PostAsync($"/api/patients/{patient.PatientId}/{kind}/", new Dictionary<string, string> { [field] = text, ["given_on"] = "2001-01-31" });
            written.AddRange(reply.Status == 201 ? [text] : []);
            return (reply, reply.Status == 201 ? reply.Data.GetProperty(field).GetString() : null);
        });

        var read = new List<string>();
        for (var page = 1; page <= (written.Count / 100) + 1; page++)
        {
            read.AddRange((await doctor.GetAsync($"/api/patients/{patient.PatientId}/{kind}/?ordering=created_at&page_size=100&page={page}")).Rows.Select(r => r.GetProperty(field).GetString()!));
        }

        read.ShouldBe(written);
    }

    [Fact]
    public async Task In_a_visits_document()
    {
        using var doctor = await app.DoctorAsync();
        using var patient = await app.PatientAsync();
        var day = app.Now.AddDays(20 + Interlocked.Increment(ref _slots)).ToString("yyyy-MM-dd", null);
        var slot = (await doctor.PostAsync("/api/time-slots/", new { date = day, start_time = "09:00:00", end_time = "09:30:00" })).Data.GetProperty("id").GetString();
        var appointment = (await patient.PostAsync("/api/appointments/", new { time_slot_id = slot })).Id;
        var visit = (await doctor.PostAsync("/api/consultations/", new { appointment_id = appointment })).Id;
        (await doctor.PostAsync($"/api/consultations/{visit}/start/")).Status.ShouldBe(200);
        await EachAsync(async text =>
        {
            var reply = await doctor.PatchAsync($"/api/consultations/{visit}/", new { chief_complaint = text, diagnosis = text, private_notes = text });
            return (reply, reply.Status == 200 ? (await doctor.GetAsync($"/api/consultations/{visit}/")).Data.GetProperty("private_notes").GetString() ?? "" : null);
        });
        await EachAsync(async text =>
        {
            var reply = await doctor.PostAsync($"/api/consultations/{visit}/notes/", new { content = text });
            return (reply, reply.Status == 201 ? reply.Data.GetProperty("content").GetString() : null);
        });
        await EachAsync(async text =>
        {
            var reply = await doctor.PostAsync($"/api/consultations/{visit}/prescriptions/", new { medication_name = text, dosage = text, frequency = text });
            return (reply, reply.Status == 201 ? reply.Data.GetProperty("medication_name").GetString() : null);
        });
    }

    [Fact]
    public async Task In_a_path_and_in_a_query()
    {
        using var person = await app.PatientAsync();
        foreach (var text in Corpus.NaughtyStrings().Where(t => t is not ("" or "." or "..")))
        {
            var escaped = Uri.EscapeDataString(text);
            (await person.GetAsync($"/api/patients/{escaped}/")).Status.ShouldBeLessThan(500, text);
            (await person.GetAsync($"/api/doctors/?search={escaped}&specialization={escaped}&ordering={escaped}")).Status.ShouldBeLessThan(500, text);
        }
    }

    private static async Task EachAsync(Func<string, Task<(Reply Reply, string? Back)>> write)
    {
        foreach (var text in Corpus.NaughtyStrings())
        {
            var (reply, back) = await write(text);
            reply.Status.ShouldBeLessThan(500, $"{JsonSerializer.Serialize(text)}: {reply.Text}");
            if (reply.Status >= 400)
            {
                reply.Status.ShouldBeOneOf([400, 404, 409], $"{JsonSerializer.Serialize(text)}: {reply.Text}");
            }
            else if (back is not null)
            {
                Encoding.UTF8.GetBytes(back).ShouldBe(Encoding.UTF8.GetBytes(text), JsonSerializer.Serialize(text));
            }
        }
    }
}
