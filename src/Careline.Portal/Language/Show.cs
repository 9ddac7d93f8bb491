using System.Globalization;

namespace Careline.Portal.Language;

/// <summary>Days, times, numbers and money as the reader writes them, in the reader's zone.</summary>
public sealed class Show
{
    private static readonly string[] _months =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

    private readonly Words _t;
    private readonly TimeProvider _clock;

    internal Show(Words words, TimeZoneInfo zone, TimeProvider clock) => (_t, Zone, _clock) = (words, zone, clock);

    /// <summary>The reader's zone.</summary>
    public TimeZoneInfo Zone { get; }

    /// <summary>Now.</summary>
    public DateTimeOffset Now => _clock.GetUtcNow();

    /// <summary>The day where the reader is.</summary>
    public DateOnly Today => DateOnly.FromDateTime(Local(Now).DateTime);

    /// <summary>An instant in the reader's zone.</summary>
    public DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Zone);

    /// <summary>Such as: Mon 7 December 2026.</summary>
    public string Day(DateOnly day) => FromRight($"{_t[day.DayOfWeek.ToString()[..3]]} {day.Day} {Month(day)}{(day.Year == Today.Year ? "" : $" {day.Year}")}");

    /// <summary>Such as: 7 December 2026.</summary>
    public string Date(DateOnly day) => FromRight($"{day.Day} {Month(day)} {day.Year}");

    /// <summary>The name of a day's month.</summary>
    public string Month(DateOnly day) => _t[_months[day.Month - 1]];

    /// <summary>The day of an instant in the reader's zone.</summary>
    public string Day(DateTimeOffset at) => Day(DateOnly.FromDateTime(Local(at).DateTime));

    /// <summary>Such as 14:30, in the reader's zone.</summary>
    public string Time(DateTimeOffset at) => Local(at).ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>Day and time in the reader's zone.</summary>
    public string At(DateTimeOffset at) => $"{Day(at)}{(_t.Direction == "rtl" ? "،" : ",")} {Time(at)}";

    /// <summary>The time where somebody else is, with the place; null where their clock says the same.</summary>
    /// <param name="at">When.</param>
    /// <param name="zone">Their zone; IANA.</param>
    public string? ElsewhereAt(DateTimeOffset at, string zone) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var theirs) && theirs.GetUtcOffset(at) != Zone.GetUtcOffset(at)
            ? $"{TimeZoneInfo.ConvertTime(at, theirs).ToString("HH:mm", CultureInfo.InvariantCulture)} {Place(zone)}" : null;

    /// <summary>The town that a zone is named after.</summary>
    public static string Place(string zone) => zone[(zone.LastIndexOf('/') + 1)..].Replace('_', ' ');

    /// <summary>How long ago, or from now, roughly.</summary>
    public string Ago(DateTimeOffset at)
    {
        var away = Now - at;
        var (span, isPast) = (away.Duration(), away >= TimeSpan.Zero);
        return span switch
        {
            { TotalMinutes: < 1 } => _t["just now"],
            { TotalMinutes: < 60 } => _t[isPast ? "{0} min ago" : "in {0} min", (int)span.TotalMinutes],
            { TotalHours: < 24 } => _t[isPast ? "{0} h ago" : "in {0} h", (int)span.TotalHours],
            { TotalDays: < 31 } => Days(Today.DayNumber - DateOnly.FromDateTime(Local(at).DateTime).DayNumber),
            _ => Day(at),
        };
    }

    private string Days(int past) => past switch
    {
        1 => _t["yesterday"],
        -1 => _t["tomorrow"],
        > 0 => _t["{0} days ago", past],
        _ => _t["in {0} days", -past],
    };

    /// <summary>A number with its thousands apart.</summary>
    public string Number(decimal number) => number.ToString("#,0.##", _t.Language is "fr" ? _french : CultureInfo.InvariantCulture);

    /// <summary>A number with all of its decimals: what was measured is not rounded to be shown.</summary>
    public string Exact(decimal number) => number.ToString("#,0.############", _t.Language is "fr" ? _french : CultureInfo.InvariantCulture);

    /// <summary>When a day begins where the reader is.</summary>
    public DateTimeOffset StartOf(DateOnly day)
    {
        // Where clocks are put forward at midnight the day begins an hour later.
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        var local = Zone.IsInvalidTime(midnight) ? midnight.AddHours(1) : midnight;
        return new DateTimeOffset(local, Zone.GetUtcOffset(local)).ToUniversalTime();
    }

    /// <summary>What is read from left to right in every language, such as 75 /min or O+, as one piece: in a text from right to left its parts would change places.</summary>
    public string Whole(string text) => _t.Direction == "rtl" && text.Length > 0 ? $"\u2066{text}\u2069" : text;

    // Without its mark the number at the beginning of a date joins the English before it: PAT-000001 · 17, and the month stands alone.
    private string FromRight(string day) => _t.Direction == "rtl" ? $"\u200F{day}" : day;

    /// <summary>A number of bytes, roughly.</summary>
    public string Size(long bytes) => Whole(bytes switch
    {
        < 1 << 10 => $"{bytes} B",
        < 1 << 20 => $"{Number(bytes / 1024)} KB",
        < 1 << 30 => $"{Number(Math.Round(bytes / 1048576m, 1))} MB",
        _ => $"{Number(Math.Round(bytes / 1073741824m, 1))} GB",
    });

    /// <summary>A stretch of time, roughly.</summary>
    public string Span(TimeSpan span) => span switch
    {
        { TotalSeconds: < 60 } => _t["{0} s", (int)span.TotalSeconds],
        { TotalMinutes: < 60 } => _t["{0} min", (int)span.TotalMinutes],
        { TotalHours: < 48 } => _t["{0} h", (int)span.TotalHours],
        _ => _t["{0} days", (int)span.TotalDays],
    };

    /// <summary>A figure with its unit, as dashboards and reports give it.</summary>
    public string? Figure(decimal? value, string? unit) => value is not { } number ? null : unit switch
    {
        "percent" => Whole($"{Number(number)} %"),
        "minutes" => _t["{0} min", Number(number)],
        "days" => _t["{0} days", Number(number)],
        _ => Number(number),
    };

    /// <summary>An amount of money, which has a member <c>amount</c> in minor units and one <c>currency</c>.</summary>
    public string Money(Api.Thing money) => money.IsNone ? "" : Money(money.Whole("amount")!.Value, money.Text("currency"));

    /// <summary>Minor units as money (ISO 4217).</summary>
    public string Money(long amount, string currency)
    {
        var major = amount / Currencies.Scale(currency);
        var sign = currency switch { "NGN" => "₦", "USD" => "$", "EUR" => "€", "GBP" => "£", "INR" => "₹", _ => currency + " " };
        return Whole($"{(major < 0 ? "−" : "")}{sign}{Math.Abs(major).ToString(major == Math.Floor(major) ? "#,0" : $"#,0.{new string('0', Currencies.Places(currency))}", _t.Language is "fr" ? _french : CultureInfo.InvariantCulture)}");
    }

    private static readonly NumberFormatInfo _french = new() { NumberGroupSeparator = " ", NumberDecimalSeparator = "," };
}
