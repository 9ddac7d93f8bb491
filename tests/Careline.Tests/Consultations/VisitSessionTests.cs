using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Careline.Consultations.VisitRoom;
using Careline.Doctors.Contracts;
using Careline.Scheduling.Contracts;
using Careline.Tests.Scheduling;
using Careline.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Careline.Tests.Consultations;

/// <summary>What is given to enter the room of a visit, to whom and when.</summary>
public sealed class VisitSessionTests(VisitSessionTests.WithServers app) : IClassFixture<VisitSessionTests.WithServers>
{
    private const string Relay = "turn:relay.example.org:3478?transport=udp";
    private const string Key = "b7f1c09d5e2a48836f104cd2e97ab35d";

    public sealed class WithServers(TestCluster cluster) : TestApp(cluster)
    {
        protected override IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>
        {
            ["Visits:StunUrls:0"] = "stun:relay.example.org:3478",
            ["Visits:TurnUrls:0"] = Relay,
            ["Visits:TurnSecret"] = Key,
            ["Visits:TurnMinutes"] = "30",
            ["Visits:LiveKitUrl"] = "wss://sfu.example.org",
            ["Visits:LiveKitKey"] = "careline",
            ["Visits:LiveKitSecret"] = Key,
        };
    }

    [Fact]
    public async Task Credentials_of_the_relay_serve_for_a_while_and_are_what_coturn_reckons()
    {
        using var visit = await app.StartedVisitAsync();

        var session = await visit.Patient.PostAsync($"{visit.Path}session/");
        var again = await visit.Patient.PostAsync($"{visit.Path}session/");

        session.Status.ShouldBe(200, session.Text);
        var (stun, turn) = (session.Data.GetProperty("ice_servers")[0], session.Data.GetProperty("ice_servers")[1]);
        stun.GetProperty("urls")[0].GetString().ShouldBe("stun:relay.example.org:3478");
        turn.GetProperty("urls")[0].GetString().ShouldBe(Relay);
        var name = turn.GetProperty("username").GetString()!;
#pragma warning disable CA5350 // What coturn reckons with.
        turn.GetProperty("credential").GetString().ShouldBe(Convert.ToBase64String(HMACSHA1.HashData(Encoding.ASCII.GetBytes(Key), Encoding.ASCII.GetBytes(name))));
#pragma warning restore CA5350
        var until = DateTimeOffset.FromUnixTimeSeconds(long.Parse(name.Split(':')[0], CultureInfo.InvariantCulture));
        (until - app.Now).ShouldBeInRange(TimeSpan.FromMinutes(29), TimeSpan.FromMinutes(30));
        again.Data.GetProperty("ice_servers")[1].GetProperty("username").GetString().ShouldNotBe(name);
        session.Text.ShouldNotContain(Key);
        (session.Word("role"), session.Word("room"), session.Word("room").Length).ShouldBe(("patient", again.Word("room"), 32));
    }

    [Fact]
    public void The_credential_is_that_of_an_independent_reckoning() =>
        IceServers.CredentialOf("1700000000:abc", "a-shared-key-of-coturn").ShouldBe("8UW3MAQWqzzLg3tnzRNve0rpgeA=");

    [Fact]
    public async Task Two_tabs_that_ask_at_once_have_one_room()
    {
        using var visit = await app.StartedVisitAsync();

        var sessions = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => (i % 2 == 0 ? visit.Patient : visit.Doctor).PostAsync($"/api/consultations/api/consultations/{visit.Id}/session/")));

        sessions.ShouldAllBe(s => s.Status == 200);
        sessions.Select(s => s.Word("room")).Distinct().Count().ShouldBe(1);
        sessions.Select(s => s.Word("ticket")).Distinct().Count().ShouldBe(6);
        (await visit.Doctor.GetAsync($"{visit.Path}session/events/")).Rows.Count(e => e.GetProperty("kind").GetString() == "created").ShouldBe(1);
    }

    [Fact]
    public async Task The_room_is_open_around_its_time_and_while_the_visit_goes_on()
    {
        using var visit = await app.VisitAsync();
        var session = await visit.Patient.PostAsync($"{visit.Path}session/");
        var start = session.Data.GetProperty("opens_at").GetDateTimeOffset().AddMinutes(15);
        (session.Data.GetProperty("is_open").GetBoolean(), session.Data.GetProperty("ice_servers").GetArrayLength()).ShouldBe((false, 1));
        session.Data.GetProperty("closes_at").GetDateTimeOffset().ShouldBe(start.AddMinutes(30 + 60));
        (await TryAsync(visit.Patient)).ShouldBe("ROOM_NOT_OPEN");

        // The session of a patient ends long before: everybody signs in anew.
        app.Advance(start.AddMinutes(-14) - app.Now);
        using var patient = await app.SignInAsync(visit.Patient.UserName);
        (await TryAsync(patient)).ShouldBe("waiting");
        app.Advance(TimeSpan.FromHours(2));
        using var late = await app.SignInAsync(visit.Patient.UserName);
        (await TryAsync(late)).ShouldBe("ROOM_CLOSED");
        using var doctor = await app.SignInAsync(visit.Doctor.UserName);
        (await TryAsync(doctor)).ShouldBe("ROOM_CLOSED");

        (await doctor.PostAsync($"{visit.Path}start/")).Status.ShouldBe(200);
        (await TryAsync(doctor)).ShouldBe("joined");
        (await TryAsync(late)).ShouldBe("waiting");
        var again = (await late.PostAsync($"{visit.Path}session/")).Data;
        again.GetProperty("closes_at").GetDateTimeOffset().ShouldBeGreaterThan(app.Now);
        again.GetProperty("is_open").GetBoolean().ShouldBeTrue();

        async Task<string> TryAsync(Person person)
        {
            (await person.PostAsync($"{visit.Path}session/")).Status.ShouldBe(200);
            await using var socket = await Socket.OpenAsync(app.Address, $"/ws/consultations/{visit.Id}/", person);
            await socket.NextAsync("ready");
            await socket.SendAsync(new { type = "join" });
            var answer = await socket.NextAsync();
            await socket.SendAsync(new { type = "leave" });
            return answer.GetProperty(answer.TryGetProperty("code", out _) ? "code" : "type").GetString()!;
        }
    }

    [Fact]
    public async Task Who_waits_for_nobody_is_told_when_the_time_is_over_and_who_talks_is_not_cut_off()
    {
        using var left = await SoonAsync();
        using var held = await SoonAsync();
        await using var waits = await JoinAsync(left, left.Patient, "waiting");
        await using var doctor = await JoinAsync(held, held.Doctor, "joined");
        await using var patient = await JoinAsync(held, held.Patient, "waiting");

        app.Advance(TimeSpan.FromHours(3));
        for (var i = 0; i < 3; i++)
        {
            await app.Services.GetRequiredService<RoomHub>().LookAsync(TestContext.Current.CancellationToken);
        }

        (await waits.NextAsync("ended")).GetProperty("reason").GetString().ShouldBe("closed");
        (await app.SqlAsync("SELECT count(*) FROM consultations.room_events WHERE kind = 'ended' AND consultation_id = $1", held.Id)).ShouldBe(0L);

        async Task<Visit> SoonAsync()
        {
            var former = await app.VisitAsync();
            var soon = await former.Doctor.PostAsync("/api/consultations/", new { patient_id = former.Patient.PatientId, start = app.Now.AddMinutes(10) });
            return former with { Id = soon.Id };
        }

        async Task<Socket> JoinAsync(Visit visit, Person person, string answer)
        {
            (await person.PostAsync($"{visit.Path}session/")).Status.ShouldBe(200);
            var socket = await Socket.OpenAsync(app.Address, $"/ws/consultations/{visit.Id}/", person);
            await socket.NextAsync("ready");
            await socket.SendAsync(new { type = "join" });
            await socket.NextAsync(answer);
            return socket;
        }
    }

    [Fact]
    public async Task The_patient_confirms_place_number_and_consent_and_the_doctor_reads_them()
    {
        using var visit = await app.StartedVisitAsync();
        var path = $"{visit.Path}session/confirmation/";
        var said = new { is_identity_confirmed = true, consents_to_remote_care = true, place = "12 Marina, Lagos, third floor", callback_number = "+2348020001111" };
        (await visit.Patient.PostAsync(path, said)).ErrorCode.ShouldBe("NO_ROOM");
        await visit.Patient.PostAsync($"{visit.Path}session/");

        (await visit.Patient.PostAsync(path, said)).Status.ShouldBe(201);
        (await visit.Patient.PostAsync(path, said with { consents_to_remote_care = false })).Status.ShouldBe(400);
        (await visit.Patient.PostAsync(path, said with { is_identity_confirmed = false })).Status.ShouldBe(400);
        (await visit.Patient.PostAsync(path, said with { place = "" })).Status.ShouldBe(400);
        (await visit.Patient.PostAsync(path, said with { callback_number = "0802" })).Status.ShouldBe(400);
        (await visit.Doctor.PostAsync(path, said)).Status.ShouldBe(403);

        var read = (await visit.Doctor.PostAsync($"{visit.Path}session/")).Data.GetProperty("confirmation");
        (read.GetProperty("place").GetString(), read.GetProperty("callback_number").GetString()).ShouldBe((said.place, said.callback_number));
        read.GetProperty("confirmed_by").GetGuid().ShouldBe(visit.Patient.UserId);
        (await app.SqlAsync("SELECT count(*) FROM consultations.confirmations WHERE encode(place, 'escape') LIKE '%Marina%'")).ShouldBe(0L);
        (await visit.Doctor.GetAsync($"{visit.Path}session/events/")).Rows.Count(e => e.GetProperty("kind").GetString() == "confirmed").ShouldBe(1);
    }

    [Fact]
    public async Task A_token_for_the_media_server_is_given_to_who_is_in_the_call_only()
    {
        using var visit = await app.StartedVisitAsync();
        var waits = (await visit.Patient.PostAsync($"{visit.Path}session/")).Data.GetProperty("sfu");
        (waits.GetProperty("url").GetString(), waits.GetProperty("token").ValueKind).ShouldBe(("wss://sfu.example.org", JsonValueKind.Null));

        var session = (await visit.Doctor.PostAsync($"{visit.Path}session/")).Data;
        var parts = session.GetProperty("sfu").GetProperty("token").GetString()!.Split('.');

        Base64Url.DecodeFromChars(parts[2]).ShouldBe(HMACSHA256.HashData(Encoding.ASCII.GetBytes(Key), Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}")));
        JsonDocument.Parse(Base64Url.DecodeFromChars(parts[0])).RootElement.GetProperty("alg").GetString().ShouldBe("HS256");
        var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1])).RootElement;
        (claims.GetProperty("iss").GetString(), claims.GetProperty("sub").GetString()).ShouldBe(("careline", visit.Doctor.UserId.ToString("N")));
        var video = claims.GetProperty("video");
        (video.GetProperty("room").GetString(), video.GetProperty("roomJoin").GetBoolean(), video.GetProperty("canPublish").GetBoolean())
            .ShouldBe((session.GetProperty("room").GetString(), true, true));
        (claims.GetProperty("exp").GetInt64() - app.Now.ToUnixTimeSeconds()).ShouldBeInRange(590, 600);
        claims.GetProperty("nbf").GetInt64().ShouldBeLessThanOrEqualTo(app.Now.ToUnixTimeSeconds());
    }

    [Theory]
    [InlineData(AppointmentStatus.Scheduled, -16, false)]
    [InlineData(AppointmentStatus.Scheduled, -15, true)]
    [InlineData(AppointmentStatus.CheckedIn, 89, true)]
    [InlineData(AppointmentStatus.Confirmed, 90, false)]
    [InlineData(AppointmentStatus.InProgress, -10_000, true)]
    [InlineData(AppointmentStatus.InProgress, 10_000, true)]
    [InlineData(AppointmentStatus.Completed, 10, false)]
    [InlineData(AppointmentStatus.Cancelled, 10, false)]
    [InlineData(AppointmentStatus.NoShow, 10, false)]
    public void Hours(AppointmentStatus status, int minutes, bool isOpen)
    {
        var start = new DateTimeOffset(2030, 1, 31, 9, 0, 0, TimeSpan.Zero);
        var visitor = new RoomVisitor(Guid.Empty, Guid.Empty, Guid.Empty, RoomRole.Patient, null, status, Modality.Video, start, start.AddMinutes(30));

        visitor.IsOpenAt(start.AddMinutes(minutes)).ShouldBe(isOpen);
    }

    [Theory]
    [InlineData("north", false)]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false)]
    [InlineData("replace-this-static-auth-secret-1234567890", false)]
    [InlineData("b7f1c09d5e2a48836f104cd2e97ab35d", true)]
    public void A_secret_that_is_short_or_out_of_a_manual_does_not_serve_in_production(string secret, bool isStrong)
    {
        var turn = new VisitRoomOptions { TurnUrls = [Relay], TurnSecret = secret };
        var sfu = new VisitRoomOptions { LiveKitUrl = "wss://sfu.example.org", LiveKitKey = "careline", LiveKitSecret = secret };

        (turn.IsConsistent(), turn.AreSecretsStrong(), sfu.AreSecretsStrong()).ShouldBe((true, isStrong, isStrong));
    }

    [Fact]
    public void Settings_that_belong_together_are_asked_for_together()
    {
        new VisitRoomOptions().IsConsistent().ShouldBeTrue();
        new VisitRoomOptions { TurnUrls = [Relay] }.IsConsistent().ShouldBeFalse();
        new VisitRoomOptions { TurnSecret = Key }.IsConsistent().ShouldBeFalse();
        new VisitRoomOptions { StunUrls = ["https://relay.example.org"] }.IsConsistent().ShouldBeFalse();
        new VisitRoomOptions { LiveKitUrl = "wss://sfu.example.org" }.IsConsistent().ShouldBeFalse();
        new VisitRoomOptions { TurnMinutes = 1 }.IsConsistent().ShouldBeFalse();
    }
}
