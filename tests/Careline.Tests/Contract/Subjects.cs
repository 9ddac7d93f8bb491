using System.Text.RegularExpressions;
using Careline.Accounts.Contracts;
using Careline.Tests.Authorization;
using Careline.Tests.Support;

namespace Careline.Tests.Contract;

/// <summary>What one asking is about: ids for the path in its order, a body, who asks, and what goes with it.</summary>
internal sealed record Subject(HttpClient Client)
{
    public IReadOnlyList<string> Values { get; init; } = [];

    public object? Body { get; init; }

    public string Query { get; init; } = "";

    public (string Name, string Value)[] Headers { get; init; } = [];
}

/// <summary>Makes the subjects that rows name, anew for each asking, so that what one asking uses up is there for the next.</summary>
internal sealed partial class Subjects(AuthorizationWorld world) : IDisposable
{
    private const string NewPassword = "another horse, another battery";

    private static readonly Dictionary<string, int> _columns = new()
    {
        ["patient"] = 1,
        ["other patient"] = 2,
        ["doctor"] = 3,
        ["other doctor"] = 4,
        ["nurse"] = 6,
        ["receptionist"] = 7,
        ["admin"] = 11,
    };

    private static int _made;

    private readonly List<Person> _people = [];

    public static HttpClient Known(AuthorizationWorld world, string who) => who == "anyone" ? world.Anonymous : world.People[_columns[who]]!.Client;

    public async Task<Subject> MakeAsync(Row row)
    {
        var subject = row.Subject == "-" ? await OfTheWorldAsync(row)
            : await PersonAsync(row) ?? await VisitAsync(row) ?? throw new InvalidOperationException($"What is {row.Subject}? Say so in {nameof(Subjects)}.");
        return row.Body is null ? subject : subject with { Body = row.Body };
    }

    public void Dispose() => _people.ForEach(p => p.Dispose());

    private async Task<Subject> OfTheWorldAsync(Row row)
    {
        var (filled, body) = await world.CallAsync(row.Method, row.Paths[0], isLetIn: true);
        var (path, query) = filled.Split('?', 2) is [var before, var after] ? (before, after) : (filled, "");
        var values = path.Split('/').Zip(row.Paths[0].Split('/')).Where(s => s.Second.StartsWith('{')).Select(s => s.First);
        return new Subject(Known(world, row.Who)) { Values = [.. values], Body = body, Query = query };
    }

    // By whom the row says; whoever is new there brings their own sign-in.
    private HttpClient By(Row row, Person person) => row.Who == "newcomer" ? person.Client : Known(world, row.Who);

    private async Task<Subject?> PersonAsync(Row row)
    {
        var number = Interlocked.Increment(ref _made);
        var (email, phone) = ($"contract{number}@example.test", $"+2348077{number:D6}");
        return row.Subject switch
        {
            "a new patient" => new Subject(world.Anonymous)
            {
                Body = new { username = $"contract{number}", email, password = TestApp.Password, first_name = "Ada", last_name = "Obi", user_type = "patient" },
            },
            "a new doctor" => new Subject(world.Anonymous)
            {
                Body = new
                {
                    email,
                    password = TestApp.Password,
                    first_name = "Ada",
                    last_name = "Obi",
                    role = "doctor",
                    phone,
                    date_of_birth = "1980-01-31",
                    address = "1 Quay",
                    medical_license_number = $"MD-C{number}",
                    specialization = "Cardiology",
                },
            },
            "a name and a password" => SignIn((await NewcomerAsync()).UserName),
            "an e-mail and a password" => SignIn((await NewcomerAsync()).UserName.ToUpperInvariant() + "@example.test"),
            "a phone and a password" => SignIn(await PhoneOfAsync(await NewcomerAsync(), phone)),
            "the sign-in of a disabled account" => SignIn(await DisabledAsync()),
            "the sign-in of a second factor" => SignIn((await EnrolledAsync()).Person.UserName),
            "a recovery code" => await HalfSignedInAsync(),
            "a phone that is known" => new Subject(world.Anonymous) { Body = new { phone = await PhoneOfAsync(await NewcomerAsync(), phone) } },
            "a phone that is not known" => new Subject(world.Anonymous) { Body = new { phone } },
            "a code by SMS" => await CodeAsync(phone),
            "a refresh token" => new Subject(world.Anonymous) { Body = new { refresh = (await NewcomerAsync()).Refresh } },
            "a sign-in" => new Subject((await NewcomerAsync()).Client),
            "a new password" => new Subject((await NewcomerAsync()).Client) { Body = new { old_password = TestApp.Password, new_password = NewPassword } },
            "a forgotten password" => await ForgottenAsync(),
            "a mailed link" => new Subject(world.Anonymous) { Body = new { token = await MailedAsync($"{(await NewcomerAsync()).UserName}@example.test") } },
            "an address not yet confirmed" => new Subject((await KeptAsync(world.StaffAsync(Roles.Nurse))).Client),
            "an address just asked to confirm" => new Subject((await NewcomerAsync()).Client),
            "another sign-in" => await FurtherSessionAsync(),
            "an app's first code" => await FirstCodeAsync(),
            "a second factor" => new Subject((await EnrolledAsync()).Person.Client),
            "a device" => await DeviceAsync(),
            "a device that answers" => await AnsweringDeviceAsync(),
            "a registered device" => await RegisteredDeviceAsync(),
            "somebody else" => new Subject(Known(world, row.Who)) { Values = [(await NewcomerAsync()).UserId.ToString()] },
            "an address to invite" => new Subject(Known(world, row.Who)) { Body = new { email, role = "nurse" } },
            "an invitation" => await InvitedAsync(email),
            "a record" => new Subject(Known(world, row.Who)) { Values = [(await NewcomerAsync()).PatientId.ToString()] },
            "a doctor who waits" => new Subject(Known(world, row.Who)) { Values = [(await KeptAsync(world.DoctorAsync(verified: false))).DoctorId.ToString()] },
            "a specialty" => new Subject(Known(world, row.Who)) { Body = new { name = $"Specialty {number} of the table" } },
            _ => null,
        };
    }

    private Subject SignIn(string username) => new(world.Anonymous) { Body = new { username, password = TestApp.Password } };

    private Task<Person> NewcomerAsync() => KeptAsync(world.PatientAsync());

    private async Task<Person> KeptAsync(Task<Person> coming)
    {
        _people.Add(await coming);
        return _people[^1];
    }

    private static async Task<string> PhoneOfAsync(Person person, string phone)
    {
        (await person.PatchAsync("/api/auth/profile/", new { phone })).Status.ShouldBe(200);
        return phone;
    }

    private async Task<string> DisabledAsync()
    {
        var person = await NewcomerAsync();
        (await Known(world, "admin").SendAsync("PATCH", $"/api/users/{person.UserId}/", new { status = "disabled" })).Status.ShouldBe(200);
        return person.UserName;
    }

    private async Task<(Person Person, AuthenticatorApp App)> EnrolledAsync()
    {
        var person = await NewcomerAsync();
        return (person, await AuthenticatorApp.EnrolAsync(world, person));
    }

    private async Task<Subject> HalfSignedInAsync()
    {
        var (person, app) = await EnrolledAsync();
        var asked = await world.Anonymous.PostAsync("/api/auth/login/", new { username = person.UserName, password = TestApp.Password });
        return new Subject(world.Anonymous) { Body = new { mfa_token = asked.Data.GetProperty("mfa_token").GetString(), code = app.RecoveryCodes[0] } };
    }

    private async Task<Subject> CodeAsync(string phone)
    {
        var sent = await world.Anonymous.PostAsync("/api/auth/send-otp/", new { phone });
        var otp = Code().Match((await world.InboxAsync(phone))[0]).Value;
        return new Subject(world.Anonymous) { Body = new { phone, otp, challenge_id = sent.Data.GetProperty("challenge_id").GetGuid() } };
    }

    private async Task<Subject> ForgottenAsync()
    {
        var email = $"{(await NewcomerAsync()).UserName}@example.test";
        (await world.Anonymous.PostAsync("/api/auth/password-reset/", new { email })).Status.ShouldBe(200);
        return new Subject(world.Anonymous) { Body = new { token = await MailedAsync(email), new_password = NewPassword } };
    }

    private async Task<string> MailedAsync(string email) => Token().Match((await world.InboxAsync(email))[0]).Value;

    private async Task<Subject> FurtherSessionAsync()
    {
        var person = await NewcomerAsync();
        using var again = await world.SignInAsync(person.UserName);
        var other = (await person.GetAsync("/api/auth/sessions/")).Rows.Single(s => !s.GetProperty("current").GetBoolean());
        return new Subject(person.Client) { Values = [other.GetProperty("id").GetString()!] };
    }

    private async Task<Subject> FirstCodeAsync()
    {
        var person = await NewcomerAsync();
        var code = await AuthenticatorApp.FirstCodeAsync(world, person);
        return new Subject(person.Client) { Body = new { code } };
    }

    private async Task<Subject> DeviceAsync()
    {
        var person = await NewcomerAsync();
        using var device = new SoftwareAuthenticator();
        var asked = await person.PostAsync("/api/auth/passkeys/options/");
        return new Subject(person.Client)
        {
            Body = new { challenge_id = SoftwareAuthenticator.ChallengeOf(asked), credential = device.Create(SoftwareAuthenticator.OptionsOf(asked)) },
        };
    }

    private async Task<Subject> AnsweringDeviceAsync()
    {
        using var device = (await SoftwareAuthenticator.RegisterAsync(await NewcomerAsync())).Device;
        var asked = await world.Anonymous.PostAsync("/api/auth/passkeys/login/options/");
        return new Subject(world.Anonymous)
        {
            Body = new { challenge_id = SoftwareAuthenticator.ChallengeOf(asked), credential = device.Get(SoftwareAuthenticator.OptionsOf(asked)) },
        };
    }

    private async Task<Subject> RegisteredDeviceAsync()
    {
        var person = await NewcomerAsync();
        var (device, registered) = await SoftwareAuthenticator.RegisterAsync(person);
        device.Dispose();
        return new Subject(person.Client) { Values = [registered.Data.GetProperty("passkey").GetProperty("id").GetString()!] };
    }

    private async Task<Subject> InvitedAsync(string email)
    {
        (await Known(world, "admin").PostAsync("/api/users/invitations/", new { email, role = "nurse" })).Status.ShouldBe(201);
        return new Subject(world.Anonymous) { Body = new { token = await MailedAsync(email), password = TestApp.Password, first_name = "Ada", last_name = "Obi" } };
    }

    [GeneratedRegex("[A-Za-z0-9_-]{43}")]
    private static partial Regex Token();

    [GeneratedRegex("[0-9]{6}")]
    private static partial Regex Code();
}
