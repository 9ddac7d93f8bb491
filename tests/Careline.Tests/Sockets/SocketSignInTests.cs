using Careline.Accounts.Contracts;
using Careline.Tests.Messaging;
using Careline.Tests.Support;

namespace Careline.Tests.Sockets;

/// <summary>Nobody hears anything before they have signed in, nor after their sign-in is over.</summary>
public sealed class SocketSignInTests(TwoHosts app) : IClassFixture<TwoHosts>
{
    private const string Path = "/ws/notifications/";

    [Fact]
    public async Task A_header_a_ticket_and_a_first_frame_open_a_socket()
    {
        using var person = await app.PatientAsync();
        var ticket = (await person.PostAsync("/api/realtime/tickets/")).Data;

        await using var byHeader = await Socket.OpenAsync(app.Address, Path, person);
        await using var byOldWord = await Socket.OpenAsync(app.Address, Path, ("Authorization", $"Token {person.Access}"));
        await using var byTicket = await Socket.OpenAsync(app.Other, $"{Path}?ticket={ticket.GetProperty("ticket").GetString()}");
        await using var byFrame = await Socket.OpenAsync(app.Address, Path);
        await byFrame.SendAsync(new { type = "authenticate", token = person.Access });

        ticket.GetProperty("expires_in").GetInt32().ShouldBe(30);
        foreach (var socket in new[] { byHeader, byOldWord, byTicket, byFrame })
        {
            (await socket.NextAsync("unread_count")).GetProperty("count").GetInt64().ShouldBe(0);
        }

        (await app.SqlAsync("SELECT count(*) FROM sockets.tickets WHERE session_id IN (SELECT id FROM accounts.sessions WHERE account_id = $1)", person.UserId)).ShouldBe(0L);
    }

    [Fact]
    public async Task A_ticket_serves_once_at_whichever_host_and_not_for_long()
    {
        using var person = await app.PatientAsync();
        var ticket = await TicketAsync(person);
        await using var first = await Socket.OpenAsync(app.Address, $"{Path}?ticket={ticket}");
        await first.NextAsync("unread_count");

        await using var second = await Socket.OpenAsync(app.Other, $"{Path}?ticket={ticket}");
        var late = await TicketAsync(person);
        await app.SqlAsync("UPDATE sockets.tickets SET expires_at = $1", app.Now.AddSeconds(-1));
        await using var third = await Socket.OpenAsync(app.Address, $"{Path}?ticket={late}");

        (await second.Closed, await third.Closed).ShouldBe((4401, 4401));
        second.Arrived().Concat(third.Arrived()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("?ticket=nonsense")]
    [InlineData("?ticket=")]
    [InlineData("?token={access}")]
    [InlineData("?access_token={access}")]
    [InlineData("?v={access}")]
    public async Task What_opens_no_socket_is_closed_without_a_word(string query)
    {
        using var person = await app.PatientAsync();

        await using var socket = await Socket.OpenAsync(app.Address, Path + query.Replace("{access}", person.Access, StringComparison.Ordinal));

        (await socket.Closed).ShouldBe(4401);
        socket.Arrived().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"type":"authenticate","token":"nonsense"}""")]
    [InlineData("""{"type":"authenticate"}""")]
    [InlineData("""{"type":"ping"}""")]
    [InlineData("[1,2")]
    public async Task A_first_frame_that_signs_nobody_in_closes_it(string frame)
    {
        await using var socket = await Socket.OpenAsync(app.Address, Path);

        await socket.SendAsync(frame);

        (await socket.Closed).ShouldBe(4401);
        socket.Arrived().ShouldBeEmpty();
    }

    [Fact]
    public async Task Pages_of_other_sites_open_none()
    {
        using var person = await app.PatientAsync();
        var token = ("Authorization", $"Bearer {person.Access}");

        (await Socket.RefusalAsync(app.Address, Path, token, ("Origin", "https://evil.example"))).ShouldBe(403);
        (await Socket.RefusalAsync(app.Address, Path, token, ("Origin", "null"))).ShouldBe(403);
        (await Socket.RefusalAsync(app.Address, Path, token, ("Origin", $"http://{app.Address.Authority}"))).ShouldBe(101);
    }

    [Fact]
    public async Task What_ends_a_sign_in_closes_its_sockets_at_every_host()
    {
        using var admin = await app.SuperAdminAsync();
        foreach (var (what, end) in new (string, Func<Person, Task<Reply>>)[]
        {
            ("logout", person => person.PostAsync("/api/auth/logout/")),
            ("everywhere", async person => await (await app.SignInAsync(person.UserName)).PostAsync("/api/auth/logout/", new { everywhere = true })),
            ("password", async person => await (await app.SignInAsync(person.UserName)).PostAsync("/api/auth/password-change/", new { old_password = TestApp.Password, new_password = TestApp.Password + " 2" })),
            ("disabled", person => admin.PatchAsync($"/api/users/{person.UserId}/", new { status = "disabled" })),
            ("roles", person => admin.PatchAsync($"/api/users/{person.UserId}/", new { roles = new[] { Roles.Nurse, Roles.Receptionist } })),
        })
        {
            var person = await app.StaffAsync(Roles.Nurse);
            await using var here = await Socket.OpenAsync(app.Address, Path, person);
            await using var there = await Socket.OpenAsync(app.Other, "/ws/chat/", person);
            await here.NextAsync("unread_count");
            await there.SendAsync(new { type = "ping" });
            await there.NextAsync("pong");

            (await end(person)).Status.ShouldBeLessThan(300, what);

            (await here.Closed, await there.Closed).ShouldBe((4401, 4401), what);
        }
    }

    [Fact]
    public async Task A_host_that_stops_says_so_and_the_client_goes_on_elsewhere()
    {
        var (patient, doctor, chat) = await app.TalkingAsync();
        var third = await app.FurtherAsync();
        await using var line = await Chatting.ListenAsync(third, patient, chat);
        await patient.SayAsync(chat, "One");
        await line.NextAsync("message");

        await app.StopLatestAsync();
        (await line.Closed).ShouldBe(1001);
        await doctor.SayAsync(chat, "Two");

        await using var again = await Chatting.ListenAsync(app.Other, patient, chat);
        await again.SendAsync(new { type = "sync", after_seq = 1 });
        (await again.NextAsync("message")).GetProperty("content").GetString().ShouldBe("Two");
    }

    [Fact]
    public async Task Only_a_socket_answers_at_the_path_of_one()
    {
        var reply = await app.Anonymous.AskAsync(Path);

        (reply.Status, reply.ErrorCode).ShouldBe((426, "UPGRADE_REQUIRED"));
        reply.Headers.Upgrade.ToString().ShouldBe("websocket");
    }

    private static async Task<string> TicketAsync(Person person) => (await person.PostAsync("/api/realtime/tickets/")).Data.GetProperty("ticket").GetString()!;
}
