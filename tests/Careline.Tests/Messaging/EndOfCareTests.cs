using Careline.Tests.Patients;
using Careline.Tests.Scheduling;
using Careline.Tests.Support;

namespace Careline.Tests.Messaging;

/// <summary>Whoever takes part by caring for the patient leaves when that ends. Runs a job, so the application is its own.</summary>
public sealed class EndOfCareTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task Who_comes_in_for_the_patient_stays_no_longer_than_they_act_for_them()
    {
        var (patient, doctor, chat) = await app.TalkingAsync();
        using var daughter = await app.PatientAsync();
        using var former = await app.PatientAsync();
        var (link, ended) = (await app.ActForAsync(daughter, patient, ["read"]), await app.ActForAsync(former, patient, ["read"]));
        foreach (var invited in new[] { daughter, former })
        {
            (await doctor.PostAsync($"/api/chats/{chat}/invitations/", new { user_id = invited.UserId })).Status.ShouldBe(201);
        }

        (await patient.DeleteAsync($"/api/patients/{patient.PatientId}/proxies/{ended}/")).Status.ShouldBe(204);
        (await former.PostAsync($"/api/chats/{chat}/invitations/accept/")).ErrorCode.ShouldBe("NOT_INVITED");
        (await daughter.PostAsync($"/api/chats/{chat}/invitations/accept/")).Status.ShouldBe(200);
        await daughter.SayAsync(chat, "She sleeps badly.");

        (await patient.DeleteAsync($"/api/patients/{patient.PatientId}/proxies/{link}/")).Status.ShouldBe(204);
        await app.RunJobAsync("messaging.leave-chats-after-care");

        (await daughter.GetAsync($"/api/chats/{chat}/messages/")).Status.ShouldBe(404);
        (await doctor.GetAsync($"/api/chats/{chat}/participants/")).Rows.Select(p => p.GetProperty("user_id").GetGuid()).ShouldBe([patient.UserId, doctor.UserId], ignoreOrder: true);
    }

    [Fact]
    public async Task Into_a_patients_chat_staff_ask_only_those_who_treat_the_patient()
    {
        var (patient, doctor, chat) = await app.TalkingAsync();
        using var colleague = await app.DoctorAsync();
        using var unverified = await app.DoctorAsync(verified: false);
        foreach (var stranger in new[] { colleague, unverified })
        {
            (await doctor.PostAsync($"/api/chats/{chat}/invitations/", new { user_id = stranger.UserId })).Status.ShouldBe(403);
        }

        (await doctor.PostAsync("/api/chats/", new { type = "group", participant_ids = new[] { colleague.UserId, patient.UserId } })).Status.ShouldBe(403);
        (await unverified.PostAsync("/api/chats/", new { type = "group", participant_ids = new[] { doctor.UserId } })).Status.ShouldBe(403);
        (await doctor.PostAsync("/api/chats/", new { type = "group", participant_ids = new[] { unverified.UserId } })).Status.ShouldBe(403);

        (await patient.PostAsync($"/api/patients/{patient.PatientId}/grants/", new { doctor_id = colleague.DoctorId, until = app.Now.AddDays(3) })).Status.ShouldBe(201);
        (await doctor.PostAsync($"/api/chats/{chat}/invitations/", new { user_id = colleague.UserId })).Status.ShouldBe(201);
        (await colleague.PostAsync($"/api/chats/{chat}/invitations/accept/")).Status.ShouldBe(200);
        (await colleague.GetAsync($"/api/chats/{chat}/messages/")).Status.ShouldBe(200);
        (await patient.DeleteAsync($"/api/chats/{chat}/participants/{colleague.UserId}/")).Status.ShouldBe(204);
        (await colleague.GetAsync($"/api/chats/{chat}/messages/")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task With_the_care_the_doctors_place_ends_in_every_chat_and_no_invitation_brings_it_back()
    {
        var (patient, doctor, chat) = await app.TalkingAsync();
        using var colleague = await app.DoctorAsync();
        (await patient.PostAsync($"/api/patients/{patient.PatientId}/grants/", new { doctor_id = colleague.DoctorId, until = app.Now.AddDays(3) })).Status.ShouldBe(201);
        (await doctor.PostAsync($"/api/chats/{chat}/invitations/", new { user_id = colleague.UserId })).Status.ShouldBe(201);
        (await colleague.PostAsync($"/api/chats/{chat}/invitations/accept/")).Status.ShouldBe(200);
        var group = (await doctor.PostAsync("/api/chats/", new { type = "group", participant_ids = new[] { patient.UserId, colleague.UserId } })).Id;
        (await patient.PostAsync($"/api/chats/{group}/invitations/accept/")).Status.ShouldBe(200);
        await patient.SayAsync(group, "It began in March.");
        await using var line = await app.ListenAsync(doctor, group);

        var visit = (await patient.GetAsync($"/api/chats/{chat}/")).Data.GetProperty("appointment_id").GetGuid();
        (await patient.MoveAsync(visit, "cancel")).Status.ShouldBe(200);

        (await doctor.GetAsync($"/api/chats/{group}/messages/")).Status.ShouldBe(404);
        (await doctor.PostAsync($"/api/chats/{group}/messages/", new { client_id = Guid.CreateVersion7(), content = "?" })).Status.ShouldBe(404);
        (await line.Closed).ShouldBe(4403);
        (await colleague.PostAsync($"/api/chats/{chat}/invitations/", new { user_id = doctor.UserId })).Status.ShouldBe(403);
        await app.RunJobAsync("messaging.leave-chats-after-care");
        (await patient.GetAsync($"/api/chats/{chat}/")).Data.GetProperty("status").GetString().ShouldBe("closed");
    }

    [Fact]
    public async Task What_a_doctor_sends_after_the_care_is_not_taken_and_nothing_more_is_read()
    {
        using var patient = await app.PatientAsync();
        using var doctor = await app.DoctorAsync();
        var grant = (await patient.PostAsync($"/api/patients/{patient.PatientId}/grants/", new { doctor_id = doctor.DoctorId, until = app.Now.AddDays(3) })).Id;
        var chat = (await doctor.PostAsync("/api/chats/", new { participant_ids = new[] { patient.UserId } })).Id;
        (await patient.PostAsync($"/api/chats/{chat}/invitations/accept/")).Status.ShouldBe(200);
        await patient.SayAsync(chat, "Before.");
        await using var line = await app.ListenAsync(doctor, chat);

        (await patient.DeleteAsync($"/api/patients/{patient.PatientId}/grants/{grant}/")).Status.ShouldBe(204);
        await line.SendAsync(new { type = "message", client_id = Guid.CreateVersion7(), content = "After." });
        await line.SendAsync(new { type = "sync", after_seq = 0 });

        (await line.NextAsync("error")).GetProperty("code").GetString().ShouldBe("NOT_FOUND");
        (await line.NextAsync("error")).GetProperty("code").GetString().ShouldBe("NOT_FOUND");
        (await patient.GetAsync($"/api/chats/{chat}/messages/")).Rows.Count().ShouldBe(1);
    }

    [Fact]
    public async Task Who_declined_is_left_in_peace()
    {
        using var patient = await app.PatientAsync();
        using var doctor = await app.DoctorAsync();
        var chat = (await patient.PostAsync("/api/chats/", new { participant_ids = new[] { doctor.UserId } })).Id;
        (await doctor.PostAsync($"/api/chats/{chat}/invitations/decline/")).Status.ShouldBe(200);
        var told = (await doctor.GetAsync("/api/notifications/?category=message")).Rows.Count();

        (await patient.PostAsync("/api/chats/", new { participant_ids = new[] { doctor.UserId } })).Id.ShouldBe(chat);

        (await doctor.GetAsync("/api/notifications/?category=message")).Rows.Count().ShouldBe(told);
        (await doctor.GetAsync("/api/chats/?invited=true")).Rows.ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_two_patients_who_are_asked_at_once_into_a_group_it_speaks_of_one()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var colleague = await app.DoctorAsync();
        var patients = new[] { await app.PatientAsync(), await app.PatientAsync() };
        foreach (var (patient, time) in patients.Zip(await doctor.OfferAsync(app.Day(), 2)))
        {
            await patient.BookedAsync(time);
        }

        for (var n = 0; n < 8; n++)
        {
            var chat = (await doctor.PostAsync("/api/chats/", new { type = "group", participant_ids = new[] { colleague.UserId } })).Id;
            var asked = await Task.WhenAll(patients.Select(p => doctor.PostAsync($"/api/chats/{chat}/invitations/", new { user_id = p.UserId })));
            asked.Count(a => a.Status == 201).ShouldBe(1);
        }

        // Of a group in which somebody does not treat them no patient becomes a part.
        var mixed = (await doctor.PostAsync("/api/chats/", new { type = "group", participant_ids = new[] { colleague.UserId } })).Id;
        (await colleague.PostAsync($"/api/chats/{mixed}/invitations/accept/")).Status.ShouldBe(200);
        (await doctor.PostAsync($"/api/chats/{mixed}/invitations/", new { user_id = patients[0].UserId })).ErrorCode.ShouldBe("NOT_OF_THIS_PATIENT");
        Array.ForEach(patients, p => p.Dispose());
    }
}
