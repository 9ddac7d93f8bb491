using Careline.Prescriptions.Contracts;

namespace Careline.Host.CommandLine;

// `cli verify-prescription`: for a pharmacy without a line, so it asks nothing but the key.
internal static class PrescriptionCheck
{
    private const int MostLetters = 10_000;

    public static async Task<int> RunAsync(Command.VerifyPrescription command, CancellationToken ct)
    {
        var key = new byte[64];
        if (!Convert.TryFromBase64String(command.PublicKey, key, out var length) || length != PaperVerification.KeyBytes)
        {
            Terminal.Say("careline: --key must be the public key of the practice: 32 bytes in Base64, as /api/prescriptions/keys/ shows it.");
            return StartFailure.Configuration;
        }

        var verdict = PaperVerification.Verify(command.Text ?? await ReadAsync(ct), key[..length]);
        Terminal.Answer(verdict.IsGenuine ? $"ok   {verdict.Message}" : $"BAD  {verdict.Message}");
        foreach (var line in verdict.Content)
        {
            Terminal.Answer($"     {line}");
        }

        return verdict.IsGenuine ? 0 : StartFailure.Failed;
    }

    // Scanners such as zbarimg put "QR-Code:" before what they read.
    private static async Task<string> ReadAsync(CancellationToken ct)
    {
        using var reader = new StreamReader(Terminal.Input);
        var text = new char[MostLetters];
        var read = await reader.ReadBlockAsync(text, ct);
        var said = new string(text, 0, read).Trim();
        return said.StartsWith("QR-Code:", StringComparison.Ordinal) ? said["QR-Code:".Length..] : said;
    }
}
