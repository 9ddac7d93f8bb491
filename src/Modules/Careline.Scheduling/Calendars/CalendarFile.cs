using System.Security.Cryptography;
using System.Text;
using Microsoft.Net.Http.Headers;

namespace Careline.Scheduling.Calendars;

/// <summary>A file of <c>text/calendar</c>, outside the envelope.</summary>
internal static class CalendarFile
{
    public const string MediaType = "text/calendar";

    public static RouteHandlerBuilder ProducesCalendar(this RouteHandlerBuilder route) => route.Produces(StatusCodes.Status200OK, contentType: MediaType);

    /// <summary>The file of one visit, to be taken into a calendar.</summary>
    public static IResult Invitation(string text, string number, string method) => Results.File(
        Encoding.UTF8.GetBytes(text), $"{MediaType}; charset=utf-8; method={method}", $"{number}.ics");

    /// <summary>A file that is asked for again and again: who has it already is told so (RFC 9110, section 13.1.2).</summary>
    public static IResult Feed(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 16))}\"");
        return Results.Bytes(bytes, $"{MediaType}; charset=utf-8", entityTag: tag);
    }
}
