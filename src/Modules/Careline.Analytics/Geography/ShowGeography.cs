using Careline.Analytics.Figures;

namespace Careline.Analytics.Geography;

/// <summary>People of a place.</summary>
/// <param name="Country">ISO 3166-1 alpha-2 code; null where nobody said.</param>
/// <param name="City">The city; null where nobody said, and for all of the country where only countries are asked for.</param>
/// <param name="Patients">Patients who live there: all of the platform, or those whom the clinic saw in these days.</param>
/// <param name="Visits">Their visits in these days, but those called off.</param>
public sealed record PlaceFigures(string? Country, string? City, long Patients, long Visits);

/// <summary>Where patients come from.</summary>
/// <param name="StartDate">The first day of the visits.</param>
/// <param name="EndDate">The last day of the visits.</param>
/// <param name="FewestPatients">Places with fewer patients are not shown, nor anything from which they could be told.</param>
/// <param name="Places">The places, most patients first, a hundred at most.</param>
public sealed record GeographyFigures(DateOnly StartDate, DateOnly EndDate, int FewestPatients, IReadOnlyList<PlaceFigures> Places);

internal static class ShowGeography
{
    private const int MostPlaces = 100;

    public static void Map(RouteGroupBuilder analytics) => analytics.MapGet("/geography/", Handle)
        .Named("ShowGeography", "Where patients live, by country and city (level=country: by country alone).").ForRoles(Scope.Askers)
        .WithFilters(["clinic", "level", .. Period.Names]).LimitedAsAnalytics();

    private static async Task<Answer<GeographyFigures>> Handle(ListQuery query, Actor actor, CarelineDb db, CancellationToken ct)
    {
        var (clinic, level) = (query.Id("clinic"), query.Text("level", 10) ?? "city");
        if (level is not ("city" or "country"))
        {
            query.Fault("level", "Must be one of: city, country.");
        }

        var days = Period.Of(query, db);
        var scope = await Scope.OfAsync(db, actor, clinic, null, ct);
        if (!scope.SeesAll || scope.Kind == ScopeKind.Doctor)
        {
            throw new PermissionDenied("Where patients live is for those who run a clinic or the platform.");
        }

        return Answer.Ok(new GeographyFigures(days.First, days.Last, Sums.FewestPeople, [.. Shown(await ReadAsync(db, scope, days, level == "city", ct)).Take(MostPlaces)]));
    }

    /// <summary>
    /// Places with enough people. Where those of a country that are left out come to too few together, the smallest of the others is left out with them: the figure of the
    /// whole country would tell them.
    /// </summary>
    internal static IEnumerable<PlaceFigures> Shown(IReadOnlyCollection<PlaceFigures> places)
    {
        var hidden = new HashSet<PlaceFigures>();
        foreach (var country in places.GroupBy(p => p.Country))
        {
            var few = country.Where(p => p.Patients < Sums.FewestPeople).ToList();
            hidden.UnionWith(few);
            if (few.Sum(p => p.Patients) is > 0 and < Sums.FewestPeople && country.Except(few).MinBy(p => p.Patients) is { } smallest)
            {
                hidden.Add(smallest);
            }
        }

        return places.Where(p => !hidden.Contains(p)).OrderByDescending(p => p.Patients).ThenBy(p => p.Country, StringComparer.Ordinal).ThenBy(p => p.City, StringComparer.Ordinal);
    }

    private static Task<List<PlaceFigures>> ReadAsync(CarelineDb db, Scope scope, Stretch days, bool byCity, CancellationToken ct)
    {
        var (from, to) = (Stretch.StartOf(days.First.AddDays(-1)), Stretch.StartOf(days.Last.AddDays(2)));
        return db.Database.SqlQuery<PlaceFigures>(
            $"""
            WITH seen AS (
                SELECT patient_id, count(*) AS visits FROM scheduling.appointment_facts
                WHERE starts_at >= {from} AND starts_at < {to} AND local_date BETWEEN {days.First} AND {days.Last}
                    AND status NOT IN ('requested', 'rejected', 'cancelled') AND ({scope.ClinicId}::uuid IS NULL OR clinic_id = {scope.ClinicId})
                GROUP BY patient_id)
            SELECT p.country AS "Country", CASE WHEN {byCity} THEN p.city END AS "City", count(*) AS "Patients", coalesce(sum(s.visits), 0)::bigint AS "Visits"
            FROM patients.place_facts p LEFT JOIN seen s ON s.patient_id = p.patient_id
            WHERE {scope.ClinicId}::uuid IS NULL OR s.patient_id IS NOT NULL
            GROUP BY 1, 2
            """).ToListAsync(ct);
    }
}
