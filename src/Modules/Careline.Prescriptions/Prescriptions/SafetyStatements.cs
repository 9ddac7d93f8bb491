using System.Security.Cryptography;
using System.Text;
using Careline.Prescriptions.Safety;

namespace Careline.Prescriptions.Prescriptions;

/// <summary>Checks drafts, and keeps with each what was said of it.</summary>
internal sealed class SafetyStatements(CarelineDb db, SafetyDesk desk)
{
    /// <summary>
    /// Checks a tracked draft with all its lines and keeps the answer with it; the caller saves. What the prescriber decided about a finding counts for as long as
    /// the medicines concerned are written the same.
    /// </summary>
    public async Task<SafetyStatement> CheckAsync(Prescription draft, CancellationToken ct)
    {
        var lines = draft.Lines.OrderBy(l => l.Position).ToList();
        var report = await desk.CheckAsync(draft.PatientId, [.. lines.Select(OrderedMedicine.Of)], draft.SupersedesId ?? draft.Id, ct);
        var reasons = await db.Set<Override>().Where(o => o.PrescriptionId == draft.Id).ToDictionaryAsync(o => o.Finding, o => o.Reason, ct);
        var statement = Of(report, reasons, db.Now);
        var states = lines.Select(l => l.Id).Zip(report.Lines.Select(report.StateOf)).ToDictionary(pair => pair.First, pair => pair.Second);
        draft.Note(JsonSerializer.Serialize(statement, WireJson.Options), line => states[line.Id]);
        return statement;
    }

    /// <summary>What was kept; of a sheet that is older than the checks, that nothing was checked.</summary>
    public static SafetyStatement Read(string? kept) => kept is null
        ? new SafetyStatement { NotChecked = [new StatedGap { Kind = SafetyKind.Everything, Why = "it was prescribed before medicines were checked" }] }
        : JsonSerializer.Deserialize<SafetyStatement>(kept, WireJson.Options)!;

    /// <summary>A report for the wire.</summary>
    public static SafetyStatement Of(SafetyReport report, IReadOnlyDictionary<string, string> reasons, DateTimeOffset now)
    {
        var findings = report.Findings.Select(finding => Of(finding, report, reasons)).ToList();
        return new SafetyStatement
        {
            SafetyCheck = report.State,
            DataVersion = report.DataVersion,
            CheckedAt = now,
            Findings = findings,
            Interrupts = findings.Any(f => f is { Interrupts: true, OverrideReason: null }),
            NotChecked = [.. report.NotChecked.Select(gap => new StatedGap { Kind = gap.Kind, Medicine = Named(gap.Line, report), Why = gap.Why })],
        };
    }

    private static StatedFinding Of(SafetyFinding finding, SafetyReport report, IReadOnlyDictionary<string, string> reasons)
    {
        var name = NameOf(finding);
        return new StatedFinding
        {
            Finding = name,
            Code = finding.Code,
            Kind = finding.Kind,
            Severity = finding.Severity,
            Interrupts = finding.Interrupts,
            Medicines = [.. finding.Lines.Select(l => Named(l, report)!)],
            Ingredients = finding.Ingredients,
            Mechanism = finding.Mechanism,
            Advice = finding.Advice,
            Source = finding.Source,
            OverrideReason = reasons.GetValueOrDefault(name),
        };
    }

    private static CheckedMedicine? Named(MedicineLine? line, SafetyReport report)
    {
        var position = line is null ? 0 : report.Lines.TakeWhile(l => !ReferenceEquals(l, line)).Count() + 1;
        return line is null ? null : new CheckedMedicine(line.Name, position > report.Lines.Count ? null : position);
    }

    private static string NameOf(SafetyFinding finding)
    {
        // All that the prescriber saw when deciding: another allergen, another ingredient or a graver word is another finding.
        var lines = finding.Lines.Select(l => string.Join('\t', [l.Name, l.Strength, l.Dosage, l.Frequency, l.Route, .. l.Ingredients.Select(part => part.Name)])).Order(StringComparer.Ordinal);
        var said = string.Join('\n', [finding.Code, $"{finding.Severity}", finding.Mechanism, .. finding.Ingredients, .. lines]);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(said)).AsSpan(0, 12));
    }
}
