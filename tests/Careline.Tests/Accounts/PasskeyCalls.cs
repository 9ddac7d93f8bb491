using System.Text.Json.Nodes;
using Careline.Tests.Support;

namespace Careline.Tests.Accounts;

/// <summary>What the tests of passkeys ask and answer in one phrase.</summary>
internal static class PasskeyCalls
{
    /// <summary>The keys that a question lists.</summary>
    public static string[] Listed(Reply asked) =>
        [.. SoftwareAuthenticator.OptionsOf(asked).GetProperty("allowCredentials").EnumerateArray().Select(c => c.GetProperty("id").GetString()!)];

    public static Task<Reply> AskAsync(this TestApp app, object? body) => app.Anonymous.PostAsync("/api/auth/passkeys/login/options/", body);

    public static Task<Reply> AnswerAsync(this TestApp app, Reply asked, JsonObject credential) =>
        app.Anonymous.PostAsync("/api/auth/passkeys/login/", new { challenge_id = SoftwareAuthenticator.ChallengeOf(asked), credential });

    public static async Task<Reply> SignInByAsync(this TestApp app, SoftwareAuthenticator device)
    {
        var asked = await app.AskAsync(null);
        return await app.AnswerAsync(asked, device.Get(SoftwareAuthenticator.OptionsOf(asked)));
    }

    /// <summary>Registers a device that a test made itself.</summary>
    public static async Task<Reply> RegisterAsync(this Person person, SoftwareAuthenticator device)
    {
        var asked = await person.PostAsync("/api/auth/passkeys/options/");
        return await person.PostAsync(
            "/api/auth/passkeys/", new { challenge_id = SoftwareAuthenticator.ChallengeOf(asked), credential = device.Create(SoftwareAuthenticator.OptionsOf(asked)) });
    }

    public static Task<Reply> LoginAsync(this TestApp app, Person person) =>
        app.Anonymous.PostAsync("/api/auth/login/", new { username = person.UserName, password = TestApp.Password });

    public static Task<Reply> VerifyAsync(this TestApp app, object body) => app.Anonymous.PostAsync("/api/auth/mfa/verify/", body);
}
