using System.Text.Json;
using Careline.Consultations.VisitRoom;
using Careline.Tests.Patients;
using Careline.Tests.Scheduling;
using Careline.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Careline.Tests.Consultations;

/// <summary>The room of a visit over two hosts: the doctor is at one, everybody else at the other.</summary>
public sealed class VisitSocketTests(TwoHosts app) : IClassFixture<TwoHosts>
{
    private static string Word(JsonElement frame, string name) => frame.GetProperty(name).GetString()!;

    private static Guid Id(JsonElement frame, string name) => frame.GetProperty(name).GetGuid();

    [Fact]
    public async Task The_patient_waits_until_the_doctor_lets_them_in_and_the_two_exchange_descriptions_over_two_hosts()
    {
        using var visit = await app.StartedVisitAsync();
        await using var doctor = await EnterAsync(visit, visit.Doctor, app.Address);
        await using var patient = await EnterAsync(visit, visit.Patient, app.Other);

        await doctor.SendAsync(new { type = "join", instance = "desk" });
        Word(await doctor.NextAsync(), "type").ShouldBe("joined");
        await patient.SendAsync(new { type = "join", instance = "phone" });
        Id(await patient.NextAsync(), "user_id").ShouldBe(visit.Patient.UserId);
        var waiting = await doctor.NextAsync("waiting");
        Id(waiting, "user_id").ShouldBe(visit.Patient.UserId);
        waiting.GetProperty("is_confirmed").GetBoolean().ShouldBeFalse();

        await doctor.SendAsync(new { type = "admit", user_id = visit.Patient.UserId });
        Word(await patient.NextAsync(), "type").ShouldBe("admitted");
        var (met, meets) = (await patient.NextAsync(), await doctor.NextAsync());
        (Word(met, "type"), Id(met, "user_id"), Word(met, "instance"), Word(met, "role")).ShouldBe(("peer_joined", visit.Doctor.UserId, "desk", "doctor"));
        (Word(meets, "type"), Id(meets, "user_id"), Word(meets, "instance")).ShouldBe(("peer_joined", visit.Patient.UserId, "phone"));
        (met.GetProperty("polite").GetBoolean(), meets.GetProperty("polite").GetBoolean()).ShouldBe((true, false));

        var sdp = "v=0\r\n" + new string('a', 12_000);
        await doctor.SendAsync(new { type = "description", sdp = new { type = "offer", sdp }, odd = 7 });
        var heard = await patient.NextAsync();
        heard.GetProperty("sdp").GetProperty("sdp").GetString().ShouldBe(sdp);
        (heard.GetProperty("odd").GetInt32(), Id(heard, "from")).ShouldBe((7, visit.Doctor.UserId));
        for (var i = 0; i < 20; i++)
        {
            await patient.SendAsync(new { type = "candidate", candidate = new { candidate = $"candidate:{i}" } });
        }

        for (var i = 0; i < 20; i++)
        {
            (await doctor.NextAsync()).GetProperty("candidate").GetProperty("candidate").GetString().ShouldBe($"candidate:{i}");
        }

        await doctor.SendAsync(new { type = "ping" });
        Word(await doctor.NextAsync(), "type").ShouldBe("pong");
        patient.Arrived().ShouldBeEmpty();
        (await app.SqlAsync("SELECT count(*) FROM consultations.room_frames WHERE encode(body, 'escape') LIKE '%v=0%'")).ShouldBe(0L);
        await app.SqlAsync("UPDATE consultations.room_frames SET at = at - interval '2 minutes'");
        await app.RunJobAsync("consultations.forget-frames");
        (await app.SqlAsync("SELECT count(*) FROM consultations.room_frames")).ShouldBe(0L);
    }

    [Fact]
    public async Task A_stranger_is_refused_before_and_behind_the_socket()
    {
        using var visit = await app.StartedVisitAsync();
        using var stranger = await app.PatientAsync();
        using var other = await app.DoctorAsync();
        foreach (var person in new[] { stranger, other })
        {
            (await person.PostAsync($"{visit.Path}session/")).Status.ShouldBe(404);
            await using var socket = await Socket.OpenAsync(app.Other, $"/ws/consultations/{visit.Id}/", person);
            (await socket.Closed).ShouldBe(4403);
            socket.Arrived().ShouldBeEmpty();
        }

        foreach (var name in new[] { $"{Guid.CreateVersion7()}", "no-id" })
        {
            await using var unknown = await Socket.OpenAsync(app.Other, $"/ws/consultations/{name}/", visit.Doctor);
            (await unknown.Closed).ShouldBe(4403);
        }
    }

    [Fact]
    public async Task Who_reads_the_record_or_works_here_is_not_let_into_the_conversation()
    {
        using var visit = await app.StartedVisitAsync();
        await using var doctor = await JoinedAsync(visit, visit.Doctor, app.Address);
        using var booker = await app.PatientAsync();
        using var second = await app.DoctorAsync();
        await app.ActForAsync(booker, visit.Patient, ["book"]);
        (await visit.Patient.PostAsync($"/api/patients/{visit.Patient.PatientId}/grants/", new { doctor_id = second.DoctorId, until = app.Now.AddDays(1) })).Status.ShouldBe(201);
        (await second.GetAsync(visit.Path)).Status.ShouldBe(200);
        var people = new List<Person> { booker, second };
        foreach (var role in new[] { "nurse", "receptionist", "pharmacist", "admin", "superadmin" })
        {
            people.Add(await app.StaffAsync(role));
        }

        foreach (var person in people)
        {
            (await person.PostAsync($"{visit.Path}session/")).Status.ShouldBe(404);
            await using var socket = await Socket.OpenAsync(app.Other, $"/ws/consultations/{visit.Id}/", person);
            (await socket.Closed).ShouldBe(4403);
            socket.Arrived().ShouldBeEmpty();
            person.Dispose();
        }
    }

    [Fact]
    public async Task Who_waits_says_nothing_to_the_call_and_hears_nothing_of_it()
    {
        using var visit = await app.StartedVisitAsync();
        await using var doctor = await JoinedAsync(visit, visit.Doctor, app.Address);
        await using var patient = await EnterAsync(visit, visit.Patient, app.Other);
        await patient.SendAsync(new { type = "join" });
        await patient.NextAsync("waiting");
        await doctor.NextAsync("waiting");

        foreach (var frame in new object[]
        {
            new { type = "description", sdp = "x" }, new { type = "description", sdp = "x", to = visit.Doctor.UserId }, new { type = "candidate", candidate = "x" }, new { type = "mode", mode = "audio" },
            new { type = "end" }, new { type = "admit", user_id = visit.Patient.UserId },
        })
        {
            await patient.SendAsync(frame);
            Word(await patient.NextAsync(), "code").ShouldBe("NOT_IN_CALL");
        }

        await doctor.SendAsync(new { type = "description", sdp = "x" });
        await doctor.SendAsync(new { type = "mode", mode = "audio" });
        await doctor.SendAsync(new { type = "admit", user_id = visit.Patient.UserId });
        Word(await patient.NextAsync(), "type").ShouldBe("admitted");
        doctor.Arrived().Where(f => Word(f, "type") != "peer_joined").ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_acts_for_the_patient_comes_as_the_patient_until_that_ends()
    {
        using var visit = await app.StartedVisitAsync();
        using var daughter = await app.PatientAsync();
        var link = await app.ActForAsync(daughter, visit.Patient, ["read"]);
        await using var doctor = await JoinedAsync(visit, visit.Doctor, app.Address);
        await using var socket = await AdmittedAsync(visit, doctor, daughter);

        (await visit.Patient.DeleteAsync($"/api/patients/{visit.Patient.PatientId}/proxies/{link}/")).Status.ShouldBe(204);
        await socket.SendAsync(new { type = "candidate", candidate = "x" });

        (await socket.Closed).ShouldBe(4403);
        Word(await doctor.NextAsync(), "type").ShouldBe("peer_left");
    }

    [Fact]
    public async Task What_the_line_between_the_hosts_does_not_tell_is_found_all_the_same()
    {
        using var visit = await app.StartedVisitAsync();
        await using var doctor = await JoinedAsync(visit, visit.Doctor, app.Address);
        await using var patient = await AdmittedAsync(visit, doctor, visit.Patient);

        await app.SqlAsync("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'careline hosts' AND datname = current_database()");
        for (var i = 0; i < 5; i++)
        {
            await doctor.SendAsync(new { type = "candidate", candidate = $"{i}" });
        }

        for (var i = 0; i < 5; i++)
        {
            Word(await patient.NextAsync("candidate"), "candidate").ShouldBe($"{i}");
        }
    }

    [Fact]
    public async Task Two_tabs_of_one_person_are_one_and_the_newer_takes_over()
    {
        using var visit = await app.StartedVisitAsync();
        await using var doctor = await JoinedAsync(visit, visit.Doctor, app.Address);
        await using var first = await AdmittedAsync(visit, doctor, visit.Patient);
        await using var second = await EnterAsync(visit, visit.Patient, app.Address);

        await second.SendAsync(new { type = "join", instance = "second" });

        Word(await second.NextAsync(), "type").ShouldBe("joined");
        Word(await second.NextAsync(), "type").ShouldBe("peer_joined");
        Word(await first.NextAsync("ended"), "reason").ShouldBe("elsewhere");
        (await first.Closed).ShouldBe(1000);
        Word(await doctor.NextAsync("peer_joined"), "instance").ShouldBe("second");
        await second.SendAsync(new { type = "candidate", candidate = "c" });
        Word(await doctor.NextAsync(), "candidate").ShouldBe("c");
        (await app.SqlAsync("SELECT count(*) FROM consultations.seats WHERE consultation_id = $1", visit.Id)).ShouldBe(2L);
    }

    [Fact]
    public async Task Whose_line_breaks_goes_on_and_who_leaves_waits_again()
    {
        using var visit = await app.StartedVisitAsync();
        await using var doctor = await JoinedAsync(visit, visit.Doctor, app.Address);
        await using (var patient = await AdmittedAsync(visit, doctor, visit.Patient))
        {
            patient.Cut();
            Word(await doctor.NextAsync("peer_left"), "reason").ShouldBe("lost");
        }

        await using var again = await EnterAsync(visit, visit.Patient, app.Other);
        await again.SendAsync(new { type = "join", instance = "phone" });
        Word(await again.NextAsync(), "type").ShouldBe("joined");
        Word(await doctor.NextAsync("peer_joined"), "instance").ShouldBe("phone");

        await again.SendAsync(new { type = "leave" });
        Word(await doctor.NextAsync("peer_left"), "reason").ShouldBe("left");
        await again.SendAsync(new { type = "join" });
        Word(await again.NextAsync("waiting"), "type").ShouldBe("waiting");
        await doctor.NextAsync("waiting");
        await doctor.SendAsync(new { type = "admit", user_id = visit.Patient.UserId });
        await again.NextAsync("peer_joined");

        string[] kinds = [.. (await visit.Patient.GetAsync($"{visit.Path}session/events/")).Rows.Reverse().Select(e => Word(e, "kind"))];
        kinds.ShouldBe(["created", "joined", "waiting", "admitted", "joined", "lost", "joined", "left", "waiting", "admitted", "joined"]);
    }

    [Fact]
    public async Task Steps_of_the_ladder_are_told_and_recorded_with_their_reason()
    {
        using var visit = await app.StartedVisitAsync();
        await using var doctor = await JoinedAsync(visit, visit.Doctor, app.Address);
        await using var patient = await AdmittedAsync(visit, doctor, visit.Patient);

        await patient.SendAsync(new { type = "mode", mode = "audio", reason = "poor_line" });
        var told = await doctor.NextAsync("mode");
        (Word(told, "mode"), Word(told, "reason"), Id(told, "from")).ShouldBe(("audio", "poor_line", visit.Patient.UserId));
        await doctor.SendAsync(new { type = "mode", mode = "text" });
        Word(await patient.NextAsync("mode"), "mode").ShouldBe("text");
        foreach (var bad in new object[] { new { type = "mode" }, new { type = "mode", mode = "smoke" }, new { type = "mode", mode = 7 }, new { type = "mode", mode = "video", reason = new string('x', 201) } })
        {
            await doctor.SendAsync(bad);
            Word(await doctor.NextAsync(), "code").ShouldBe("VALIDATION_ERROR");
        }

        var steps = (await visit.Doctor.GetAsync($"{visit.Path}session/events/")).Rows.Where(e => Word(e, "kind") == "stepped").ToList();
        steps.Select(s => Word(s, "mode")).ShouldBe(["text", "audio"]);
        (Word(steps[1], "reason"), Id(steps[1], "actor_id")).ShouldBe(("poor_line", visit.Patient.UserId));
        Word((await visit.Patient.PostAsync($"{visit.Path}session/")).Data, "mode").ShouldBe("text");
    }

    [Fact]
    public async Task A_third_person_comes_by_invitation_is_let_in_sees_nothing_of_the_record_and_goes_when_sent()
    {
        using var visit = await app.StartedVisitAsync();
        using var interpreter = await app.PatientAsync("Ines");
        await using var doctor = await JoinedAsync(visit, visit.Doctor, app.Address);
        await using var patient = await AdmittedAsync(visit, doctor, visit.Patient);
        var invited = await visit.Patient.PostAsync($"{visit.Path}session/guests/", new { kind = "interpreter", name = "Ines, Yoruba" });
        invited.Status.ShouldBe(201, invited.Text);
        var accept = $"{visit.Path}session/guests/accept/";
        (await interpreter.PostAsync(accept, new { token = "guess" })).Status.ShouldBe(404);
        (await interpreter.PostAsync(accept, new { token = Word(invited.Data, "token") })).Status.ShouldBe(200);
        using var thief = await app.PatientAsync();
        (await thief.PostAsync(accept, new { token = Word(invited.Data, "token") })).Status.ShouldBe(404);

        var session = await interpreter.PostAsync($"{visit.Path}session/");
        Word(session.Data, "role").ShouldBe("guest");
        session.Data.TryGetProperty("appointment_id", out _).ShouldBeFalse();
        session.Data.TryGetProperty("confirmation", out _).ShouldBeFalse();
        (await interpreter.GetAsync(visit.Path)).Status.ShouldBe(404);
        (await interpreter.GetAsync($"{visit.Path}session/events/")).Status.ShouldBe(403);
        (await interpreter.PostAsync($"{visit.Path}session/guests/", new { kind = "other", name = "Friend" })).Status.ShouldBe(403);

        await using var guest = await Socket.OpenAsync(app.Other, $"/ws/consultations/{visit.Id}/", interpreter);
        await guest.SendAsync(new { type = "join" });
        await guest.NextAsync("waiting");
        var waiting = await patient.NextAsync("waiting");
        (Word(waiting, "name"), Word(waiting, "kind")).ShouldBe(("Ines, Yoruba", "interpreter"));
        await patient.SendAsync(new { type = "admit", user_id = interpreter.UserId });
        Guid[] met = [Id(await guest.NextAsync("peer_joined"), "user_id"), Id(await guest.NextAsync("peer_joined"), "user_id")];
        met.ShouldBe([visit.Doctor.UserId, visit.Patient.UserId], ignoreOrder: true);
        await doctor.NextAsync("peer_joined");
        await guest.SendAsync(new { type = "description", to = visit.Doctor.UserId, sdp = "for the doctor" });
        Word(await doctor.NextAsync(), "sdp").ShouldBe("for the doctor");
        await guest.SendAsync(new { type = "mode", mode = "audio" });
        Word(await guest.NextAsync("error"), "code").ShouldBe("PERMISSION_DENIED");
        await guest.SendAsync(new { type = "end" });
        Word(await guest.NextAsync("error"), "code").ShouldBe("PERMISSION_DENIED");
        patient.Arrived().ShouldNotContain(f => Word(f, "type") == "description");

        (await visit.Doctor.DeleteAsync($"{visit.Path}session/guests/{invited.Id}/")).Status.ShouldBe(204);
        (await guest.Closed).ShouldBe(4403);
        Id(await doctor.NextAsync("peer_left"), "user_id").ShouldBe(interpreter.UserId);
        (await interpreter.PostAsync($"{visit.Path}session/")).Status.ShouldBe(404);
        (await interpreter.PostAsync(accept, new { token = Word(invited.Data, "token") })).Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_patient_who_waits_is_told_at_once_that_the_visit_is_called_off()
    {
        using var visit = await SoonAsync();
        await using var patient = await EnterAsync(visit, visit.Patient, app.Other);
        await patient.SendAsync(new { type = "join" });
        await patient.NextAsync("waiting");

        // By the calendar, not by the document: the news reaches the room all the same.
        (await visit.Doctor.PostAsync($"/api/appointments/{visit.AppointmentId}/cancel/", new { reason = "Called away" })).Status.ShouldBe(200);

        Word(await patient.NextAsync("ended"), "reason").ShouldBe("cancelled");
        await patient.SendAsync(new { type = "join" });
        Word(await patient.NextAsync("error"), "code").ShouldBe("VISIT_OVER");
        (await visit.Patient.PostAsync($"{visit.Path}session/")).ErrorCode.ShouldBe("VISIT_OVER");
    }

    [Fact]
    public async Task A_patient_who_waits_is_told_that_the_visit_was_moved()
    {
        using var visit = await SoonAsync();
        await using var patient = await EnterAsync(visit, visit.Patient, app.Other);
        await patient.SendAsync(new { type = "join" });
        await patient.NextAsync("waiting");
        var later = await visit.Doctor.OfferAsync(app.Day(33), 1);

        (await visit.Doctor.PostAsync($"/api/appointments/{visit.AppointmentId}/reschedule/", new { time_slot_id = later[0] })).Status.ShouldBe(200);

        Word(await patient.NextAsync("ended"), "reason").ShouldBe("rescheduled");
        await patient.SendAsync(new { type = "join" });
        Word(await patient.NextAsync("error"), "code").ShouldBe("ROOM_NOT_OPEN");
    }

    [Fact]
    public async Task The_doctor_ends_the_call_for_everybody_and_may_call_again_until_the_visit_is_completed()
    {
        using var visit = await app.StartedVisitAsync();
        await using var doctor = await JoinedAsync(visit, visit.Doctor, app.Address);
        await using var patient = await AdmittedAsync(visit, doctor, visit.Patient);
        await patient.SendAsync(new { type = "end" });
        Word(await patient.NextAsync("error"), "code").ShouldBe("PERMISSION_DENIED");

        await doctor.SendAsync(new { type = "end" });
        Word(await patient.NextAsync("ended"), "reason").ShouldBe("ended_by_doctor");
        await doctor.NextAsync("ended");
        await patient.SendAsync(new { type = "join" });
        await patient.NextAsync("waiting");
        await doctor.SendAsync(new { type = "join" });
        Id(await doctor.NextAsync("waiting"), "user_id").ShouldBe(visit.Patient.UserId);

        (await visit.ByDoctorAsync("complete")).Status.ShouldBe(200);
        Word(await patient.NextAsync("ended"), "reason").ShouldBe("completed");
        Word(await doctor.NextAsync("ended"), "reason").ShouldBe("completed");
    }

    [Fact]
    public async Task Frames_that_are_not_understood_are_answered_and_the_line_stays()
    {
        using var visit = await app.StartedVisitAsync();
        await using var patient = await EnterAsync(visit, visit.Patient, app.Other);
        foreach (var (frame, code) in new[]
        {
            ("[]", "MALFORMED_FRAME"),
            ("""{"type":"join","type":"join"}""", "MALFORMED_FRAME"),
            ("""{"type":7}""", "MALFORMED_FRAME"),
            ("""{"type":"explode"}""", "UNKNOWN_TYPE"),
            ("""{"type":"join","instance":7}""", "VALIDATION_ERROR"),
            ("""{"type":"join","instance":"\ud800"}""", "MALFORMED_FRAME"),
            ("""{"type":"admit"}""", "VALIDATION_ERROR"),
            ("""{"type":"admit","user_id":"x"}""", "VALIDATION_ERROR"),
            ("""{"type":"description"}""", "VALIDATION_ERROR"),
            ("""{"type":"candidate"}""", "VALIDATION_ERROR"),
            ("""{"type":"description","sdp":"x","to":7}""", "VALIDATION_ERROR"),
        })
        {
            await patient.SendAsync(frame);
            Word(await patient.NextAsync(), "code").ShouldBe(code, frame);
        }

        await patient.SendAsync(new { type = "ping" });
        Word(await patient.NextAsync(), "type").ShouldBe("pong");
    }

    [Fact]
    public async Task Text_that_is_no_Unicode_is_not_handed_on()
    {
        using var visit = await app.StartedVisitAsync();
        await using var doctor = await JoinedAsync(visit, visit.Doctor, app.Address);

        foreach (var frame in new[] { """{"type":"description","sdp":"\ud800"}""", """{"type":"description","sdp":{"sdp":["\ud800"]}}""", """{"type":"description","sdp":{"\ud800":1}}""" })
        {
            await doctor.SendAsync(frame);
            Word(await doctor.NextAsync(), "code").ShouldBe("MALFORMED_FRAME");
        }
    }

    [Fact]
    public async Task Who_signs_out_is_cut_off_and_the_other_is_told()
    {
        using var visit = await app.StartedVisitAsync();
        await using var doctor = await JoinedAsync(visit, visit.Doctor, app.Address);
        await using var patient = await AdmittedAsync(visit, doctor, visit.Patient);

        (await visit.Patient.PostAsync("/api/auth/logout/")).Status.ShouldBeLessThan(300);

        (await patient.Closed).ShouldBe(4401);
        Word(await doctor.NextAsync("peer_left"), "reason").ShouldBe("lost");
    }

    [Fact]
    public async Task The_place_of_a_host_that_died_is_given_up()
    {
        using var visit = await app.StartedVisitAsync();
        await using var doctor = await JoinedAsync(visit, visit.Doctor, app.Address);
        await app.SqlAsync(
            "INSERT INTO consultations.seats (consultation_id, account_id, role, line_id, seen_at, admitted_at) VALUES ($1, $2, 'patient', $3, $4, $4)",
            visit.Id, visit.Patient.UserId, Guid.CreateVersion7(), DateTimeOffset.UnixEpoch);

        await app.Services.GetRequiredService<RoomHub>().LookAsync(TestContext.Current.CancellationToken);

        Word(await doctor.NextAsync("peer_left"), "reason").ShouldBe("lost");
    }

    /// <summary>A planned visit whose room is open.</summary>
    private async Task<Visit> SoonAsync()
    {
        var former = await app.VisitAsync();
        var soon = await former.Doctor.PostAsync("/api/consultations/", new { patient_id = former.Patient.PatientId, start = app.Now.AddMinutes(10) });
        soon.Status.ShouldBe(201, soon.Text);
        return former with { Id = soon.Id, AppointmentId = soon.Data.GetProperty("appointment_id").GetGuid() };
    }

    /// <summary>A socket by a ticket of its own, as a browser opens it.</summary>
    private static async Task<Socket> EnterAsync(Visit visit, Person person, Uri host)
    {
        var session = await person.PostAsync($"{visit.Path}session/");
        session.Status.ShouldBe(200, session.Text);
        var socket = await Socket.OpenAsync(host, $"{Word(session.Data, "socket")}?ticket={Word(session.Data, "ticket")}");
        await socket.NextAsync("ready");
        return socket;
    }

    private static async Task<Socket> JoinedAsync(Visit visit, Person person, Uri host)
    {
        var socket = await EnterAsync(visit, person, host);
        await socket.SendAsync(new { type = "join" });
        await socket.NextAsync("joined");
        return socket;
    }

    private async Task<Socket> AdmittedAsync(Visit visit, Socket doctor, Person person)
    {
        var socket = await EnterAsync(visit, person, app.Other);
        await socket.SendAsync(new { type = "join" });
        await doctor.NextAsync("waiting");
        await doctor.SendAsync(new { type = "admit", user_id = person.UserId });
        await socket.NextAsync("peer_joined");
        await doctor.NextAsync("peer_joined");
        return socket;
    }
}
