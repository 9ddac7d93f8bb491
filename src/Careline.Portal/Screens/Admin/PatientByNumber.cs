namespace Careline.Portal.Screens.Admin;

/// <summary>A patient whose number an administrator typed. The API looks numbers up for those who care alone; administrators see all and search.</summary>
internal static class PatientByNumber
{
    /// <summary>The patient; none where there is no such number, or the record is restricted.</summary>
    public static async Task<Thing> FindAsync(CarelineApi api, string? number)
    {
        var found = await api.GetAsync($"/api/patients/{new Query().With("search", number).With("page_size", 10)}");
        return number is null ? Thing.None : found.Rows.FirstOrDefault(p => string.Equals(p.Text("number"), number, StringComparison.OrdinalIgnoreCase), Thing.None);
    }
}
