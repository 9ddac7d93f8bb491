using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Clinics.Contracts;
using Careline.Doctors.Search;
using Careline.Doctors.Specializations;

namespace Careline.Doctors.Doctors;

internal static class ChangeOwnProfile
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPut("/me/", Replace).Named("ReplaceOwnDoctorProfile", "Replaces the caller's own profile as a doctor.").ForRoles(Roles.Doctor);
        routes.MapPatch("/me/", Change).Named("ChangeOwnDoctorProfile", "Changes some of the caller's own profile as a doctor.")
            .ForRoles(Roles.Doctor).AcceptsMerge<DoctorProfileRequest>();
    }

    private static async Task<Answer<DoctorResponse>> Replace(
        DoctorProfileRequest request, IfMatch ifMatch, Actor actor, CarelineDb db, AuditTrail trail, DoctorIndex index, CancellationToken ct)
    {
        var doctor = await LoadAsync(db, actor, ifMatch, ct);
        return await SaveAsync(db, actor, doctor, request, trail, index, ct);
    }

    private static async Task<Answer<DoctorResponse>> Change(
        Merge<DoctorProfileRequest> patch, IfMatch ifMatch, Actor actor, CarelineDb db, AuditTrail trail, DoctorIndex index, CancellationToken ct)
    {
        var doctor = await LoadAsync(db, actor, ifMatch, ct);
        return await SaveAsync(db, actor, doctor, await patch.OntoAsync(DoctorProfileRequest.Of(doctor)), trail, index, ct);
    }

    private static async Task<Doctor> LoadAsync(CarelineDb db, Actor actor, IfMatch ifMatch, CancellationToken ct)
    {
        var id = actor.DoctorId;
        var doctor = await db.Set<Doctor>().AsTracking().FirstOrDefaultAsync(d => d.Id == id, ct) ?? throw new NotFound();
        ifMatch.Check(doctor);
        return doctor;
    }

    private static async Task<Answer<DoctorResponse>> SaveAsync(
        CarelineDb db, Actor actor, Doctor doctor, DoctorProfileRequest request, AuditTrail trail, DoctorIndex index, CancellationToken ct)
    {
        await RequireStaffAsync(db, actor, doctor, request, ct);
        doctor.Replace(request, db.Now);
        if (request.Specializations is { } texts)
        {
            var meant = new List<Specialization>();
            foreach (var text in texts)
            {
                meant.Add(await Specialization.MeantByAsync(db, text, ct));
            }

            doctor.Specialise([.. meant.DistinctBy(s => s.Id)], texts.Zip(meant).FirstOrDefault(pair => pair.Second.IsOther).First);
        }

        index.Follow(db, doctor.Id);
        trail.About("doctor", doctor.Id).Because("operations");
        await db.SaveChangesAsync(ct);
        return Answer.Ok(await GetDoctor.ReadAsync(db, actor, doctor.Id, ct), "Profile changed.");
    }

    /// <summary>A clinic says who works there; a doctor only says which of these clinics patients read.</summary>
    private static async Task RequireStaffAsync(CarelineDb db, Actor actor, Doctor doctor, DoctorProfileRequest request, CancellationToken ct)
    {
        var me = actor.AccountId;
        var added = (request.ClinicIds ?? []).Except(doctor.ClinicIds).ToArray();
        if (added.Length > 0
            && await db.Set<StaffRow>().Where(s => s.AccountId == me && added.Contains(s.ClinicId)).Select(s => s.ClinicId).Distinct().CountAsync(ct)
                < added.Length)
        {
            throw new InvalidInput("clinic_ids", "You are not on the staff of one of these clinics.");
        }
    }
}
