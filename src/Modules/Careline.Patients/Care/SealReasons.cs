using Careline.Platform.Jobs;

namespace Careline.Patients.Care;

/// <summary>Seals the reasons that an earlier release kept in clear.</summary>
internal sealed class SealReasons : IRecurringJob
{
    public string Name => "patients.seal-reasons";

    public TimeSpan Every => TimeSpan.FromHours(1);

    public async Task RunAsync(IServiceProvider scope, CancellationToken ct)
    {
        var (db, cipher) = (scope.GetRequiredService<CarelineDb>(), scope.GetRequiredService<PersonCipher>());
        foreach (var access in await db.Set<EmergencyAccess>().AsTracking().Where(e => e.Reason != null).OrderBy(e => e.Id).Take(1000).ToListAsync(ct))
        {
            access.Seal(await cipher.SealAsync(access.PatientId, access.Reason!, EmergencyAccess.PlaceOf(access.Id), ct));
        }

        await db.SaveChangesAsync(ct);
    }
}
