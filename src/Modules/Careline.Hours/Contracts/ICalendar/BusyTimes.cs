using Careline.Platform.Time;

namespace Careline.Hours.Contracts.ICalendar;

/// <summary>What a calendar says of somebody's time, and how many of its events say more than is understood.</summary>
/// <param name="Spans">In order and apart.</param>
/// <param name="NotUnderstood">Events of which at most the first time counts.</param>
public sealed record BusyTime(IReadOnlyList<Span> Spans, int NotUnderstood);

/// <summary>A calendar that cannot be used, and why, in one word.</summary>
/// <param name="reason">The word, such as <c>not_a_calendar</c>.</param>
public sealed class UnusableCalendar(string reason) : Exception(reason)
{
    /// <summary>The word.</summary>
    public string Reason => Message;
}

/// <summary>
/// The busy time of a calendar that somebody keeps elsewhere (RFC 5545): pure. Events that are called off, that show as free, and the reader's own that come
/// back from there take no time. All-day events are days of the owner's zone; times without a zone, or in one that nobody knows, are the owner's too.
/// </summary>
public sealed class BusyTimes
{
    private const int MostEvents = 20_000;
    private const int MostSpans = 10_000;

    // Looking at every day of every rule: some milliseconds a million.
    private const int MostSteps = 20_000_000;

    private readonly string _zone;
    private readonly string _ownUidEnd;
    private readonly Span _stretch;
    private readonly CalendarComponent _root;
    private readonly List<Span> _spans = [];
    private int _steps;
    private int _notUnderstood;

    private BusyTimes(CalendarComponent root, string zone, string ownUidEnd, Span stretch)
    {
        (_root, _zone, _ownUidEnd, _stretch) = (root, zone, ownUidEnd, stretch);
    }

    /// <summary>Reads the busy time of a stretch.</summary>
    /// <param name="text">The calendar.</param>
    /// <param name="ownersZone">The IANA zone of its owner.</param>
    /// <param name="ownUidEnd">How the UIDs of the reader's own events end.</param>
    /// <param name="stretch">Which time is asked for.</param>
    /// <exception cref="UnusableCalendar">It is no calendar, or too much of one.</exception>
    public static BusyTime Read(string text, string ownersZone, string ownUidEnd, Span stretch)
    {
        var root = ContentLines.Read(text) ?? throw new UnusableCalendar("not_a_calendar");
        return new BusyTimes(root, ownersZone, ownUidEnd, stretch).Read();
    }

    private BusyTime Read()
    {
        var events = _root.Parts.Where(p => p.Name == "VCALENDAR").SelectMany(c => c.Parts).Where(p => p.Name == "VEVENT").ToList();
        if (events.Count > MostEvents)
        {
            throw new UnusableCalendar("too_much");
        }

        // An event that replaces one time of a series takes that time out of it, also where it itself takes none.
        var replaced = events.Where(e => e.Find("RECURRENCE-ID") is not null).ToLookup(e => e.Find("UID")?.Value ?? "", e => Moment(e.Find("RECURRENCE-ID")!));
        foreach (var one in events.Where(e => !IsFree(e)))
        {
            Add(one, one.Find("RECURRENCE-ID") is null ? replaced[one.Find("UID")?.Value ?? ""].OfType<WallMoment>() : []);
        }

        var apart = SpanSet.Union(_spans);
        return apart.Count <= MostSpans ? new BusyTime(apart, _notUnderstood) : throw new UnusableCalendar("too_much");
    }

    private bool IsFree(CalendarComponent one)
    {
        return Is("TRANSP", "TRANSPARENT") || Is("STATUS", "CANCELLED") || Is("X-MICROSOFT-CDO-BUSYSTATUS", "FREE")
            || one.Find("UID")?.Value.EndsWith(_ownUidEnd, StringComparison.Ordinal) == true;

        bool Is(string property, string value) => string.Equals(one.Find(property)?.Value.Trim(), value, StringComparison.OrdinalIgnoreCase);
    }

    private void Add(CalendarComponent one, IEnumerable<WallMoment> replaced)
    {
        if (one.Find("DTSTART") is not { } line || Moment(line) is not { } start)
        {
            _notUnderstood++;
            return;
        }

        var length = LengthOf(one, start);
        var without = new Without([.. one.All("EXDATE").SelectMany(Moments), .. replaced]);
        var rules = one.All("RRULE").Select(r => RecurrenceRule.Parse(r.Value)).ToList();
        if (rules.Contains(null) || one.Find("RDATE") is { } dates && dates["VALUE"] == "PERIOD")
        {
            _notUnderstood++;
        }

        // The first time counts as one of the rule's; without a rule, or with one that is not understood, it is the only one.
        foreach (var at in rules.OfType<RecurrenceRule>().SelectMany(r => TimesOf(r, start, length)).Append(start).Concat(one.All("RDATE").SelectMany(Moments)).Distinct())
        {
            var span = SpanOf(at, length);
            if (!without.Has(at) && span.End > _stretch.Start && span.Start < _stretch.End && span.End > span.Start)
            {
                _spans.Add(span);
            }
        }
    }

    private IEnumerable<WallMoment> TimesOf(RecurrenceRule rule, WallMoment start, Length length)
    {
        // A rule that counts is counted from its first day; any other may be looked at from where it matters.
        var reach = DateOnly.FromDateTime((_stretch.Start - length.AtMost).UtcDateTime).AddDays(-2);
        var day = rule.Count is null && reach > start.Day ? reach : start.Day;
        var last = DateOnly.FromDateTime(_stretch.End.UtcDateTime).AddDays(1);
        var until = rule.Until is { } text ? WallMoment.Parse(text, ZoneOf, start.Zone, null) : null;
        var left = rule.Count ?? int.MaxValue;
        if (rule.Until is not null && until is null)
        {
            yield break;
        }

        for (; day <= last && left > 0; day = day.AddDays(1))
        {
            if (++_steps > MostSteps)
            {
                throw new UnusableCalendar("too_much");
            }

            if (!rule.FallsOn(day, start.Day))
            {
                continue;
            }

            var at = start.On(day);
            if (until is { } end && (end.IsDay ? day > end.Day : at.Instant > end.Instant))
            {
                yield break;
            }

            left--;
            yield return at;
        }
    }

    private static Span SpanOf(WallMoment at, Length length) => at.IsDay
        ? new Span(at.Instant, ZonedTimes.Day(at.Day.AddDays(length.Days), at.Zone).From)
        : new Span(at.Instant, at.Instant + length.Time);

    /// <summary>An event lasts until its end, for its length, a day where it is of days, and else no time at all (RFC 5545, section 3.6.1).</summary>
    private Length LengthOf(CalendarComponent one, WallMoment start)
    {
        if (one.Find("DTEND") is { } line && Moment(line) is { } end)
        {
            var time = end.Instant - start.Instant;
            return new Length(Math.Clamp(end.Day.DayNumber - start.Day.DayNumber, start.IsDay ? 1 : 0, 366), time < TimeSpan.FromDays(366) ? time : TimeSpan.FromDays(366));
        }

        var length = one.Find("DURATION") is { } duration ? CalendarDuration.Parse(duration.Value) ?? TimeSpan.Zero : TimeSpan.Zero;
        return new Length(Math.Max((int)length.TotalDays, 1), length);
    }

    private IEnumerable<WallMoment> Moments(ContentLine line) =>
        line.Value.Split(',').Select(value => WallMoment.Parse(value, ZoneOf, _zone, line["TZID"])).OfType<WallMoment>();

    private WallMoment? Moment(ContentLine line) => WallMoment.Parse(line.Value, ZoneOf, _zone, line["TZID"]);

    /// <summary>The IANA zone that a calendar means: by its name, by a name within its name, or by what the calendar says of its own zones.</summary>
    private string? ZoneOf(string? name)
    {
        if (name is null)
        {
            return null;
        }

        var segments = name.Trim('/').Split('/');
        return Enumerable.Range(0, segments.Length).Select(i => ZonedTimes.Find(string.Join('/', segments[i..]))).FirstOrDefault(zone => zone is not null)
            ?? _root.Parts.SelectMany(c => c.Parts).Where(p => p.Name == "VTIMEZONE" && p.Find("TZID")?.Value == name)
                .Select(p => p.Find("X-LIC-LOCATION")?.Value).Select(location => location is null ? null : ZonedTimes.Find(location)).FirstOrDefault();
    }

    private readonly record struct Length(int Days, TimeSpan Time)
    {
        public TimeSpan AtMost => TimeSpan.FromDays(Days) > Time ? TimeSpan.FromDays(Days) : Time;
    }

    /// <summary>Times that a series leaves out, some by the moment and some by the day.</summary>
    private sealed class Without(IReadOnlyList<WallMoment> moments)
    {
        private readonly HashSet<DateTimeOffset> _instants = [.. moments.Where(m => !m.IsDay).Select(m => m.Instant)];
        private readonly HashSet<DateOnly> _days = [.. moments.Where(m => m.IsDay).Select(m => m.Day)];

        public bool Has(WallMoment at) => _days.Contains(at.Day) || (!at.IsDay && _instants.Contains(at.Instant));
    }
}
