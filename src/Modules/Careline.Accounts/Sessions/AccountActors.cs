using System.Collections.Frozen;
using Careline.Accounts.Accounts;

namespace Careline.Accounts.Sessions;

internal sealed class AccountActors(CarelineDb db) : IAccountActors
{
    public async Task<Actor?> FindAsync(Guid accountId, CancellationToken ct)
    {
        var account = await db.Set<Account>().Where(a => a.Id == accountId && a.Status == AccountStatus.Active)
            .Select(a => new { a.Roles, a.PatientId, a.DoctorId }).FirstOrDefaultAsync(ct);
        if (account is null)
        {
            return null;
        }

        var profiles = new Dictionary<string, Guid>();
        foreach (var (role, id) in new[] { (Roles.Patient, account.PatientId), (Roles.Doctor, account.DoctorId) })
        {
            if (id is { } profile)
            {
                profiles[role] = profile;
            }
        }

        return new Actor(accountId, Guid.Empty, account.Roles.ToFrozenSet(), profiles.ToFrozenDictionary());
    }
}
