using Careline.Portal.Api;

namespace Careline.Portal.Screens.Desk;

/// <summary>The clinics whose calendar somebody keeps, by what stands in it: the API has no list of one's places of work.</summary>
internal static class DeskClinics
{
    public static IEnumerable<(string Value, string Text)> Of(IEnumerable<Thing> visits) =>
        visits.Where(v => !v["clinic"].IsNone).Select(v => (v.Text("clinic.id"), v.Text("clinic.name"))).Distinct().OrderBy(c => c.Item2, StringComparer.Ordinal);

    public static async Task<IReadOnlyList<(string Value, string Text)>> OfAsync(CarelineApi api) =>
        [.. Of((await api.GetAsync($"/api/appointments/?page_size=100")).Rows)];
}
