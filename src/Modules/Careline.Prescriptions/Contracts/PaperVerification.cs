using Careline.Prescriptions.Signatures;

namespace Careline.Prescriptions.Contracts;

/// <summary>What the QR code of a prescription's paper was found to be, for people.</summary>
/// <param name="IsGenuine">Signed with the key, and unchanged.</param>
/// <param name="Message">The finding in a sentence.</param>
/// <param name="Content">What it says, line by line; nothing where it is not genuine.</param>
public sealed record PaperFinding(bool IsGenuine, string Message, IReadOnlyList<string> Content);

/// <summary>Verifies papers with the public key of a practice alone, without its database.</summary>
public static class PaperVerification
{
    /// <summary>The length of a public key.</summary>
    public const int KeyBytes = 32;

    /// <summary>Reads and verifies the text of a QR code.</summary>
    public static PaperFinding Verify(string text, byte[] publicKey)
    {
        var verdict = PaperCode.Verify(text, publicKey);
        return verdict is { State: PaperState.Genuine, Content: { } content }
            ? new PaperFinding(true, "Signed by this practice and unchanged. Whether it was called off since, or handed out, only its short code tells.", [.. Tell(content)])
            : new PaperFinding(
                false,
                verdict.State switch
                {
                    PaperState.Forged => "Not signed by this practice, or changed since: hand out nothing.",
                    PaperState.OtherKey => "Signed with another key than the one given.",
                    _ => "This is not the code of a Careline prescription.",
                },
                []);
    }

    private static IEnumerable<string> Tell(JsonElement content)
    {
        yield return $"{content[0]}, code {VerifyCode.Show(content[1].GetString()!)}, signed {content[2].GetString()![..10]}, valid until {content[3].GetString()![..10]}";
        yield return $"patient {content[4]}, born {content[5].GetString() ?? "unknown"}; by {content[6]}, licence {content[7]}";
        var position = 0;
        foreach (var line in content[9].EnumerateArray())
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{++position}. {line[0]} {line[1]}: {line[2]}, {line[3]}{Also(" for {0} days", line[4])}{Also(", quantity {0}", line[5])}{Also(", refills {0}", line[6])}");
            if (line.GetArrayLength() > 9 && line[9].GetBoolean())
            {
                yield return "   NOT CHECKED: nothing is known of its safety for this patient.";
            }

            if (line[7].ValueKind == JsonValueKind.String)
            {
                yield return $"   {line[7]}";
            }
            else if (line[8].GetBoolean())
            {
                yield return "   Its instructions do not fit into the code: read them on the paper.";
            }
        }

        if (content[8].GetInt32() is > 0 and var leftOut)
        {
            yield return $"Its {leftOut} medicines do not fit into the code: verify it by its short code.";
        }
    }

    private static string Also(string format, JsonElement value) => value.ValueKind == JsonValueKind.Null ? "" : string.Format(CultureInfo.InvariantCulture, format, value);
}
