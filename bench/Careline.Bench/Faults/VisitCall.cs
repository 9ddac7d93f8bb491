using System.Globalization;
using System.Net.WebSockets;
using System.Text.Json.Nodes;

namespace Careline.Bench.Faults;

/// <summary>A doctor and a patient hold a visit on the page of our own, each in a browser and at another host, and the line is not kind to them.</summary>
internal sealed class VisitCall(Uri url, string chromium, string folder)
{
    private const string Password = "correct horse battery";
    private const string Talks = "(async () => { const s = await sums(); return s.open === 1 && s.frames > {0} && s.audio > {1} })()";

    private readonly Verdicts _verdicts = new();

    private sealed record Visit(string Id, string Doctor, string Patient, string Stranger);

    public async Task<int> RunAsync(string adminEmail)
    {
        using var api = new Api(url, 4);
        var visit = await MakeAsync(api, adminEmail);
        using var doctorsCable = new Cable(url);
        using var patientsCable = new Cable(ChatPeople.HostsOf(url, 2)[1]);
        await using var doctor = await Browser.StartAsync(chromium, Path.Combine(folder, "doctor"));
        await using var patient = await Browser.StartAsync(chromium, Path.Combine(folder, "patient"));

        await SignInAsync(doctor, doctorsCable, visit.Id, "visit.doctor");
        await doctor.ComesTrueAsync("!document.getElementById('enter').hidden");
        await doctor.ClickAsync("#go");
        _verdicts.Expect(await doctor.ComesTrueAsync("!document.getElementById('call').hidden"), "the doctor is in the room");
        await SignInAsync(patient, patientsCable, visit.Id, "visit.patient");
        await patient.ComesTrueAsync("!document.getElementById('confirm').hidden");
        await patient.FillAsync("confirm", ("place", "12 Marina, Lagos"), ("number", "+2348020001111"));
        _verdicts.Expect(await patient.ComesTrueAsync("!document.getElementById('waiting').hidden"), "the patient confirmed and waits");
        _verdicts.Expect(await doctor.ComesTrueAsync("document.querySelector('#queue button')"), "the doctor sees who waits");
        _verdicts.Expect((int?)await patient.AskAsync("pcs.length") == 0, "nothing of the patient is sent before");
        await doctor.ClickAsync("#queue button");
        await CallAsync("the call stands", doctor, patient);
        _verdicts.Expect(await doctor.ComesTrueAsync("document.getElementById('facts-text').textContent.includes('Marina')"), "the doctor reads where the patient is");

        await BreakAsync(doctor, patient, patientsCable);
        await StepAsync(doctor, patient, visit, api);
        await StrangerAsync(visit, api);
        return _verdicts.ExitCode;
    }

    private async Task CallAsync(string what, Browser doctor, Browser patient, long more = 20)
    {
        foreach (var (who, browser) in new[] { ("the doctor", doctor), ("the patient", patient) })
        {
            var before = await browser.SumsAsync();
            var talks = await browser.ComesTrueAsync(Talks.Replace("{0}", Text(before.Frames + more), StringComparison.Ordinal).Replace("{1}", Text(before.Sound + more), StringComparison.Ordinal));
            var now = await browser.SumsAsync();
            _verdicts.Expect(talks && now.Frames >= before.Frames + more, $"{what}: {who} saw {now.Frames - before.Frames} more frames of the other and heard {now.Sound - before.Sound} more packets");
        }
    }

    private async Task BreakAsync(Browser doctor, Browser patient, Cable cable)
    {
        cable.Pull();
        _verdicts.Expect(await patient.ComesTrueAsync("document.getElementById('status').textContent.includes('broke')"), "the patient's socket was cut, and the page knows");
        await CallAsync("while the socket is cut", doctor, patient, more: 40);
        cable.PutBack();
        _verdicts.Expect(
            await patient.ComesTrueAsync("document.getElementById('status').textContent.includes('You are in')")
                && await doctor.ComesTrueAsync("document.getElementById('line').textContent === ''"),
            "the patient's page came back by itself, without waiting again");
        await CallAsync("after that", doctor, patient);
        _verdicts.Expect((int?)await doctor.AskAsync("pcs.length") == 1 && (int?)await patient.AskAsync("pcs.length") == 1, "it is the same connection as before");
        var former = (await patient.SumsAsync()).Way;
        await patient.AskAsync("pcs[0].restartIce()");
        _verdicts.Expect(
            await patient.ComesTrueAsync($"(async () => {{ const s = await sums(); return s.open === 1 && s.ufrag !== '{former}' && pcs[0].signalingState === 'stable' }})()"),
            "a new way was agreed upon over the mended socket (ICE restart)");
        await CallAsync("on the new way", doctor, patient);
    }

    private async Task StepAsync(Browser doctor, Browser patient, Visit visit, Api api)
    {
        await patient.ClickAsync("[data-mode=audio]");
        await SoundAloneAsync("stepped down by hand", doctor, patient);
        await doctor.ClickAsync("[data-mode=video]");
        await CallAsync("stepped up by hand", doctor, patient);

        // What the page asks the browser of its line is made to be bad.
        await patient.AskAsync(
            "RTCPeerConnection.prototype.getStatsOf = RTCPeerConnection.prototype.getStats; pcs[0].getStats = async function () { const s = new Map(await this.getStatsOf()); s.set('bad', { type: 'remote-inbound-rtp', fractionLost: 0.2 }); return s }");
        _verdicts.Expect(await patient.ComesTrueAsync("document.querySelector('[data-mode=audio]').getAttribute('aria-pressed') === 'true'"), "a bad line steps down by itself");
        await SoundAloneAsync("stepped down by itself", doctor, patient);
        await patient.ClickAsync("[data-mode=text]");
        _verdicts.Expect(await doctor.ComesTrueAsync("!document.getElementById('chat').hidden"), "text: the chat opens on the other side");
        await patient.ComesTrueAsync("!document.getElementById('chat').hidden");
        await patient.FillAsync("say", ("text", "Can you read me?"));
        _verdicts.Expect(await doctor.ComesTrueAsync("document.getElementById('messages').textContent.includes('Can you read me?')"), "what one writes the other reads");
        var steps = (await api.GetAsync($"/api/consultations/{visit.Id}/session/events/?page_size=100", visit.Doctor)).Data.AsArray()
            .Where(e => (string)e!["kind"]! == "stepped").Select(e => $"{e!["mode"]} ({e["reason"]})").Reverse().ToList();
        _verdicts.Expect(steps.SequenceEqual(["audio (by_hand)", "video (by_hand)", "audio (poor_line)", "text (by_hand)"]), $"recorded: {string.Join(", ", steps)}");
    }

    private async Task SoundAloneAsync(string what, Browser doctor, Browser patient)
    {
        foreach (var (who, browser) in new[] { ("the doctor", doctor), ("the patient", patient) })
        {
            await browser.ComesTrueAsync("document.querySelector('[data-mode=audio]').getAttribute('aria-pressed') === 'true'");
            await Task.Delay(1500);
            var before = await browser.SumsAsync();
            await browser.ComesTrueAsync(Talks.Replace("{0}", "-1", StringComparison.Ordinal).Replace("{1}", Text(before.Sound + 50), StringComparison.Ordinal));
            var now = await browser.SumsAsync();
            _verdicts.Expect(now.Frames - before.Frames <= 1 && now.Sound >= before.Sound + 50, $"{what}: {who} saw {now.Frames - before.Frames} more frames and heard {now.Sound - before.Sound} more packets");
        }
    }

    private async Task StrangerAsync(Visit visit, Api api)
    {
        await using var stranger = await Browser.StartAsync(chromium, Path.Combine(folder, "stranger"));
        using var cable = new Cable(url);
        await SignInAsync(stranger, cable, visit.Id, "visit.stranger");
        _verdicts.Expect(await stranger.ComesTrueAsync("document.getElementById('status').textContent.includes('no such visit')"), "a stranger's page is refused");
        var ticket = (string)(await api.PostAsync("/api/realtime/tickets/", new { }, visit.Stranger)).Data["ticket"]!;
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"ws://{url.Authority}/ws/consultations/{visit.Id}/?ticket={ticket}"), CancellationToken.None);
        var said = await socket.ReceiveAsync(new byte[1024].AsMemory(), CancellationToken.None);
        _verdicts.Expect(said.MessageType == WebSocketMessageType.Close && (int?)socket.CloseStatus == 4403, $"a stranger's socket is closed: {(int?)socket.CloseStatus}");
    }

    private static async Task SignInAsync(Browser browser, Cable cable, string visit, string user)
    {
        await browser.GoAsync($"{cable.Address}/visit/{visit}");
        await browser.ComesTrueAsync("location.pathname === '/sign-in' && document.getElementById('sign-in')");
        await browser.FillAsync("sign-in", ("sign-in-username", user), ("sign-in-password", Password));
    }

    private static async Task<Visit> MakeAsync(Api api, string adminEmail)
    {
        var admin = (string)(await api.PostAsync("/api/auth/login/", new { username = adminEmail, password = Password })).Data["access"]!;
        var doctor = await RegisterAsync(api, "doctor");
        var patient = await RegisterAsync(api, "patient");
        var stranger = await RegisterAsync(api, "stranger");
        await api.PostAsync($"/api/doctors/{doctor["user"]!["doctor_id"]}/verify/", new { }, admin);
        var access = (string)doctor["access"]!;
        var day = TimeProvider.System.GetUtcNow().AddDays(2).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var slot = (string)(await api.PostAsync("/api/time-slots/", new { date = day, start_time = "09:00:00", end_time = "09:30:00" }, access)).Data["id"]!;
        var booked = (string)(await api.PostAsync("/api/appointments/", new { time_slot_id = slot, reason = "Cough" }, (string)patient["access"]!)).Data["id"]!;
        var visit = (string)(await api.PostAsync("/api/consultations/", new { appointment_id = booked }, access)).Data["id"]!;
        _ = (await api.PostAsync($"/api/consultations/{visit}/start/", new { }, access)).Data;
        return new Visit(visit, access, (string)patient["access"]!, (string)stranger["access"]!);
    }

    private static async Task<JsonNode> RegisterAsync(Api api, string name) => (await api.PostAsync("/api/auth/register/", new
    {
        username = "visit." + name,
        email = name + "@visit.example.com",
        password = Password,
        first_name = "Ada",
        last_name = name,
        user_type = name == "doctor" ? "doctor" : "patient",
        medical_license_number = name == "doctor" ? "MD-VISIT" : null,
        specialization = name == "doctor" ? "Cardiology" : null,
    })).Data;

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
