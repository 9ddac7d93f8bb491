using Careline.Clinics.Clinics;

namespace Careline.Clinics.Nearby;

/// <summary>Clinics around a place, from the index, or from the tables while it cannot answer.</summary>
internal static class FindNearby
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/nearby/", Handle).Named("ListNearbyClinics", "Clinics around ?lat=&lng= within ?radius_km=, the nearest first.")
            .ForAnyone("people choose a clinic before they sign up")
            .WithFilters(NearbyQuestion.Filters);

    private static async Task<PageAnswer<ClinicResponse>> Handle(ListQuery query, Actor? actor, CarelineDb db, ClinicIndex index, CancellationToken ct)
    {
        var question = NearbyQuestion.Read(query);
        query.Check();
        return Answer.Page(await index.AnswerAsync(question, query, actor, ct) ?? await NearbyTables.AnswerAsync(db, question, query, actor, ct));
    }
}
