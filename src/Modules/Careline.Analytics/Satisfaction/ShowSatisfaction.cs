using Careline.Analytics.Figures;

namespace Careline.Analytics.Satisfaction;

/// <summary>What patients said in some days.</summary>
/// <param name="Start">The first of them, UTC.</param>
/// <param name="Asked">How many were asked.</param>
/// <param name="Answered">How many answered.</param>
/// <param name="Csat">Answers of 4 or 5 among all, in hundredths; null for fewer than five answers.</param>
/// <param name="AverageRating">Mean from 1 to 5; null for fewer than five answers.</param>
/// <param name="Nps">Promoters less detractors, in hundredths; null for fewer than five answers.</param>
public sealed record SatisfactionPiece(DateOnly Start, long Asked, long Answered, decimal? Csat, decimal? AverageRating, decimal? Nps);

/// <summary>What patients say of their visits.</summary>
/// <param name="Scope">Whose visits.</param>
/// <param name="StartDate">The first day, UTC.</param>
/// <param name="EndDate">The last day, UTC.</param>
/// <param name="AsOf">All that happened before then is counted.</param>
/// <param name="FewestAnswers">What fewer answers say is not shown.</param>
/// <param name="Total">Of all the days.</param>
/// <param name="Months">Month by month.</param>
public sealed record SatisfactionFigures(
    ScopeKind Scope,
    DateOnly StartDate,
    DateOnly EndDate,
    DateTimeOffset? AsOf,
    int FewestAnswers,
    SatisfactionPiece Total,
    IReadOnlyList<SatisfactionPiece> Months);

internal static class ShowSatisfaction
{
    public static void Map(RouteGroupBuilder analytics) => analytics.MapGet("/satisfaction/", Handle)
        .Named("ShowSatisfaction", "What patients say of their visits for start_date to end_date: CSAT, mean and net promoter score.").ForRoles(Scope.Askers)
        .WithFilters(["clinic", "doctor", .. Period.Names]).LimitedAsAnalytics();

    private static async Task<Answer<SatisfactionFigures>> Handle(ListQuery query, Actor actor, CarelineDb db, FigureReader reader, CancellationToken ct)
    {
        var (clinic, doctor) = (query.Id("clinic"), query.Id("doctor"));
        var days = Period.Of(query, db);
        var scope = await Scope.OfAsync(db, actor, clinic, doctor, ct);
        if (!scope.SeesAll)
        {
            throw new PermissionDenied("What patients say is for those who run a clinic, and for doctors.");
        }

        var answers = await reader.SatisfactionAsync(scope, days, ct);
        return Answer.Ok(new SatisfactionFigures(
            scope.Kind,
            days.First,
            days.Last,
            await reader.AsOfAsync<SatisfactionDay>(scope, ct),
            Sums.FewestPeople,
            PieceOf(days.First, answers),
            [.. answers.GroupBy(d => new DateOnly(d.Day.Year, d.Day.Month, 1)).OrderBy(g => g.Key).Select(g => PieceOf(g.Key < days.First ? days.First : g.Key, [.. g]))]));
    }

    private static SatisfactionPiece PieceOf(DateOnly start, IReadOnlyCollection<SatisfactionDay> answers)
    {
        var sums = new Sums([], answers, []);
        return new SatisfactionPiece(
            start, (long)sums.Answers(d => d.Asked), (long)sums.Answers(d => d.Answered), FigureOf("csat", sums), FigureOf("average_rating", sums), FigureOf("nps", sums));
    }

    private static decimal? FigureOf(string name, Sums sums) => FigureCatalogue.All.Single(f => f.Name == name).Of(sums);
}
