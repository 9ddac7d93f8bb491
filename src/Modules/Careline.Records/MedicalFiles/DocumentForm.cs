using Careline.Files.Contracts;

namespace Careline.Records.MedicalFiles;

/// <summary>
/// What is said of a document beside its file. <c>patient_id</c> must come before the file: whoever may not add to a record is refused before the file is
/// read.
/// </summary>
internal static class DocumentForm
{
    public const string Patient = "patient_id";

    /// <summary>The patient that was named before the file, if one was.</summary>
    public static Guid? PatientIdOf(FileForm form) => form.Text(Patient) is not { } text ? null
        : Guid.TryParse(text, out var id) ? id : throw new InvalidInput(Patient, "Must be a UUID.");

    /// <summary>What is said of a document by named texts.</summary>
    /// <exception cref="InvalidInput">Naming every fault.</exception>
    public static MedicalFileText Read(Func<string, string?> text)
    {
        var faults = new Dictionary<string, string[]>();
        var kind = RecordFileKind.Other;
        if (text("kind") is not { } named)
        {
            faults["kind"] = ["This field is required."];
        }
        else if (!EnumText<RecordFileKind>.TryParse(named, out kind))
        {
            faults["kind"] = [$"Must be one of: {string.Join(", ", EnumText<RecordFileKind>.All)}."];
        }

        var isPrivate = text("is_private")?.ToLowerInvariant() switch
        {
            null or "false" or "0" => false,
            "true" or "1" or "on" => true,
            _ => Fault(faults, "is_private", "Must be true or false."),
        };
        var said = new MedicalFileText(
            kind,
            Bounded(faults, "title", text("title"), MedicalFileRequest.LongestTitle),
            Bounded(faults, "description", text("description"), MedicalFileRequest.LongestDescription),
            isPrivate);
        return faults.Count == 0 ? said : throw new InvalidInput(faults);
    }

    private static string? Bounded(Dictionary<string, string[]> faults, string name, string? text, int most)
    {
        if (text?.Length > most)
        {
            faults[name] = [string.Create(CultureInfo.InvariantCulture, $"At most {most} characters.")];
        }

        return text is { Length: 0 } ? null : text;
    }

    private static bool Fault(Dictionary<string, string[]> faults, string name, string message)
    {
        faults[name] = [message];
        return false;
    }
}
