using Careline.Portal.Api;
using Microsoft.AspNetCore.Http;

namespace Careline.Portal.SignIn;

/// <summary>
/// Where somebody works. The API lists no clinics of one's own, but shows the staff of a clinic to its staff alone: a clinic that answers is one's own. What was found is
/// kept in a cookie, by which nobody gets anywhere: the API checks each request.
/// </summary>
internal static class Workplaces
{
    private const string Cookie = "careline-clinic";

    /// <summary>All clinics where they work, by name.</summary>
    public static async Task<IReadOnlyList<Thing>> OfAsync(CarelineApi api, HttpContext http)
    {
        if (PortalSession.Of(http)?.DoctorId is { } doctor)
        {
            var own = (await api.GetAsync($"/api/doctors/{doctor}/")).Data.Maybe("clinics").Items.ToList();
            return [.. (await Task.WhenAll(own.Select(c => KeptAsync(api, c)))).Where(c => !c.IsNone)];
        }

        var mine = new List<Thing>();
        for (var (page, pages) = (1L, 1L); page <= pages; page++)
        {
            var clinics = await api.GetAsync($"/api/eclinic/clinics/?page={page}&page_size=100");
            mine.AddRange((await Task.WhenAll(clinics.Rows.Select(c => KeptAsync(api, c)))).Where(c => !c.IsNone));
            pages = clinics.Pages;
        }

        return mine;
    }

    /// <summary>The clinic for which they work now; none where they have to choose first, or work nowhere.</summary>
    public static async Task<Thing> PresentAsync(CarelineApi api, HttpContext http)
    {
        if (Guid.TryParse(http.Request.Cookies[Cookie], out var id) && await api.FindAsync($"/api/eclinic/clinics/{id}/staff/?page_size=1") is not null
            && await api.FindAsync($"/api/eclinic/clinics/{id}/") is { } kept)
        {
            return kept.Data;
        }

        if (await OfAsync(api, http) is not [var only])
        {
            return Thing.None;
        }

        Choose(http, only.Id("id"));
        return only;
    }

    /// <summary>Remembers for which clinic they work on this device.</summary>
    public static void Choose(HttpContext http, Guid clinic) => http.Response.Cookies.Append(
        Cookie, clinic.ToString(), new CookieOptions { Path = "/", HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, MaxAge = TimeSpan.FromDays(90), IsEssential = true });

    private static async Task<Thing> KeptAsync(CarelineApi api, Thing clinic) => await api.FindAsync($"/api/eclinic/clinics/{clinic.Id("id")}/staff/?page_size=1") is null ? Thing.None : clinic;
}
