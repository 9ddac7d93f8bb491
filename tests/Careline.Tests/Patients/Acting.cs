using System.Text.RegularExpressions;
using Careline.Tests.Support;

namespace Careline.Tests.Patients;

/// <summary>What the tests of proxies arrange in one phrase.</summary>
internal static partial class Acting
{
    private static int _invitations;

    public static string Proxies(this Person patient) => $"/api/patients/{patient.PatientId}/proxies/";

    /// <summary>A child registered by a parent; answers its patient id and the link's.</summary>
    public static async Task<(Guid Id, Guid ProxyId)> DependantAsync(this Person parent, string born = "2020-05-01", string relation = "parent")
    {
        var reply = await parent.PostAsync(
            "/api/patients/me/dependants/", new { first_name = "Little", last_name = "One", date_of_birth = born, gender = "female", relation });
        reply.Status.ShouldBe(201, reply.Text);
        return (reply.Id, reply.Data.GetProperty("proxy_id").GetGuid());
    }

    /// <summary>Invites somebody to act for a patient; answers the link and the mailed token.</summary>
    public static async Task<(Guid Id, string Token)> InviteAsync(
        this TestApp app, Person by, Guid patientId, string[] rights, string relation = "carer", DateTimeOffset? until = null)
    {
        var email = $"helper{Interlocked.Increment(ref _invitations)}@example.test";
        var reply = await by.PostAsync($"/api/patients/{patientId}/proxies/", new { email, relation, rights, valid_until = until });
        reply.Status.ShouldBe(201, reply.Text);
        return (reply.Id, Token().Match((await app.InboxAsync(email))[0]).Value);
    }

    /// <summary>Makes somebody a patient's proxy; answers the link.</summary>
    public static async Task<Guid> ActForAsync(this TestApp app, Person proxy, Person patient, string[] rights, DateTimeOffset? until = null)
    {
        var (id, token) = await app.InviteAsync(patient, patient.PatientId, rights, until: until);
        (await proxy.AcceptAsync(token)).Status.ShouldBe(200);
        return id;
    }

    public static Task<Reply> AcceptAsync(this Person person, string token) => person.PostAsync("/api/patients/proxies/accept/", new { token });

    [GeneratedRegex("[A-Za-z0-9_-]{43}")]
    private static partial Regex Token();
}
