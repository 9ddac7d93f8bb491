using Careline.Papers.Contracts;
using Careline.Platform.Delivery;
using Careline.Prescriptions.Signatures;

namespace Careline.Prescriptions.Documents;

/// <summary>
/// A prescription on paper, in the patient's language: what was signed and nothing else. Doses stand as they were written; a word that is translated keeps the original
/// beside it, so that a pharmacist of another language reads the same.
/// </summary>
internal sealed class PrescriptionPaper(Phrases phrases)
{
    public byte[] Print(SignedContent signed, PaperPrint print)
    {
        using var paper = new PaperLayout(print.Size, signed.Number);
        var isWhole = true;
        var words = print.Language is { } language ? [language] : Array.Empty<string>();
        paper.Text($"{Say("title")} {signed.Number}", 1.5, isBold: true);
        if (print.Stamp is { } stamp)
        {
            paper.Text(Say(stamp), 1.5, isBold: true);
        }

        paper.Gap();
        Pair("patient", signed.Patient.Name, isBold: true);
        Pair("born", signed.Patient.BirthDate?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        Pair("number", signed.Patient.Number);
        Pair("doctor", signed.Doctor.Name, isBold: true);
        Pair("license", signed.Doctor.Country is { } country ? $"{signed.Doctor.Number} ({country})" : signed.Doctor.Number);
        Pair("issued", Day(signed.IssuedAt));
        Pair("valid_until", Day(signed.ValidUntil));
        paper.Rule();
        foreach (var (line, i) in signed.Sheet.Lines.Select((line, i) => (line, i + 1)))
        {
            Medicine(line, i);
        }

        Advice("advice", signed.Sheet.GeneralAdvice);
        Advice("diet", signed.Sheet.DietAdvice);
        Advice("fluids", signed.Sheet.FluidAdvice);
        Advice("lifestyle", signed.Sheet.LifestyleAdvice);
        Pair("next_visit", signed.Sheet.NextVisit?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        paper.Rule();
        paper.Text($"{Say("code")}: {VerifyCode.Show(print.Code)}", 1.2, isBold: true);
        paper.Text(Say("how_to_verify"), 0.85);
        paper.Gap();
        paper.Code(print.Signed);
        if (!isWhole)
        {
            paper.Gap();
            paper.Text(Say("unshown"), 0.85, isBold: true);
        }

        return paper.Save();

        void Medicine(MedicationOrder line, int position)
        {
            var name = string.Join(' ', new[] { line.MedicationName, line.Strength, line.Form is { } form ? EnumText<MedicineForm>.Display(form).ToLowerInvariant() : null }.OfType<string>());
            paper.Text(Shown($"{position}. {name}"), 1.1, isBold: true);
            if (line.GenericName is { } generic && !string.Equals(generic, line.MedicationName, StringComparison.OrdinalIgnoreCase))
            {
                paper.Text(Shown(generic), indent: 1.5);
            }

            paper.Text(Shown(string.Join(", ", new[] { line.Dosage, Often(line.Frequency), line.Route }.OfType<string>())), indent: 1.5);
            Pair("timing", line.Timing is { } timing and not IntakeTiming.Custom ? Translated($"timing_{EnumText<IntakeTiming>.Of(timing)}", EnumText<IntakeTiming>.Display(timing)) : null, 1.5);
            Pair("days", line.DurationDays?.ToString(CultureInfo.InvariantCulture), 1.5);
            Pair("quantity", line.Quantity?.ToString(CultureInfo.InvariantCulture), 1.5);
            Pair("refills", line.Refills?.ToString(CultureInfo.InvariantCulture), 1.5);
            Pair("instructions", line.Instructions, 1.5);
            if (signed.NotChecked?.Contains(position) == true)
            {
                paper.Text(Say("not_checked"), isBold: true, indent: 1.5);
            }

            paper.Gap();
        }

        void Pair(string label, string? value, double indent = 0, bool isBold = false)
        {
            if (value is not null)
            {
                paper.Text($"{Say(label)}: {Shown(value)}", isBold: isBold, indent: indent);
            }
        }

        void Advice(string label, string? value)
        {
            if (value is not null)
            {
                paper.Text(Say(label), isBold: true);
                paper.Text(Shown(value), indent: 1.5);
                paper.Gap();
            }
        }

        string Shown(string text)
        {
            var (shown, whole) = PaperLayout.Show(text);
            isWhole &= whole;
            return shown;
        }

        string Often(string frequency) => frequency is "once_daily" or "twice_daily" or "thrice_daily" or "four_times_daily" or "sos"
            ? Translated($"often_{frequency}", frequency.Replace('_', ' '))
            : frequency;

        string Translated(string label, string original)
        {
            var said = Say(label);
            return string.Equals(said, original, StringComparison.OrdinalIgnoreCase) ? said : $"{said} ({original})";
        }

        string Say(string label) => PaperLayout.Show(phrases.Say($"prescriptions.paper_{label}", words).Text).Text;
    }

    private static string Day(DateTimeOffset at) => at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>How a prescription is printed.</summary>
/// <param name="Size">On what.</param>
/// <param name="Language">BCP 47; English when null.</param>
/// <param name="Code">The code to verify it by.</param>
/// <param name="Signed">The text of its QR code.</param>
/// <param name="Stamp">What became of it, where it is not in force: the name of a phrase.</param>
internal sealed record PaperPrint(PaperSize Size, string? Language, string Code, string Signed, string? Stamp);
