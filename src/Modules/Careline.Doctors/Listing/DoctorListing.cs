using Careline.Doctors.Search;

namespace Careline.Doctors.Listing;

/// <summary>Writes only the days that changed: a booking changes one of hundreds.</summary>
internal sealed class DoctorListing(CarelineDb db, DoctorIndex index) : IDoctorListing
{
    public async Task SetFreeDaysAsync(IReadOnlyCollection<Guid> doctorIds, IReadOnlyCollection<FreeDay> days, CancellationToken ct)
    {
        var changed = doctorIds.ToArray();
        var doctors = days.Select(d => d.DoctorId).ToArray();
        var dates = days.Select(d => d.Day).ToArray();
        var starts = days.Select(d => d.FirstFreeAt).ToArray();

        // The doctors' rows not through the entity: its version speaks of the profile, which did not change.
        await db.Database.ExecuteSqlAsync(
            $"""
            WITH told AS (SELECT * FROM unnest({doctors}, {dates}, {starts}) AS t (doctor_id, day, first_free_at)),
            gone AS (
                DELETE FROM doctors.free_days f WHERE f.doctor_id = ANY ({changed})
                AND NOT EXISTS (SELECT FROM told t WHERE t.doctor_id = f.doctor_id AND t.day = f.day)),
            put AS (
                INSERT INTO doctors.free_days AS f (doctor_id, day, first_free_at) SELECT doctor_id, day, first_free_at FROM told
                ON CONFLICT ON CONSTRAINT free_days_pk DO UPDATE SET first_free_at = excluded.first_free_at
                WHERE f.first_free_at <> excluded.first_free_at)
            UPDATE doctors.doctors d SET next_free_at = n.next
            FROM (SELECT c.id, min(t.first_free_at) AS next FROM unnest({changed}) AS c (id) LEFT JOIN told t ON t.doctor_id = c.id GROUP BY c.id) n
            WHERE d.id = n.id AND d.next_free_at IS DISTINCT FROM n.next
            """,
            ct);
        index.Follow(db, changed);
    }

    // The zone is part of the profile, whose version speaks of it.
    public async Task KeepScheduleAsync(Guid doctorId, string timeZone, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE doctors.doctors SET has_schedule = true, time_zone = {timeZone}, updated_at = {db.Now},
                version = version + (time_zone <> {timeZone})::int
            WHERE id = {doctorId} AND (NOT has_schedule OR time_zone <> {timeZone})
            """,
            ct);
        index.Follow(db, doctorId);
    }
}
