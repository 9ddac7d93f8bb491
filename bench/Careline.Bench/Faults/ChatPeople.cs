using System.Globalization;

namespace Careline.Bench.Faults;

/// <summary>Groups of people who talk, made through the API: doctors, since staff ask each other without a visit between them.</summary>
internal static class ChatPeople
{
    private const string Password = "correct horse battery";
    private const string Administrator = "boss@example.com";

    public sealed record Member(string Token, string UserId, string Name);

    public sealed record Group(string Chat, Member[] Members);

    public static Uri[] HostsOf(Uri url, int nodes) =>
        [.. Enumerable.Range(0, nodes).Select(n => new Uri(string.Create(CultureInfo.InvariantCulture, $"http://{url.Host}:{url.Port + n}")))];

    public static async Task<Group[]> MakeAsync(Api api, int groups, int members, string prefix = "talker")
    {
        var made = new Group[groups];
        var admin = (string)(await api.PostAsync("/api/auth/login/", new { username = Administrator, password = Password })).Data["access"]!;
        await Parallel.ForEachAsync(Enumerable.Range(0, groups), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (g, _) =>
        {
            var people = new List<Member>();
            for (var m = 0; m < members; m++)
            {
                people.Add(await RegisterAsync(api, $"{prefix}{g}x{m}", admin));
            }

            var chat = (string)(await api.PostAsync("/api/chats/", new { type = "group", participant_ids = people.Skip(1).Select(p => p.UserId) }, people[0].Token)).Data["id"]!;
            foreach (var person in people.Skip(1))
            {
                (await api.PostAsync($"/api/chats/{chat}/invitations/accept/", new { }, person.Token)).Data.AsObject();
            }

            made[g] = new Group(chat, [.. people]);
        });
        return made;
    }

    // Only a doctor whose licence is verified is asked into chats.
    private static async Task<Member> RegisterAsync(Api api, string name, string admin)
    {
        var person = (await api.PostAsync("/api/auth/register/", new
        {
            username = name,
            email = name + "@example.com",
            password = Password,
            first_name = "Ada",
            last_name = "Obi",
            user_type = "doctor",
            medical_license_number = "MD-" + name,
            specialization = "Cardiology",
        })).Data;
        await api.PostAsync($"/api/doctors/{person["user"]!["doctor_id"]}/verify/", new { }, admin);
        return new Member((string)person["access"]!, (string)person["user"]!["id"]!, name);
    }

    /// <summary>Signs somebody in once more.</summary>
    public static async Task<string> SignInAsync(Api api, Member member) =>
        (string)(await api.PostAsync("/api/auth/login/", new { username = member.Name, password = Password })).Data["access"]!;
}
