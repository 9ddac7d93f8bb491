using Careline.Doctors.Contracts;
using Careline.Platform.Events;

namespace Careline.Scheduling.Listings;

/// <summary>Visits last longer or shorter at a clinic: the doctor's free times are told again.</summary>
internal sealed class OnPracticeChanged(CarelineDb db) : IHandle<PracticeChanged>
{
    public Task HandleAsync(PracticeChanged happened, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"INSERT INTO scheduling.stale_listings (doctor_id) VALUES ({happened.DoctorId})", ct);
}
