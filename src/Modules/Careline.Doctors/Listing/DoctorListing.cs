using Careline.Doctors.Contracts;
using Careline.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace Careline.Doctors.Listing;

/// <summary>Writes only the days that changed: a booking changes one of hundreds.</summary>
internal sealed class DoctorListing(CarelineDb db) : IDoctorListing
{
    public async Task SetFreeDaysAsync(Guid doctorId, IReadOnlyList<FreeDay> days, CancellationToken ct)
    {
        var dates = days.Select(d => d.Day).ToArray();
        var starts = days.Select(d => d.FirstFreeAt).ToArray();
        DateTimeOffset? next = starts.Length == 0 ? null : starts.Min();

        // The doctor's row not through the entity: its version speaks of the profile, which did not change.
        await db.Database.ExecuteSqlAsync(
            $"""
            WITH gone AS (DELETE FROM doctors.free_days WHERE doctor_id = {doctorId} AND NOT day = ANY ({dates})),
            put AS (
                INSERT INTO doctors.free_days AS f (doctor_id, day, first_free_at)
                SELECT {doctorId}, d.day, d.first_free_at FROM unnest({dates}, {starts}) AS d (day, first_free_at)
                ON CONFLICT ON CONSTRAINT free_days_pk DO UPDATE SET first_free_at = excluded.first_free_at
                WHERE f.first_free_at <> excluded.first_free_at)
            UPDATE doctors.doctors SET next_free_at = {next} WHERE id = {doctorId} AND next_free_at IS DISTINCT FROM {next}
            """,
            ct);
    }
}
