using Careline.Analytics.Figures;

namespace Careline.Analytics.Performance;

/// <summary>How a doctor's visits went.</summary>
/// <param name="DoctorId">The doctor.</param>
/// <param name="Name">The name as patients read it.</param>
/// <param name="Booked">Visits agreed.</param>
/// <param name="Completed">Visits that took place.</param>
/// <param name="Cancelled">Visits called off.</param>
/// <param name="Missed">Visits to which the patient did not come.</param>
/// <param name="NoShowRate">Missed among completed and missed, in hundredths; null where there is neither.</param>
/// <param name="Punctuality">Begun no later than five minutes after their time, among those begun, in hundredths.</param>
/// <param name="AverageWait">From checking in to the beginning, minutes.</param>
/// <param name="AverageLength">Of completed visits, minutes.</param>
/// <param name="NextFreeAt">The next time that can be booked; null where there is none, or the doctor is not listed.</param>
/// <param name="Rating">Mean of the reviews; 0 where there is none.</param>
/// <param name="ReviewCount">How many reviews.</param>
public sealed record DoctorPerformance(
    Guid DoctorId,
    string Name,
    long Booked,
    long Completed,
    long Cancelled,
    long Missed,
    decimal? NoShowRate,
    decimal? Punctuality,
    decimal? AverageWait,
    decimal? AverageLength,
    DateTimeOffset? NextFreeAt,
    decimal Rating,
    int ReviewCount)
{
    /// <summary>The doctors who had visits in these days, of a clinic or of all.</summary>
    internal static IQueryable<DoctorPerformance> Of(CarelineDb db, Stretch days, Guid? clinicId, Guid? doctorId)
    {
        var (from, to) = (Stretch.StartOf(days.First.AddDays(-1)), Stretch.StartOf(days.Last.AddDays(2)));
        return db.Database.SqlQuery<DoctorPerformance>(
            $"""
            SELECT d.id AS "DoctorId", d.name AS "Name", v.booked AS "Booked", v.completed AS "Completed", v.cancelled AS "Cancelled", v.missed AS "Missed",
                round(100.0 * v.missed / nullif(v.completed + v.missed, 0), 1) AS "NoShowRate",
                round(100.0 * v.on_time / nullif(v.started, 0), 1) AS "Punctuality",
                round(v.wait_seconds / nullif(v.waits, 0) / 60, 1) AS "AverageWait",
                round(v.length_seconds / nullif(v.lengths, 0) / 60, 1) AS "AverageLength",
                l.next_free_at AS "NextFreeAt", l.rating AS "Rating", l.review_count AS "ReviewCount"
            FROM (
                SELECT doctor_id, count(*) AS booked, count(*) FILTER (WHERE status = 'completed') AS completed,
                    count(*) FILTER (WHERE status = 'cancelled') AS cancelled, count(*) FILTER (WHERE status = 'no_show') AS missed,
                    count(started_at) AS started, count(*) FILTER (WHERE started_at <= starts_at + {VisitDay.OnTimeSeconds} * interval '1 second') AS on_time,
                    count(*) FILTER (WHERE started_at >= checked_in_at) AS waits,
                    sum(extract(epoch FROM started_at - checked_in_at)) FILTER (WHERE started_at >= checked_in_at) AS wait_seconds,
                    count(*) FILTER (WHERE status = 'completed' AND ended_at >= started_at) AS lengths,
                    sum(extract(epoch FROM ended_at - started_at)) FILTER (WHERE status = 'completed' AND ended_at >= started_at) AS length_seconds
                FROM scheduling.appointment_facts
                WHERE starts_at >= {from} AND starts_at < {to} AND local_date BETWEEN {days.First} AND {days.Last} AND status NOT IN ('requested', 'rejected')
                    AND ({clinicId}::uuid IS NULL OR clinic_id = {clinicId}) AND ({doctorId}::uuid IS NULL OR doctor_id = {doctorId})
                GROUP BY doctor_id) v
            JOIN doctors.doctor_rows d ON d.id = v.doctor_id
            JOIN doctors.listing_facts l ON l.doctor_id = v.doctor_id
            """);
    }
}
