using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Patients.Notices;
using Careline.Patients.Patients;

namespace Careline.Patients.Care;

/// <summary>Why a record must be opened now.</summary>
/// <param name="Reason">In words; the patient reads it.</param>
public sealed record BreakGlassRequest([Required, StringLength(1000)] string Reason);

/// <summary>A record was opened.</summary>
/// <param name="ExpiresAt">First moment at which it is closed again.</param>
public sealed record BreakGlassResponse(DateTimeOffset ExpiresAt);

/// <summary>Opens a record to somebody outside its care, for an hour and for reading only; who did and why stays in sight of the patient.</summary>
internal static class BreakGlass
{
    /// <summary>What the audit calls the thing, and the purpose.</summary>
    public const string Word = "break_glass";

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/{id:guid}/break-glass/", Handle).Named("BreakGlass", "Opens a patient's record in an emergency: one hour, reading only.")
            .ForRoles(Roles.Doctor, Roles.Admin, Roles.SuperAdmin)
            .OpenToAll("Whoever breaks the glass does not see the patient yet.");

    private static async Task<CreatedAnswer<BreakGlassResponse>> Handle(
        Guid id, BreakGlassRequest request, Actor actor, CarelineDb db, ICareRelationships care, IEnumerable<IRoleProfile> profiles,
        PersonCipher cipher, PatientNotices notices, AuditTrail trail, CancellationToken ct)
    {
        var patient = await db.Set<Patient>().FirstOrDefaultAsync(p => p.Id == id, ct) ?? throw new NotFound();
        await CheckTrustedAsync(actor, profiles, ct);
        var key = db.NewId();
        var reason = await cipher.SealAsync(id, request.Reason, EmergencyAccess.PlaceOf(key), ct);
        var access = EmergencyAccess.Open(key, id, actor, reason, db.Now);
        db.Append(access);
        care.Begin(access.Opening());
        await TellAsync(notices, patient, ct);
        trail.About(Word, access.Id).Concerns(id).Because(Word);
        await db.SaveChangesAsync(ct);
        return Answer.Created(new BreakGlassResponse(access.ExpiresAt), "The record is open to you for one hour.");
    }

    // Says nothing of who, why or of what: messages are read over shoulders, the access log is not.
    private static async Task TellAsync(PatientNotices notices, Patient patient, CancellationToken ct)
    {
        await notices.ToPatientAsync(patient, PatientNotices.Opened("patients.opened"), ct);
        await notices.ToAdministratorsAsync(PatientNotices.Opened("patients.opened_one", ("number", patient.Number)), ct);
    }

    // Anybody may register as a doctor: until the licence is verified that opens nobody's record.
    private static async Task CheckTrustedAsync(Actor actor, IEnumerable<IRoleProfile> profiles, CancellationToken ct)
    {
        if (!actor.IsAdmin
            && (actor.DoctorId is not { } doctor || !await profiles.Single(p => p.Role == Roles.Doctor).IsTrustedAsync(doctor, ct)))
        {
            throw new PermissionDenied("Your licence must be verified first.", "NOT_VERIFIED");
        }
    }
}
