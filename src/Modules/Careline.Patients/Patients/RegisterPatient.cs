using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Clinics.Contracts;
using Careline.Patients.Care;
using Careline.Patients.Clinics;

namespace Careline.Patients.Patients;

/// <summary>Staff register a person who has no account. The desk's clinic knows the patient from then on.</summary>
internal static class RegisterPatient
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/", Handle).Named("RegisterPatient", "Registers a patient without an account.")
            .ForRoles(Roles.Doctor, Roles.Nurse, Roles.Receptionist, Roles.Admin, Roles.SuperAdmin);

    private static async Task<CreatedAnswer<PatientResponse>> Handle(
        PatientRequest request, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var now = db.Now;
        var treats = actor.Is(Roles.Doctor) || actor.Is(Roles.Nurse);
        var patient = Patient.Register(db.NewId(), actor.AccountId, request, treats, now);
        db.Add(patient);
        db.Add(CareRelationship.OfRegistration(patient.Id, actor.AccountId, now));
        if (await ClinicOfAsync(db, actor, request.ClinicId, ct) is { } clinic)
        {
            db.Add(PatientClinic.Of(patient.Id, clinic, actor.AccountId, now));
        }

        trail.About("patient", patient.Id).Concerns(patient.Id);
        await db.SaveChangesAsync(ct);
        return Answer.Created(await GetPatient.ReadAsync(db, actor, patient.Id, ct), "Patient registered.");
    }

    /// <summary>The clinic that was named, or the only one at which the caller works.</summary>
    /// <exception cref="InvalidInput">The caller does not work there.</exception>
    public static async Task<Guid?> ClinicOfAsync(CarelineDb db, Actor actor, Guid? named, CancellationToken ct)
    {
        var me = actor.AccountId;
        var own = await db.Set<StaffRow>().Where(s => s.AccountId == me).Select(s => s.ClinicId).Distinct().Take(100).ToListAsync(ct);
        if (named is null)
        {
            return own.Count == 1 ? own[0] : null;
        }

        return own.Contains(named.Value) || (actor.IsAdmin && await db.Set<ClinicRow>().AnyAsync(c => c.Id == named, ct))
            ? named : throw new InvalidInput("clinic_id", "You do not work at this clinic.");
    }
}
