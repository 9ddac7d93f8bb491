using Careline.Clinics.Contracts;

namespace Careline.Payments.Payments;

/// <summary>Who handles a clinic's money.</summary>
internal static class TillKeepers
{
    /// <summary>The clinics whose till the actor keeps: they take money there, and see what was paid.</summary>
    public static IQueryable<Guid> KeptBy(CarelineDb db, Actor actor)
    {
        var me = actor.AccountId;
        return db.Set<StaffRow>().Where(s => s.AccountId == me && (s.Role == ClinicRole.Administrator || s.Role == ClinicRole.Receptionist || s.Role == ClinicRole.Pharmacist))
            .Select(s => s.ClinicId);
    }

    /// <summary>The clinics that the actor runs: their terms, coupons and statements.</summary>
    public static IQueryable<Guid> RunBy(CarelineDb db, Actor actor)
    {
        var me = actor.AccountId;
        return db.Set<StaffRow>().Where(s => s.AccountId == me && s.Role == ClinicRole.Administrator).Select(s => s.ClinicId);
    }
}
