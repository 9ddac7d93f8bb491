using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Vitals.Observations;

namespace Careline.Vitals.Trends;

/// <summary>How a measure of a patient went over time.</summary>
/// <param name="Measure">What was measured.</param>
/// <param name="Unit">UCUM unit of all values.</param>
/// <param name="From">First moment.</param>
/// <param name="To">First moment after it.</param>
/// <param name="Points">At most 500, the oldest first: single readings, or so many together as lie in the same five-hundredth of the time.</param>
/// <param name="Days">Each day on which something was measured, by UTC.</param>
public sealed record TrendResponse(Measure Measure, string? Unit, DateTimeOffset From, DateTimeOffset To, IReadOnlyList<TrendPoint> Points, IReadOnlyList<TrendDay> Days);

/// <summary>A reading, or several that lie close together.</summary>
public sealed record TrendPoint
{
    /// <summary>When, of several the first.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>The mean, to four digits after the point.</summary>
    public decimal Value { get; init; }

    /// <summary>The least.</summary>
    public decimal Min { get; init; }

    /// <summary>The most.</summary>
    public decimal Max { get; init; }

    /// <summary>How many readings it stands for.</summary>
    public int Count { get; init; }
}

/// <summary>A day's readings.</summary>
public sealed record TrendDay
{
    /// <summary>The day, by UTC.</summary>
    public DateOnly Date { get; init; }

    /// <summary>The least.</summary>
    public decimal Min { get; init; }

    /// <summary>The most.</summary>
    public decimal Max { get; init; }

    /// <summary>The mean, to four digits after the point.</summary>
    public decimal Mean { get; init; }

    /// <summary>How many.</summary>
    public int Count { get; init; }
}

internal static class ShowTrend
{
    private const int MostPoints = 500;
    private static readonly TimeSpan _usual = TimeSpan.FromDays(30);
    private static readonly TimeSpan _longest = TimeSpan.FromDays(732);

    public static void Map(RouteGroupBuilder patients) => patients.MapGet("/{id:guid}/vital-signs/trends/", Handle)
        .Named("ShowVitalTrend", "Shows how one measure of a patient went over time: points to draw, and each day's least, most and mean.").ForRoles(Roles.RecordReaders)
        .VisibleAs<MeasuredPatient>().WithFilters("measure", "from", "to");

    private static async Task<Answer<TrendResponse>> Handle(Guid id, ListQuery query, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        await MeasuredPatient.RequireAsync(db, actor, id, ct);
        var asked = query.Enum<Measure>("measure");
        var to = query.Instant("to") ?? db.Now;
        var from = query.Instant("from") ?? to - _usual;
        if (asked is null || Terms.Of(asked.Value).Unit is null)
        {
            query.Fault("measure", "Name a measure that is a number.");
        }

        if (from >= to || to - from > _longest)
        {
            query.Fault("from", $"Must lie before the end, at most {_longest.TotalDays:0} days.");
        }

        query.Check();
        var measure = asked!.Value;
        trail.About("patient", id).Concerns(id);
        return Answer.Ok(new TrendResponse(
            measure,
            Terms.Of(measure).Unit,
            from,
            to,
            await PointsAsync(db, id, measure, from, to, ct),
            await DaysAsync(db, id, measure, from, to, ct)));
    }

    private static Task<List<TrendPoint>> PointsAsync(CarelineDb db, Guid patient, Measure measure, DateTimeOffset from, DateTimeOffset to, CancellationToken ct)
    {
        var (word, seconds) = (EnumText<Measure>.Of(measure), (to - from).TotalSeconds / MostPoints);
        return db.Database.SqlQuery<TrendPoint>(
            $"""
            SELECT min(observed_at) AS at, trim_scale(round(avg(value), 4)) AS value, min(value) AS min, max(value) AS max, count(*)::integer AS count
            FROM vitals.observations
            WHERE patient_id = {patient} AND measure = {word} AND observed_at >= {from} AND observed_at < {to} AND value IS NOT NULL
            GROUP BY floor(extract(epoch FROM observed_at - {from}) / {seconds}) ORDER BY 1
            """).ToListAsync(ct);
    }

    private static Task<List<TrendDay>> DaysAsync(CarelineDb db, Guid patient, Measure measure, DateTimeOffset from, DateTimeOffset to, CancellationToken ct)
    {
        var word = EnumText<Measure>.Of(measure);
        return db.Database.SqlQuery<TrendDay>(
            $"""
            SELECT (observed_at AT TIME ZONE 'UTC')::date AS date, min(value) AS min, max(value) AS max, trim_scale(round(avg(value), 4)) AS mean, count(*)::integer AS count
            FROM vitals.observations
            WHERE patient_id = {patient} AND measure = {word} AND observed_at >= {from} AND observed_at < {to} AND value IS NOT NULL
            GROUP BY 1 ORDER BY 1
            """).ToListAsync(ct);
    }
}
