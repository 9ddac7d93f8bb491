namespace Careline.Portal.SignIn;

/// <summary>Where somebody works. What they chose is kept in a cookie, by which nobody gets anywhere: the API checks each request.</summary>
internal static class Workplaces
{
    private const string Cookie = "careline-clinic";
    private const int MostClinics = 100;

    /// <summary>The clinics where they work, by name; for administrators, who work nowhere and everywhere, the first of all.</summary>
    public static async Task<IReadOnlyList<Thing>> OfAsync(CarelineApi api, HttpContext http) =>
        (await api.GetAsync($"/api/eclinic/clinics/{new Query().With("mine", PortalSession.Of(http)!.Has("admin", "superadmin") ? null : "true").With("ordering", "name").With("page_size", MostClinics)}")).Rows;

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
}
