using Careline.Clinics.Contracts;
using Careline.Doctors.Doctors;
using Careline.Doctors.Search;
using Careline.Platform.Events;

namespace Careline.Doctors.Practices;

/// <summary>A doctor who does not work at a clinic any more is not listed there: the terms counted for nothing from that moment, now they go.</summary>
internal sealed class OnStaffLeft(CarelineDb db, DoctorIndex index) : IHandle<StaffLeft>
{
    public async Task HandleAsync(StaffLeft happened, CancellationToken ct)
    {
        var (account, clinic) = (happened.AccountId, happened.ClinicId);
        var doctor = await db.Set<Doctor>().FromSql($"SELECT * FROM doctors.doctors WHERE account_id = {account} FOR NO KEY UPDATE").AsTracking().FirstOrDefaultAsync(ct);
        if (doctor is null || await db.Set<StaffRow>().AnyAsync(s => s.ClinicId == clinic && s.AccountId == account, ct))
        {
            return;
        }

        await db.Set<Practice>().Where(p => p.DoctorId == doctor.Id && p.ClinicId == clinic).ExecuteDeleteAsync(ct);
        doctor.LeaveClinic(clinic, db.Now);
        db.Publish(new PracticeChanged(doctor.Id));
        index.Follow(db, doctor.Id);
        await db.SaveChangesAsync(ct);
    }
}
