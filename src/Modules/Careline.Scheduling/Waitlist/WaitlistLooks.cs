using Npgsql;

namespace Careline.Scheduling.Waitlist;

/// <summary>Asks for a look at a doctor's line. Whoever changes the line does so; changes of a calendar come by way of the listings, which notice them anyway.</summary>
internal static class WaitlistLooks
{
    /// <summary>With the next save.</summary>
    public static void Ask(CarelineDb db, Guid doctorId) => db.Send(new NpgsqlBatchCommand("INSERT INTO scheduling.waitlist_looks (doctor_id) VALUES ($1)")
    {
        Parameters = { new NpgsqlParameter<Guid> { TypedValue = doctorId } },
    });

    /// <summary>At once, for those of some doctors for whom somebody waits.</summary>
    public static Task AskAsync(CarelineDb db, Guid[] doctors, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO scheduling.waitlist_looks (doctor_id) SELECT DISTINCT doctor_id FROM scheduling.waitlist_entries WHERE doctor_id = ANY ({doctors}) AND status = 'waiting'
        """,
        ct);
}
