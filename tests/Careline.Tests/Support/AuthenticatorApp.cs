using Careline.Accounts.SecondFactors;

namespace Careline.Tests.Support;

/// <summary>The app on somebody's phone that shows a code every thirty seconds.</summary>
public sealed class AuthenticatorApp
{
    private readonly TestApp _app;

    private AuthenticatorApp(TestApp app, byte[] secret, string[] recoveryCodes) => (_app, Secret, RecoveryCodes) = (app, secret, recoveryCodes);

    public byte[] Secret { get; }

    public string[] RecoveryCodes { get; }

    public string CodeNow => Totp.CodeOf(Secret, Totp.StepAt(_app.Now));

    /// <summary>Turns the second factor on by the present code, which is thereby used.</summary>
    public static async Task<AuthenticatorApp> EnrolAsync(TestApp app, Person person)
    {
        var secret = await SecretAsync(person);
        var confirmed = await person.PostAsync("/api/auth/mfa/totp/confirm/", new { code = Totp.CodeOf(secret, Totp.StepAt(app.Now)) });
        return new AuthenticatorApp(app, secret, [.. confirmed.Data.GetProperty("recovery_codes").EnumerateArray().Select(c => c.GetString()!)]);
    }

    /// <summary>The code by which the second factor is turned on.</summary>
    public static async Task<string> FirstCodeAsync(TestApp app, Person person) => Totp.CodeOf(await SecretAsync(person), Totp.StepAt(app.Now));

    private static async Task<byte[]> SecretAsync(Person person)
    {
        var uri = new Uri((await person.PostAsync("/api/auth/mfa/totp/")).Data.GetProperty("otpauth_uri").GetString()!);
        return FromBase32(uri.Query.TrimStart('?').Split('&').Single(p => p.StartsWith("secret=", StringComparison.Ordinal))[7..]);
    }

    private static byte[] FromBase32(string text)
    {
        var (bytes, buffer, bits) = (new List<byte>(), 0, 0);
        foreach (var letter in text)
        {
            (buffer, bits) = ((buffer << 5) | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(letter, StringComparison.Ordinal), bits + 5);
            if (bits >= 8)
            {
                bytes.Add((byte)(buffer >> (bits -= 8)));
                buffer &= (1 << bits) - 1;
            }
        }

        return [.. bytes];
    }
}
