using System.Text;
using Careline.Labs.Hl7;

namespace Careline.Labs.Imports;

/// <summary>
/// The answer to a message (HL7 v2.5.1, section 2.9.2, original mode): AA, all of it was taken; AE, parts of it wait for a person, each named by an ERR segment; AR, none of
/// it was, and sending it again as it is would change nothing.
/// </summary>
internal static class Acknowledgement
{
    /// <summary>A message of which something was taken.</summary>
    public static string Taken(Hl7Message message, Guid id, IReadOnlyList<(int Position, QuarantineReason Reason)> quarantined, DateTimeOffset now)
    {
        var text = Begin(message.Header, id, quarantined.Count == 0 ? "AA" : "AE", now);
        foreach (var (position, reason) in quarantined)
        {
            var (field, code) = About(reason);
            Error(text, $"OBX^{position.ToString(CultureInfo.InvariantCulture)}^{field}", code, EnumText<QuarantineReason>.Of(reason), "Set aside until a person has decided.");
        }

        return text.ToString();
    }

    /// <summary>A message of which nothing was.</summary>
    /// <param name="header">Its MSH segment, if it has one.</param>
    /// <param name="id">Names the answer.</param>
    /// <param name="fault">Why.</param>
    /// <param name="now">When.</param>
    public static string Refused(Hl7Segment? header, Guid id, Hl7Fault fault, DateTimeOffset now)
    {
        var text = Begin(header, id, "AR", now);
        Error(text, fault.Location, fault.Code, "", fault.Text);
        return text.ToString();
    }

    private static StringBuilder Begin(Hl7Segment? header, Guid id, string code, DateTimeOffset now)
    {
        var time = now.UtcDateTime.ToString("yyyyMMddHHmmss'+0000'", CultureInfo.InvariantCulture);
        return new StringBuilder(@"MSH|^~\&|CARELINE|CARELINE|")
            .Append(Said(header, 3)).Append('|').Append(Said(header, 4)).Append('|').Append(time).Append("||ACK^R01^ACK|").Append(id.ToString("N")[..20]).Append("|P|2.5.1||||||UNICODE UTF-8\r")
            .Append("MSA|").Append(code).Append('|').Append(Said(header, 10)).Append('\r');
    }

    private static void Error(StringBuilder text, string location, string code, string word, string forPeople) =>
        text.Append("ERR||").Append(location).Append('|').Append(code).Append('^').Append(NameOf(code)).Append("^HL70357|E|").Append(word).Append("|||")
            .Append(Hl7Escapes.Close(forPeople, Hl7Separators.Usual)).Append('\r');

    private static string Said(Hl7Segment? header, int field)
    {
        var text = header?.Text(field) ?? "";
        return Hl7Escapes.Close(text.Length <= 200 ? text : text[..200], Hl7Separators.Usual);
    }

    private static (int Field, string Code) About(QuarantineReason reason) => reason switch
    {
        QuarantineReason.UnknownTest => (3, "103"),
        QuarantineReason.UnknownUnit => (6, "103"),
        QuarantineReason.UnreadableValue => (5, "102"),
        QuarantineReason.UnknownStatus => (11, "103"),
        QuarantineReason.Duplicate => (3, "205"),
        QuarantineReason.OrderCancelled or QuarantineReason.StateRefused or QuarantineReason.SampleRejected => (11, "207"),
        _ => (1, "204"),
    };

    // HL7 table 0357.
    private static string NameOf(string code) => code switch
    {
        "100" => "Segment sequence error",
        "101" => "Required field missing",
        "102" => "Data type error",
        "103" => "Table value not found",
        "200" => "Unsupported message type",
        "202" => "Unsupported processing id",
        "203" => "Unsupported version id",
        "204" => "Unknown key identifier",
        "205" => "Duplicate key identifier",
        _ => "Application internal error",
    };
}
