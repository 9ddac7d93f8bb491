using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;

namespace Careline.Analytics.Figures;

internal static class RebuildFigures
{
    public static void Map(RouteGroupBuilder analytics) => analytics.MapPost("/rebuild/", Handle)
        .Named("RebuildFigures", "Counts all figures anew from the facts. They stay readable meanwhile.")
        .ForRoles(Roles.Administrators).WithOwnTransaction().LimitedAsAuth(countsSuccess: true);

    private static async Task<Answer<FreshnessResponse>> Handle(FigureKeeper keeper, FigureReader reader, AuditTrail trail, CarelineDb db, CancellationToken ct)
    {
        trail.Because("operations");
        await keeper.RebuildAsync(null, ct);
        await db.SaveChangesAsync(ct);
        return Answer.Ok(new FreshnessResponse(await reader.AsOfAsync<PeopleDay>(new Scope(null, null, SeesAll: true), ct)), "Figures counted anew.");
    }
}

/// <summary>How fresh figures are.</summary>
/// <param name="AsOf">All that happened before then is counted; null before anything was.</param>
public sealed record FreshnessResponse(DateTimeOffset? AsOf);
