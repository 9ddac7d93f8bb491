namespace Careline.Clinics.Contracts;

/// <summary>How reviewers are shown: who was with which doctor, and where, is health data.</summary>
public static class Initials
{
    /// <summary>Who wrote it, where no name is left or none is wanted.</summary>
    public const string Nobody = "A patient";

    /// <summary>"Ada Okafor" is shown as "A. O.".</summary>
    public static string Of(string name)
    {
        var parts = name.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return parts.Length == 0 ? Nobody : string.Join(' ', parts.Take(1).Concat(parts.Skip(1).TakeLast(1)).Select(p => StringInfo.GetNextTextElement(p) + "."));
    }
}
