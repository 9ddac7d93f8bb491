using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Clinics.Contracts;
using Careline.Doctors.Doctors;
using Careline.Doctors.Search;
using Careline.Doctors.Specializations;

namespace Careline.Doctors.Practices;

/// <summary>
/// The doctor and the clinic's administrators say on which terms the doctor practises there. The doctor thereby lists the clinic in the profile; at clinics that the
/// doctor does not list, patients read of none. What is booked keeps the fee at which it was booked.
/// </summary>
internal static class KeepPractices
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        const string One = "/{id:guid}/clinics/{clinicId:guid}/";
        routes.MapGet("/{id:guid}/clinics/", List).Named("ListPractices", "Where a doctor practises, and at what fees, by the clinic's name.")
            .ForAnyone("part of what patients read of a doctor").OpenToAll("part of a public profile; the query hides unverified doctors");
        routes.MapPut(One, Set).Named("SetPractice", "Says on which terms a doctor practises at a clinic.").ForSignedIn().VisibleAs<Doctor>();
        routes.MapDelete(One, Remove).Named("RemovePractice", "Takes back on which terms a doctor practises at a clinic.").ForSignedIn().VisibleAs<Doctor>();
    }

    private static async Task<PageAnswer<PracticeResponse>> List(Guid id, ListQuery query, Actor? actor, CarelineDb db, CancellationToken ct)
    {
        if (!await Doctor.VisibleToAnyone(db, actor).AnyAsync(d => d.Id == id, ct))
        {
            throw new NotFound();
        }

        query.Ordering("clinic_name");
        return Answer.Page(await query.PageAsync(Shown(db, id).OrderBy(p => p.ClinicName).ThenBy(p => p.ClinicId), ct));
    }

    private static async Task<Answer<PracticeResponse>> Set(
        Guid id, Guid clinicId, PracticeRequest request, IfMatch ifMatch, Actor actor, CarelineDb db, DoctorIndex index, AuditTrail trail, CancellationToken ct)
    {
        var doctor = await LockAsync(db, actor, (id, clinicId), ct);
        if (!await db.Set<StaffRow>().AnyAsync(s => s.ClinicId == clinicId && s.AccountId == doctor.AccountId, ct))
        {
            throw new NotFound();
        }

        var practice = await db.Set<Practice>().AsTracking().FirstOrDefaultAsync(p => p.DoctorId == id && p.ClinicId == clinicId, ct);
        if (practice is null)
        {
            db.Add(practice = Practice.At(db.NewId(), id, clinicId, db.Now));
        }
        else
        {
            ifMatch.Check(practice);
            await db.Set<PracticeFee>().Where(f => f.PracticeId == practice.Id).ExecuteDeleteAsync(ct);
        }

        db.Publish(practice.Replace(request, await SpecialtiesAsync(db, doctor, request, ct), db.Now));
        db.AddRange((request.Fees ?? []).Select(f => PracticeFee.Of(practice.Id, f)));
        doctor.PractiseAt(clinicId, actor.DoctorId == id, db.Now);
        index.Follow(db, id);
        trail.About("practice", practice.Id).Because("operations");
        await db.SaveChangesAsync(ct);
        return Answer.Ok(await Shown(db, id, isInside: true).FirstAsync(p => p.ClinicId == clinicId, ct), "Terms set.");
    }

    private static async Task<DeletedAnswer> Remove(
        Guid id, Guid clinicId, Actor actor, CarelineDb db, DoctorIndex index, AuditTrail trail, CancellationToken ct)
    {
        var doctor = await LockAsync(db, actor, (id, clinicId), ct);
        var practice = await db.Set<Practice>().FirstOrDefaultAsync(p => p.DoctorId == id && p.ClinicId == clinicId, ct) ?? throw new NotFound();
        await db.Set<Practice>().Where(p => p.Id == practice.Id).ExecuteDeleteAsync(ct);
        if (actor.DoctorId == id)
        {
            doctor.LeaveClinic(clinicId, db.Now);
        }
        else
        {
            doctor.PractiseAt(clinicId, false, db.Now);
        }

        db.Publish(new PracticeChanged(id));
        index.Follow(db, id);
        trail.About("practice", practice.Id).Because("operations");
        await db.SaveChangesAsync(ct);
        return Answer.Deleted();
    }

    /// <summary>The doctor, kept from changing until the transaction ends.</summary>
    /// <exception cref="NotFound">The actor is neither the doctor nor works at the clinic.</exception>
    /// <exception cref="PermissionDenied">The actor works at the clinic, but does not run it.</exception>
    private static async Task<Doctor> LockAsync(CarelineDb db, Actor actor, (Guid Doctor, Guid Clinic) which, CancellationToken ct)
    {
        if (actor.DoctorId != which.Doctor && !actor.IsAdmin)
        {
            var me = actor.AccountId;
            var roles = await db.Set<StaffRow>().Where(s => s.ClinicId == which.Clinic && s.AccountId == me).Select(s => s.Role).ToListAsync(ct);
            if (!roles.Contains(ClinicRole.Administrator))
            {
                throw roles.Count == 0 ? new NotFound() : new PermissionDenied("Only the doctor and administrators of the clinic may change this.");
            }
        }

        return await db.Set<Doctor>().FromSql($"SELECT * FROM doctors.doctors WHERE id = {which.Doctor} FOR NO KEY UPDATE").AsTracking().SingleAsync(ct);
    }

    private static async Task<List<Guid>> SpecialtiesAsync(CarelineDb db, Doctor doctor, PracticeRequest request, CancellationToken ct)
    {
        var meant = new List<Guid>();
        foreach (var text in request.Specializations ?? [])
        {
            meant.Add((await Specialization.MeantByAsync(db, text, ct)).Id);
        }

        return meant.All(doctor.SpecializationIds.Contains) ? meant : throw new InvalidInput("specializations", "Each must be one of the doctor's own.");
    }

    /// <summary>Practices in force: at clinics that the public sees and the doctor lists, or from inside at any.</summary>
    private static IQueryable<PracticeResponse> Shown(CarelineDb db, Guid doctorId, bool isInside = false) =>
        from p in db.Set<Practice>()
        where p.DoctorId == doctorId && db.Set<PracticeRow>().Any(r => r.Id == p.Id)
        join c in db.Set<ClinicRow>() on p.ClinicId equals c.Id
        join d in db.Set<Doctor>() on p.DoctorId equals d.Id
        where isInside || (c.IsOpen && d.ClinicIds.Contains(c.Id))
        select new PracticeResponse
        {
            ClinicId = c.Id,
            ClinicName = c.Name,
            Fees = p.Fees.OrderBy(f => f.Modality).Select(f => new PracticeFeeForm(f.Modality, f.Amount, f.Currency)).ToList(),
            Specializations = p.SpecializationIds.Length == 0 ? d.Specializations
                : db.Set<Specialization>().Where(s => p.SpecializationIds.Contains(s.Id)).OrderBy(s => s.Name).Select(s => s.Name).ToArray(),
            AcceptsPatients = p.AcceptsPatients,
            SlotMinutes = p.SlotMinutes,
            Version = p.Version,
        };
}
