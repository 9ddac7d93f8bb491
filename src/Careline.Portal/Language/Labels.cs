using Careline.Portal.Api;

namespace Careline.Portal.Language;

/// <summary>The words of the API as people say them, to choose from.</summary>
public static class Labels
{
    /// <summary>How doctor and patient meet.</summary>
    public static IReadOnlyList<(string Value, string Text)> Modalities { get; } = [("video", "Video"), ("audio", "Phone call"), ("chat", "Chat"), ("in_person", "In person")];

    /// <summary>Why somebody comes.</summary>
    public static IReadOnlyList<(string Value, string Text)> VisitTypes { get; } =
        [("general", "General"), ("follow_up", "Follow-up"), ("specialist", "Specialist"), ("routine_checkup", "Routine check-up"), ("emergency", "Emergency")];

    /// <summary>How soon somebody must be seen.</summary>
    public static IReadOnlyList<(string Value, string Text)> Urgencies { get; } = [("low", "It can wait"), ("medium", "Soon"), ("high", "Today if possible"), ("emergency", "Emergency")];

    /// <summary>The texts in the reader's language.</summary>
    public static IEnumerable<(string Value, string Text)> In(this IEnumerable<(string Value, string Text)> labels, Words words) => labels.Select(l => (l.Value, words[l.Text]));

    /// <summary>A word as people say it: that of the list, or the word itself with blanks.</summary>
    public static string Of(this IEnumerable<(string Value, string Text)> labels, string word, Words words) =>
        words[labels.FirstOrDefault(l => l.Value == word).Text ?? word.Replace('_', ' ')];

    /// <summary>Names of things, as a list to choose from.</summary>
    public static IEnumerable<(string Value, string Text)> Choices(this IEnumerable<Thing> things, string name = "name", string value = "id") =>
        things.Select(t => (t.Text(value), t.Text(name)));
}
