using Careline.Tests.Patients;
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
}
