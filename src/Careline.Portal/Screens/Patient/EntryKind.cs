using Careline.Portal.Components;

namespace Careline.Portal.Screens.Patient;

/// <summary>A kind of entry that patients keep in their record: what it is called, and its fields.</summary>
/// <param name="Path">In addresses, here and in the API.</param>
/// <param name="Title">Of the list.</param>
/// <param name="Nothing">What is said where there is none.</param>
/// <param name="Fields">What is written; the first is what an entry is called by.</param>
/// <param name="IsOwn">Whether patients write it themselves; else those who treat them do.</param>
internal sealed record EntryKind(string Path, string Title, string Nothing, IReadOnlyList<EntryField> Fields, bool IsOwn = true)
{
    public static IReadOnlyList<EntryKind> All { get; } =
    [
        new("conditions", "Conditions", "No condition is written down.",
            [new("text", "Condition", IsRequired: true)], false),
        new("allergies", "Allergies", "No allergy is written down. If you have none, tell your doctor so.",
            [
                new("substance", "Allergic to", IsRequired: true), new("reaction", "What happens"), new("severity", "How bad", Choices: Language.CareLabels.Severities),
                new("status", "Does it still hold?", Choices: Language.CareLabels.EntryStates), new("noted_on", "Since", "date"),
            ]),
        new("medications", "Medicines taken", "No medicine is written down.",
            [
                new("name", "Medicine", IsRequired: true), new("dosage", "How much"), new("frequency", "How often"), new("status", "Do you take it still?", Choices: Language.CareLabels.EntryStates),
                new("started_on", "Since", "date"), new("ended_on", "Until", "date"),
            ]),
        new("immunisations", "Immunisations", "No immunisation is written down.", [new("vaccine", "Vaccine", IsRequired: true)], false),
        new("emergency-contacts", "Emergency contacts", "Nobody is named to be called in an emergency.",
            [new("name", "Name", IsRequired: true), new("phone", "Phone", "tel", true), new("relation", "Who they are to you"), new("email", "E-mail", "email")]),
        new("insurance", "Insurance", "No insurance is written down.",
            [
                new("provider", "Insurer", IsRequired: true), new("member_number", "Member number", IsRequired: true), new("plan", "Plan"), new("group_number", "Group number"), new("holder", "Who is insured"),
                new("valid_from", "Valid from", "date"), new("valid_until", "Valid until", "date"),
            ]),
    ];

    public static EntryKind Of(string path) => All.FirstOrDefault(k => k.Path == path && k.IsOwn) ?? throw new ApiRefused(404, null, null);

    /// <summary>What was typed, as the API takes it.</summary>
    public Dictionary<string, object?> Read(Submission sent) => Fields.Where(f => sent[f.Name] is not null).ToDictionary(f => f.Name, f => (object?)sent[f.Name]);
}

/// <summary>A field of an entry.</summary>
internal sealed record EntryField(string Name, string Label, string Type = "text", bool IsRequired = false, IReadOnlyList<(string Value, string Text)>? Choices = null);
