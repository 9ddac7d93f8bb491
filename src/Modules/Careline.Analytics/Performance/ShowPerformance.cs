using Careline.Analytics.Dashboard;
using Careline.Analytics.Figures;

namespace Careline.Analytics.Performance;

/// <summary>A doctor's figures.</summary>
/// <param name="Figures">Of the days.</param>
/// <param name="NextFreeAt">The next time that can be booked; null where there is none, or the doctor is not listed.</param>
/// <param name="DaysToNext">How many days away that is.</param>
/// <param name="Rating">Mean of the reviews; 0 where there is none.</param>
/// <param name="ReviewCount">How many reviews.</param>
public sealed record DoctorFigures(DashboardResponse Figures, DateTimeOffset? NextFreeAt, decimal? DaysToNext, decimal Rating, int ReviewCount);

/// <summary>Figures where people look for them: at the doctor, at the clinic.</summary>
internal static class ShowPerformance
{
    private const string Why = "Refused to everybody but the doctor, and those who run the clinic or the platform.";

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapApi("/api/doctors", "Analytics").MapGet("/{id:guid}/analytics/", OfDoctor)
            .Named("ShowDoctorAnalytics", "How a doctor's work goes: punctuality, missed visits, length, time to the next appointment, what patients say.")
            .ForRoles(Scope.Askers).OpenToAll(Why).WithFilters(["clinic", .. Period.Names]).LimitedAsAnalytics();
        app.MapApi("/api/eclinic/clinics", "Analytics").MapGet("/{id:guid}/analytics/", OfClinic).Named("ShowClinicAnalytics", "How a clinic's work goes.")
            .ForRoles(Scope.Askers).OpenToAll(Why).WithFilters(Period.Names).LimitedAsAnalytics();
    }

    private static async Task<Answer<DoctorFigures>> OfDoctor(Guid id, ListQuery query, Actor actor, CarelineDb db, DashboardDesk desk, CancellationToken ct)
    {
        var clinic = query.Id("clinic");
        var days = Period.Of(query, db);
        var scope = await Scope.OfAsync(db, actor, clinic, id, ct);
        var listing = await db.Database.SqlQuery<Listing>(
            $"""SELECT next_free_at AS "NextFreeAt", rating AS "Rating", review_count AS "ReviewCount" FROM doctors.listing_facts WHERE doctor_id = {id}""").FirstAsync(ct);
        return Answer.Ok(new DoctorFigures(
            await desk.ReadAsync(scope, days, ct),
            listing.NextFreeAt,
            listing.NextFreeAt is { } next ? Math.Round((decimal)(next - db.Now).TotalDays, 1) : null,
            listing.Rating,
            listing.ReviewCount));
    }

    private static async Task<Answer<DashboardResponse>> OfClinic(Guid id, ListQuery query, Actor actor, CarelineDb db, DashboardDesk desk, CancellationToken ct)
    {
        var days = Period.Of(query, db);
        return Answer.Ok(await desk.ReadAsync(await Scope.OfAsync(db, actor, id, null, ct), days, ct));
    }

    private sealed class Listing
    {
        public DateTimeOffset? NextFreeAt { get; init; }

        public decimal Rating { get; init; }

        public int ReviewCount { get; init; }
    }
}
