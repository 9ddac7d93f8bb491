using Careline.Labs.Hl7;

namespace Careline.Labs.Imports;

/// <summary>
/// Reads the observations of an ORU^R01 (HL7 v2.5.1, section 7.3.1): groups of a patient, under it groups of an order, under it observations with notes. A text
/// that comes line by line, as OBX segments of one code, is one text.
/// </summary>
internal static class ObservationReader
{
    private const int LongestText = 20_000;
    private const int LongestWord = 200;

    public static List<SentObservation> Read(Hl7Message message)
    {
        var read = new List<SentObservation>();
        var about = new SentObservation();
        var (patient, order, orderControl) = (about, about, about);
        var (position, isBeneathObservation) = (0, false);
        foreach (var segment in message.Segments)
        {
            // A note belongs to what stands directly before it: one of an order, or of a segment that is not read, is nobody's result's.
            isBeneathObservation = segment.Name == "OBX" || (segment.Name == "NTE" && isBeneathObservation);
            switch (segment.Name)
            {
                case "PID":
                    patient = order = Patient(segment);
                    orderControl = about;
                    break;
                case "ORC":
                    orderControl = Order(patient, segment);
                    break;
                case "OBR":
                    order = Order(patient, segment, orderControl);
                    orderControl = about;
                    break;
                case "OBX":
                    Add(read, Observation(order, segment, ++position));
                    break;
                case "NTE" when isBeneathObservation && segment.Text(3).Length > 0:
                    read[^1] = read[^1] with { Note = Longest(string.Join('\n', new[] { read[^1].Note, Lines(segment, 3) }.OfType<string>()), 4000) };
                    break;
                default:
                    break;
            }
        }

        return read;
    }

    private static SentObservation Patient(Hl7Segment pid) => new()
    {
        PatientNumbers = [.. pid.Repetitions(3).Select(r => r.Text()).Where(n => n.Length is > 0 and <= LongestWord).Take(20)],
        PatientName = Longest(pid.Repetitions(5) is [var name, ..] ? name.Whole : "", LongestWord),
        BirthDate = pid.Text(7) is { Length: >= 8 } text && DateOnly.TryParseExact(text[..8], "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null,
    };

    // ORC-2 and OBR-2 are the number of who ordered, ORC-3 and OBR-3 the laboratory's: ours can stand in either, and so can the sample's.
    private static SentObservation Order(SentObservation patient, Hl7Segment segment, SentObservation? control = null)
    {
        string[] numbers = [.. new[] { segment.Text(2), segment.Text(3) }.Where(n => n.Length is > 0 and <= LongestWord)];
        return patient with
        {
            OrderNumbers = [.. numbers.Concat(control?.OrderNumbers ?? []).Distinct()],
            Accessions = [.. numbers.Concat(control?.Accessions ?? []).Distinct()],
            Time = segment.Name == "OBR" ? segment.Text(7) : "",
        };
    }

    private static SentObservation Observation(SentObservation order, Hl7Segment obx, int position)
    {
        var coding = obx.Repetitions(3) is [var first, ..] ? first : null;
        string[] loincs = [.. new[] { (Code: coding?.Text(1), System: coding?.Text(3)), (Code: coding?.Text(4), System: coding?.Text(6)) }
            .Where(c => c.System is "LN" && c.Code is { Length: > 0 and <= 10 }).Select(c => c.Code!)];
        var type = obx.Text(2).ToUpperInvariant();
        return order with
        {
            Position = position,
            Code = Longest(coding?.Text(1) ?? "", LongestWord),
            CodeName = Longest(coding?.Text(2) is { Length: > 0 } name ? name : coding?.Text(5) ?? "", LongestWord),
            Loincs = loincs,
            SubId = Longest(obx.Text(4), 20),
            Type = type,
            Value = Longest(Value(obx, type), LongestText),
            Unit = Longest(obx.Text(6) is { Length: > 0 } unit ? unit : obx.Text(6, 2), 40) is { Length: > 0 } said ? said : null,
            Range = Longest(obx.Text(7), LongestWord) is { Length: > 0 } range ? range : null,
            Flags = Flags(obx.Repetitions(8).Select(r => r.Text())),
            Status = obx.Text(11).ToUpperInvariant(),
            Time = obx.Text(14) is { Length: > 0 } time ? Longest(time, 40) : Longest(order.Time, 40),
        };
    }

    private static string Value(Hl7Segment obx, string type) => type switch
    {
        "SN" when obx.Repetitions(5) is [var number, ..] => $"{number.Text(1)}{number.Text(2)}{number.Text(3)}{number.Text(4)}",
        "CE" or "CWE" or "CNE" or "CF" => string.Join('\n', obx.Repetitions(5).Select(r => r.Text(2) is { Length: > 0 } text ? text : r.Text(1))),
        _ => Lines(obx, 5),
    };

    private static string Lines(Hl7Segment segment, int field) => string.Join('\n', segment.Repetitions(field).Select(r => r.Whole));

    private static void Add(List<SentObservation> read, SentObservation next)
    {
        if (read.Count > 0 && read[^1] is { IsText: true } last && next.IsText && next.Code == last.Code && next.SubId == last.SubId && next.Status == last.Status
            && next.OrderNumbers.SequenceEqual(last.OrderNumbers) && next.PatientNumbers.SequenceEqual(last.PatientNumbers))
        {
            read[^1] = last with { Type = "TX", Value = Longest($"{last.Value}\n{next.Value}", LongestText), Flags = Flags([last.Flags, next.Flags]) };
            return;
        }

        read.Add(next);
    }

    // Each once, the critical ones before others: neither another line nor the end of what is kept takes one away.
    private static string? Flags(IEnumerable<string?> said)
    {
        var flags = said.OfType<string>().SelectMany(f => f.Split(',')).Where(f => f.Length > 0).Distinct()
            .OrderByDescending(f => new SentObservation { Flags = f }.IsCritical);
        return Longest(string.Join(',', flags), 100) is { Length: > 0 } kept ? kept : null;
    }

    private static string Longest(string text, int most) => text.Length <= most ? text : text[..most];
}
