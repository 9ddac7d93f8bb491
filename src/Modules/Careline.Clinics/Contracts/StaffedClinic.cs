using Careline.Accounts.Contracts;
using Careline.Clinics.Clinics;
using Careline.Clinics.Staff;
using Careline.Platform.Data;
using Careline.Platform.Security;

namespace Careline.Clinics.Contracts;

/// <summary>A clinic from inside, as those see it who work there, and the platform's administrators. To others it does not exist.</summary>
public sealed class StaffedClinic : IVisible<StaffedClinic>
{
    /// <inheritdoc />
    public Guid Id { get; init; }

    /// <inheritdoc />
    public static IQueryable<StaffedClinic> VisibleTo(CarelineDb db, Actor actor)
    {
        var (isAdmin, me) = (actor.IsAdmin, actor.AccountId);
        return db.Set<Clinic>().Where(c => isAdmin || db.Set<StaffMember>().Any(s => s.ClinicId == c.Id && s.AccountId == me && s.LeftAt == null))
            .Select(c => new StaffedClinic { Id = c.Id });
    }
}
