using Careline.Patients.Holds;
using Careline.Platform.Jobs;
using Careline.Platform.Privacy;

namespace Careline.Patients.Requests;

/// <summary>Removes what an erasure left because the law kept it, once its time is over and nobody holds it; each record in a transaction of its own.</summary>
internal sealed class RemoveWhatWasKept : IRecurringJob
{
    private const int MostAtOnce = 100;

    public string Name => "patients.remove-what-was-kept";

    public TimeSpan Every => TimeSpan.FromHours(1);

    public async Task RunAsync(IServiceProvider scope, CancellationToken ct)
    {
        var (db, modules) = (scope.GetRequiredService<CarelineDb>(), scope.GetServices<IPersonalRecords>().ToList());
        var due = await Due(db).OrderBy(r => r.KeptUntil).Take(MostAtOnce).Select(r => new { r.Id, r.PatientId }).ToListAsync(ct);
        foreach (var request in due)
        {
            await using var transaction = await db.Database.BeginTransactionAsync(ct);

            // As an erasure does: a hold that is being placed is either seen here or refused, since nothing is left.
            await db.Database.ExecuteSqlAsync($"SELECT 1 FROM patients.patients WHERE id = {request.PatientId} FOR UPDATE", ct);
            if (await Due(db).AsTracking().FirstOrDefaultAsync(r => r.Id == request.Id, ct) is { } still)
            {
                foreach (var module in modules)
                {
                    await module.RemoveKeptAsync(still.PatientId, ct);
                }

                still.Remove(db.Now);
                await db.SaveChangesAsync(ct);
            }

            await transaction.CommitAsync(CancellationToken.None);
        }
    }

    private static IQueryable<SubjectRequest> Due(CarelineDb db)
    {
        var now = db.Now;
        return db.Set<SubjectRequest>().Where(r => r.KeptUntil <= now && r.RemovedAt == null
            && !db.Set<LegalHold>().Any(h => h.PatientId == r.PatientId && h.LiftedAt == null));
    }
}
