using System.Security.Cryptography;

namespace Careline.Gateways.Sandbox;

/// <summary>Names such as gateways give.</summary>
internal static class SandboxNames
{
    private const string Letters = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";

    public static string Word(string prefix, int length) => prefix + RandomNumberGenerator.GetString(Letters, length);

    public static string Number(int digits) =>
        RandomNumberGenerator.GetInt32(1, 10).ToString(CultureInfo.InvariantCulture) + RandomNumberGenerator.GetString("0123456789", digits - 1);
}
