using Careline.Audit.Contracts;
using Careline.Patients.Care;

namespace Careline.Patients.Patients;

/// <summary>
/// The patient, those who care and the desk change the record; the desk's change leaves what is clinical as it is, since the desk cannot read it.
/// </summary>
internal static class ChangePatient
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPut("/{id:guid}/", Replace).Named("ReplacePatient", "Replaces what is said of a patient.").ForSignedIn().VisibleAs<Patient>();
        routes.MapPatch("/{id:guid}/", Change).Named("ChangePatient", "Changes some of what is said of a patient.").ForSignedIn()
            .VisibleAs<Patient>().AcceptsMerge<PatientRequest>();
        routes.MapDelete("/{id:guid}/", Close).Named("ClosePatient", "Closes a record; nothing clinical is lost.").ForSignedIn().VisibleAs<Patient>();
    }

    private static async Task<Answer<PatientResponse>> Replace(
        Guid id, PatientRequest request, IfMatch ifMatch, Actor actor, CarelineDb db, IPatientClinics clinics, AuditTrail trail, CancellationToken ct)
    {
        var access = await PatientAccess.OfAsync(db, actor, id, ct);
        var patient = await LoadAsync(db, access, id, ifMatch, ct);
        return await SaveAsync(new PatientChange(patient, access, request, actor), db, clinics, trail, ct);
    }

    private static async Task<Answer<PatientResponse>> Change(
        Guid id, Merge<PatientRequest> patch, IfMatch ifMatch, Actor actor, CarelineDb db, IPatientClinics clinics, AuditTrail trail, CancellationToken ct)
    {
        var access = await PatientAccess.OfAsync(db, actor, id, ct);
        var patient = await LoadAsync(db, access, id, ifMatch, ct);
        var request = await patch.OntoAsync(PatientRequest.Of(patient, access.WritesClinical));
        return await SaveAsync(new PatientChange(patient, access, request, actor), db, clinics, trail, ct);
    }

    private static async Task<DeletedAnswer> Close(
        Guid id, IfMatch ifMatch, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var patient = await Patient.VisibleTo(db, actor).AsTracking().FirstOrDefaultAsync(p => p.Id == id, ct) ?? throw new NotFound();

        // Whether it is the caller's to do comes before which version was meant.
        patient.SetActive(false, actor, db.Now);
        ifMatch.Check(patient);
        trail.About("patient", id).Concerns(id).Because("operations");
        await db.SaveChangesAsync(ct);
        return Answer.Deleted();
    }

    private static async Task<Patient> LoadAsync(CarelineDb db, PatientAccess access, Guid id, IfMatch ifMatch, CancellationToken ct)
    {
        access.RequireContactWriting();
        var patient = await db.Set<Patient>().AsTracking().SingleAsync(p => p.Id == id, ct);
        ifMatch.Check(patient);
        return patient;
    }

    private static async Task<Answer<PatientResponse>> SaveAsync(
        PatientChange change, CarelineDb db, IPatientClinics clinics, AuditTrail trail, CancellationToken ct)
    {
        var (patient, access, request, actor) = change;
        if (!access.WritesClinical && access.IsProxy && request.DateOfBirth != patient.DateOfBirth)
        {
            // Until when a child's parents act for it follows from the day.
            throw new PermissionDenied("The date of birth is corrected by the practice.");
        }

        patient.Replace(request, access.WritesClinical, db.Now);
        if (request.IsActive is { } isActive && isActive != patient.IsActive)
        {
            patient.SetActive(isActive, actor, db.Now);
        }

        if (request.ClinicId is { } clinic && await RegisterPatient.ClinicOfAsync(db, actor, clinic, ct) is { } known)
        {
            await clinics.RegisterAsync(patient.Id, known, actor.AccountId, ct);
        }

        trail.About("patient", patient.Id).Concerns(patient.Id);
        await db.SaveChangesAsync(ct);
        return Answer.Ok(await GetPatient.ReadAsync(db, actor, patient.Id, ct), "Patient changed.");
    }

    private sealed record PatientChange(Patient Patient, PatientAccess Access, PatientRequest Request, Actor Actor);
}
