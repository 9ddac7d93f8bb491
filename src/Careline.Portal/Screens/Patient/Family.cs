using Careline.Portal.Language;

namespace Careline.Portal.Screens.Patient;

/// <summary>For whom somebody acts.</summary>
internal static class Family
{
    /// <summary>Oneself and those for whom one may book, to choose from; empty where there is nobody else.</summary>
    public static async Task<List<(string Value, string Text)>> BookableAsync(CarelineApi api, Guid self, Words words)
    {
        var others = (await api.GetAsync($"/api/patients/me/dependants/?page_size=50")).Rows.Where(d => d.Maybe("rights").Items.Any(r => r.ToString() == "book")).ToList();
        return others.Count == 0 ? [] : [(self.ToString(), words["Myself"]), .. others.Choices()];
    }
}
