using Careline.Accounts.Contracts;
using Careline.Clinics.Contracts;
using Careline.Doctors.Contracts;

namespace Careline.Analytics.Figures;

/// <summary>Whose figures they are.</summary>
public enum ScopeKind
{
    /// <summary>Everybody's.</summary>
    Platform,

    /// <summary>A clinic's.</summary>
    Clinic,

    /// <summary>A doctor's own work, everywhere or at one clinic.</summary>
    Doctor,
}

/// <summary>Whose figures somebody asks for, and what of them they may know.</summary>
/// <param name="ClinicId">The clinic; null for all.</param>
/// <param name="DoctorId">The doctor; null for all.</param>
/// <param name="SeesAll">Money and what patients say too; else visits alone.</param>
internal sealed record Scope(Guid? ClinicId, Guid? DoctorId, bool SeesAll)
{
    /// <summary>Stands for everybody where a clinic's id would stand.</summary>
    public static readonly Guid PlatformId = Guid.Empty;

    /// <summary>Who may ask at all; what they see is decided by their clinics.</summary>
    public static string[] Askers { get; } = [Roles.Doctor, Roles.Nurse, Roles.Pharmacist, Roles.Receptionist, .. Roles.Administrators];

    /// <summary>Under which figures are kept.</summary>
    public Guid Id => ClinicId ?? PlatformId;

    public ScopeKind Kind => DoctorId is not null ? ScopeKind.Doctor : ClinicId is not null ? ScopeKind.Clinic : ScopeKind.Platform;

    /// <summary>
    /// Reads whose figures are meant. Administrators of the platform see all of them; those of a clinic the clinic's, and its doctors' as far as they work there; a
    /// receptionist the visits of her clinic; a doctor their own. Who names nothing gets their own.
    /// </summary>
    /// <exception cref="NotFound">Not the actor's to see.</exception>
    /// <exception cref="PermissionDenied">The actor runs nothing.</exception>
    public static async Task<Scope> OfAsync(CarelineDb db, Actor actor, Guid? clinicId, Guid? doctorId, CancellationToken ct)
    {
        if (actor.IsAdmin)
        {
            var isThere = (clinicId is null || await db.Set<ClinicRow>().AnyAsync(c => c.Id == clinicId, ct))
                && (doctorId is null || await db.Set<DoctorRow>().AnyAsync(d => d.Id == doctorId, ct));
            return isThere ? new Scope(clinicId, doctorId, SeesAll: true) : throw new NotFound();
        }

        if (actor.DoctorId is { } own && (doctorId ?? own) == own && (doctorId is not null || clinicId is null))
        {
            return new Scope(clinicId, own, SeesAll: true);
        }

        return await OfClinicAsync(db, actor, clinicId, doctorId, ct);
    }

    private static async Task<Scope> OfClinicAsync(CarelineDb db, Actor actor, Guid? clinicId, Guid? doctorId, CancellationToken ct)
    {
        var me = actor.AccountId;
        var runs = await db.Set<StaffRow>().Where(s => s.AccountId == me && (s.Role == ClinicRole.Administrator || s.Role == ClinicRole.Receptionist)).ToListAsync(ct);
        if (runs.Count == 0)
        {
            throw clinicId is null && doctorId is null ? new PermissionDenied("Figures are for those who run a clinic, and for doctors.") : new NotFound();
        }

        var clinics = runs.Select(s => s.ClinicId).Distinct().ToList();
        if (clinicId is null && clinics.Count > 1)
        {
            throw new InvalidInput("clinic", "You work at several clinics: name one.");
        }

        var clinic = clinicId ?? clinics[0];
        var isRunBy = runs.Any(s => s.ClinicId == clinic && s.Role == ClinicRole.Administrator);
        if (!clinics.Contains(clinic) || (doctorId is { } doctor && !(isRunBy && await WorksAtAsync(db, doctor, clinic, ct))))
        {
            throw new NotFound();
        }

        return new Scope(clinic, doctorId, SeesAll: isRunBy);
    }

    private static Task<bool> WorksAtAsync(CarelineDb db, Guid doctorId, Guid clinicId, CancellationToken ct) => db.Set<DoctorRow>()
        .AnyAsync(d => d.Id == doctorId && db.Set<StaffRow>().Any(s => s.AccountId == d.AccountId && s.ClinicId == clinicId && s.Role == ClinicRole.Doctor), ct);
}
