using Careline.Analytics.Figures;

namespace Careline.Analytics.Revenue;

/// <summary>How long the pieces are.</summary>
internal enum RevenueInterval
{
    /// <summary>Day by day.</summary>
    Day,

    /// <summary>From Monday to Sunday (ISO 8601).</summary>
    Week,

    /// <summary>By calendar months.</summary>
    Month,
}

/// <summary>Money of a currency, in minor units.</summary>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Payments">How many payments came.</param>
/// <param name="Captured">What came.</param>
/// <param name="Refunded">What went back.</param>
/// <param name="ChargedBack">What banks took back, less what they gave again.</param>
/// <param name="Net">What came less what went.</param>
/// <param name="GatewayFees">What gateways kept.</param>
/// <param name="Taxes">What is owed to the tax office.</param>
/// <param name="PlatformShare">The platform's share.</param>
/// <param name="ClinicShare">The clinics' share.</param>
/// <param name="DoctorShare">The doctors' share.</param>
public sealed record RevenueSum(
    string Currency,
    long Payments,
    long Captured,
    long Refunded,
    long ChargedBack,
    long Net,
    long GatewayFees,
    long Taxes,
    long PlatformShare,
    long ClinicShare,
    long DoctorShare);

/// <summary>A piece of the time.</summary>
/// <param name="Start">Its first day within what was asked for, UTC.</param>
/// <param name="Sums">By currency.</param>
public sealed record RevenuePiece(DateOnly Start, IReadOnlyList<RevenueSum> Sums);

/// <summary>A part of the money.</summary>
/// <param name="Name">What was paid for, or how.</param>
/// <param name="Sums">By currency.</param>
public sealed record RevenuePart(string Name, IReadOnlyList<RevenueSum> Sums);

/// <summary>What was taken.</summary>
/// <param name="Scope">By whom.</param>
/// <param name="StartDate">The first day, UTC.</param>
/// <param name="EndDate">The last day, UTC.</param>
/// <param name="AsOf">All that happened before then is counted.</param>
/// <param name="Totals">By currency.</param>
/// <param name="Previous">By currency, in as many days before.</param>
/// <param name="ByKind">By what was paid for.</param>
/// <param name="ByMethod">By how people paid.</param>
/// <param name="Pieces">Piece by piece; those without any money are left out.</param>
public sealed record RevenueFigures(
    ScopeKind Scope,
    DateOnly StartDate,
    DateOnly EndDate,
    DateTimeOffset? AsOf,
    IReadOnlyList<RevenueSum> Totals,
    IReadOnlyList<RevenueSum> Previous,
    IReadOnlyList<RevenuePart> ByKind,
    IReadOnlyList<RevenuePart> ByMethod,
    IReadOnlyList<RevenuePiece> Pieces);

internal static class ShowRevenue
{
    public static void Map(RouteGroupBuilder analytics) => analytics.MapGet("/revenue/", Handle)
        .Named("ShowRevenue", "What was taken and given back, by the ledger, for start_date to end_date: by currency, kind, method, and by interval (day, week, month).")
        .ForRoles(Scope.Askers).WithFilters(["clinic", "doctor", "interval", .. Period.Names]).LimitedAsAnalytics();

    private static async Task<Answer<RevenueFigures>> Handle(ListQuery query, Actor actor, CarelineDb db, FigureReader reader, CancellationToken ct)
    {
        var (clinic, doctor, interval) = (query.Id("clinic"), query.Id("doctor"), query.Enum<RevenueInterval>("interval") ?? RevenueInterval.Day);
        var days = Period.Of(query, db);
        var scope = await Scope.OfAsync(db, actor, clinic, doctor, ct);
        if (!scope.SeesAll)
        {
            throw new PermissionDenied("What a clinic takes is for those who run it.");
        }

        var all = await reader.MoneyAsync(scope, new Stretch(days.Before.First, days.Last), ct);
        var now = all.Where(d => d.Day >= days.First).ToList();
        return Answer.Ok(new RevenueFigures(
            scope.Kind,
            days.First,
            days.Last,
            await reader.AsOfAsync<MoneyDay>(scope, ct),
            SumsOf(now),
            SumsOf(all.Where(d => d.Day < days.First)),
            PartsOf(now, d => d.Kind),
            PartsOf(now, d => d.Method),
            [.. now.GroupBy(d => BeginOf(d.Day, interval)).OrderBy(g => g.Key).Select(g => new RevenuePiece(g.Key < days.First ? days.First : g.Key, SumsOf(g)))]));
    }

    private static List<RevenuePart> PartsOf(IEnumerable<MoneyDay> days, Func<MoneyDay, string> by) =>
        [.. days.GroupBy(by).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => new RevenuePart(g.Key, SumsOf(g)))];

    private static List<RevenueSum> SumsOf(IEnumerable<MoneyDay> days) =>
    [
        .. days.GroupBy(d => d.Currency).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => new RevenueSum(
            g.Key,
            g.Sum(d => d.Payments),
            g.Sum(d => d.Captured),
            g.Sum(d => d.Refunded),
            g.Sum(d => d.ChargedBack),
            g.Sum(d => d.Net),
            g.Sum(d => d.GatewayFees),
            g.Sum(d => d.Taxes),
            g.Sum(d => d.PlatformShare),
            g.Sum(d => d.ClinicShare),
            g.Sum(d => d.DoctorShare))),
    ];

    private static DateOnly BeginOf(DateOnly day, RevenueInterval interval) => interval switch
    {
        RevenueInterval.Week => day.AddDays(-(((int)day.DayOfWeek + 6) % 7)),
        RevenueInterval.Month => new DateOnly(day.Year, day.Month, 1),
        _ => day,
    };
}
