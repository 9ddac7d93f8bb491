using Careline.Portal.SignIn;

namespace Careline.Portal.Language;

/// <summary>Who reads: in which language, by which clock. What they chose on this device goes before what they chose anywhere, and that before what the browser says.</summary>
internal static class Reader
{
    public const string LanguageCookie = "careline-language";
    public const string ZoneCookie = "careline-zone";

    public static Words WordsOf(HttpContext http) => new(Words.Nearest(
        [http.Request.Cookies[LanguageCookie], PortalSession.Of(http)?.Language, .. http.Request.Headers.AcceptLanguage.ToString().Split(',')]));

    public static TimeZoneInfo ZoneOf(HttpContext http)
    {
        foreach (var name in new[] { PortalSession.Of(http)?.TimeZone, http.Request.Cookies[ZoneCookie] })
        {
            if (name is { Length: > 0 and < 64 } && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone))
            {
                return zone;
            }
        }

        return TimeZoneInfo.Utc;
    }
}
