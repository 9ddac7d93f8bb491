namespace Careline.Portal.Screens.Patient;

/// <summary>Which of the present texts somebody has not agreed to.</summary>
internal static class OwnConsents
{
    /// <summary>The texts whose present wording waits for an answer.</summary>
    public static async Task<IReadOnlyList<Thing>> OpenAsync(CarelineApi api)
    {
        var texts = (await api.GetAsync($"/api/consents/texts/")).Rows;
        var given = (await api.GetAsync($"/api/patients/me/consents/?page_size=100")).Rows;
        return [.. texts.Where(t => !IsGiven(given, t))];
    }

    /// <summary>Whether the last step about a text was to agree to its present wording. The list has the newest step first.</summary>
    public static bool IsGiven(IEnumerable<Thing> given, Thing text) =>
        given.FirstOrDefault(g => g.Text("kind") == text.Text("kind"), Thing.None) is { IsNone: false } last && last.Is("step", "accepted") && last.Whole("version") == text.Whole("version");
}
