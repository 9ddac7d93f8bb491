using System.Globalization;
using System.Security.Cryptography;
using Careline.Accounts;
using Careline.Accounts.Tokens;
using Microsoft.Extensions.Options;

namespace Careline.Bench;

/// <summary>Access tokens of the sign-ins that <c>bench/prepare</c> loads, made as the product makes them: one line for each of the first patients.</summary>
internal static class Tokens
{
    public static string For(int patients, string signingKey)
    {
        var key = HKDF.DeriveKey(HashAlgorithmName.SHA256, Convert.FromBase64String(signingKey), 32, info: "careline:access-token"u8.ToArray());
        var tokens = new AccessTokens(() => key, TimeProvider.System, Options.Create(new TokenOptions { AccessMinutes = 720 }));
        return string.Join('\n', Enumerable.Range(1, patients).Select(n => tokens.Issue(new AccessClaims(IdOf(0, n), IdOf(8, n), 1))));
    }

    private static Guid IdOf(int kind, int number) =>
        Guid.Parse(string.Create(CultureInfo.InvariantCulture, $"{0x019000000000 + (1000L * number):x12}700{kind}8000{number:x12}"));
}
