using Careline.Accounts.Contracts;
using Careline.Patients.Contracts;

namespace Careline.Consultations.Consultations;

/// <summary>Counts over the consultations that the caller may see.</summary>
/// <param name="Total">All.</param>
/// <param name="ByStatus">How many stand where.</param>
/// <param name="AverageDurationMinutes">Of those that took place, one decimal.</param>
/// <param name="ReviewsDue">Closed ones whose review date has come.</param>
public sealed record ConsultationStatistics(
    int Total, IReadOnlyDictionary<string, int> ByStatus, decimal? AverageDurationMinutes, int ReviewsDue);

internal static class SummariseConsultations
{
    public static void Map(RouteGroupBuilder consultations) => consultations.MapGet("/statistics/", Handle)
        .Named("GetConsultationStatistics", "Counts the consultations that the caller may see.")
        .ForRoles(Roles.RecordReaders);

    private static async Task<Answer<ConsultationStatistics>> Handle(Actor actor, CarelineDb db, CancellationToken ct)
    {
        await ClinicalCare.CheckListAsync(db, actor, ct);
        var today = DateOnly.FromDateTime(db.Now.UtcDateTime);
        var groups = await Consultation.VisibleTo(db, actor).GroupBy(c => c.Status).Select(g => new
        {
            Status = g.Key,
            Count = g.Count(),
            Timed = g.Count(c => c.DurationMinutes != null),
            Minutes = g.Sum(c => (long?)c.DurationMinutes) ?? 0,
            Due = g.Count(c => c.ReviewDate <= today),
        }).ToListAsync(ct);
        var closed = groups.Where(g => g.Status is ConsultationStatus.Completed or ConsultationStatus.Amended).ToList();
        var timed = closed.Sum(g => g.Timed);
        return Answer.Ok(new ConsultationStatistics(
            groups.Sum(g => g.Count),
            Enum.GetValues<ConsultationStatus>().ToDictionary(
                s => EnumText<ConsultationStatus>.Of(s), s => groups.Where(g => g.Status == s).Sum(g => g.Count)),
            timed == 0 ? null : decimal.Round(closed.Sum(g => (decimal)g.Minutes) / timed, 1),
            closed.Sum(g => g.Due)));
    }
}
