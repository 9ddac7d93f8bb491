using Careline.Accounts.Contracts;
using Careline.Analytics.Figures;

namespace Careline.Analytics.People;

/// <summary>Who came and who was here on a day, UTC.</summary>
/// <param name="Day">The day.</param>
/// <param name="RegisteredPatients">Patients who registered.</param>
/// <param name="RegisteredDoctors">Doctors who registered.</param>
/// <param name="RegisteredStaff">Other staff.</param>
/// <param name="ActivePatients">Patients who were signed in.</param>
/// <param name="ActiveDoctors">Doctors who were signed in.</param>
/// <param name="ActiveStaff">Other staff.</param>
/// <param name="ActiveIn7Days">Different people within seven days up to then.</param>
/// <param name="ActiveIn30Days">Different people within thirty days up to then.</param>
public sealed record PeopleOfDay(
    DateOnly Day,
    long RegisteredPatients,
    long RegisteredDoctors,
    long RegisteredStaff,
    long ActivePatients,
    long ActiveDoctors,
    long ActiveStaff,
    long ActiveIn7Days,
    long ActiveIn30Days);

/// <summary>How the number of people grows, and who of them is here.</summary>
/// <param name="StartDate">The first day, UTC.</param>
/// <param name="EndDate">The last day, UTC.</param>
/// <param name="AsOf">All that happened before then is counted.</param>
/// <param name="Registered">Who registered in these days.</param>
/// <param name="PreviouslyRegistered">Who did in as many days before.</param>
/// <param name="GrowthPercent">By how much more; null where nobody did before.</param>
/// <param name="Stickiness">Of those who were here within the last thirty days, how many were on the average day, in hundredths; null where nobody was.</param>
/// <param name="Days">Day by day.</param>
public sealed record PeopleFigures(
    DateOnly StartDate,
    DateOnly EndDate,
    DateTimeOffset? AsOf,
    long Registered,
    long PreviouslyRegistered,
    decimal? GrowthPercent,
    decimal? Stickiness,
    IReadOnlyList<PeopleOfDay> Days);

internal static class ShowPeople
{
    private const int Month = 30;

    public static void Map(RouteGroupBuilder analytics) => analytics.MapGet("/users/", Handle)
        .Named("ShowUserGrowth", "Who registered and who was here, day by day, for start_date to end_date.").ForRoles(Roles.Administrators)
        .WithFilters(Period.Names).LimitedAsAnalytics();

    private static async Task<Answer<PeopleFigures>> Handle(ListQuery query, CarelineDb db, FigureReader reader, CancellationToken ct)
    {
        var days = Period.Of(query, db);
        var all = await reader.PeopleAsync(new Stretch(days.Before.First, days.Last), ct);
        var now = all.Where(d => d.Day >= days.First).ToList();
        var (registered, before) = (now.Sum(Registered), all.Where(d => d.Day < days.First).Sum(Registered));
        var month = now.TakeLast(Month).ToList();
        return Answer.Ok(new PeopleFigures(
            days.First,
            days.Last,
            await reader.AsOfAsync<PeopleDay>(new Scope(null, null, SeesAll: true), ct),
            registered,
            before,
            before == 0 ? null : Math.Round(100m * (registered - before) / before, 1, MidpointRounding.AwayFromZero),
            month is [.., { ActiveIn30Days: > 0 } last] ? Math.Round((decimal)(100 * month.Average(Active)) / last.ActiveIn30Days, 1, MidpointRounding.AwayFromZero) : null,
            [.. now.Select(d => new PeopleOfDay(
                d.Day, d.RegisteredPatients, d.RegisteredDoctors, d.RegisteredStaff, d.ActivePatients, d.ActiveDoctors, d.ActiveStaff, d.ActiveIn7Days, d.ActiveIn30Days))]));
    }

    private static long Registered(PeopleDay day) => day.RegisteredPatients + day.RegisteredDoctors + day.RegisteredStaff;

    private static long Active(PeopleDay day) => day.ActivePatients + day.ActiveDoctors + day.ActiveStaff;
}
