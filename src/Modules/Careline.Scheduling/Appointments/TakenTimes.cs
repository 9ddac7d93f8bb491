using Careline.Accounts.Contracts;
using Careline.Doctors.Contracts;
using Careline.Hours.Contracts;

namespace Careline.Scheduling.Appointments;

/// <summary>
/// Times that this host saw taken a moment ago. When a crowd wants one time, all but the first are refused by it: each asks only whether the
/// patient has time for the alternatives, which were looked up once for all. A time that is freed is bookable at once, since whatever this host
/// commits ends what it remembers.
/// </summary>
internal sealed class TakenTimes(RecentAnswers recent)
{
    /// <summary>Begins to book a time; what is taken from now on may be remembered.</summary>
    public Sight Begin(TimeWish wish) => new(recent, wish.ScarceKey, recent.Commits);

    /// <summary>Refuses a patient whose wish is known to be taken; null when it is not known, or when it is for the booking itself to say.</summary>
    public static async ValueTask<Refusal?> LookAsync(BookAppointmentRequest request, HttpContext http)
    {
        // Only for patients who book for themselves nothing but the time is left to judge.
        if (!request.IsFree || Actor.Of(http) is not { } actor || !Appointment.IsOnlyPatient(actor) || actor.PatientId is not { } patientId
            || (request.PatientId ?? patientId) != patientId
            || http.RequestServices.GetRequiredService<RecentAnswers>().Find<Taken>(KeyOf(request.Wish.ScarceKey)) is not { } taken)
        {
            return null;
        }

        var db = http.RequestServices.GetRequiredService<CarelineDb>();
        var free = await taken.FreeAsync(db);
        var starts = await NearestTimes.OfPatientAsync(db, taken.Start, free, patientId, http.RequestAborted);
        return starts is null ? null : NearestTimes.SlotTaken(starts);
    }

    private static string KeyOf(string? scarceKey) => "taken " + scarceKey;

    /// <summary>One booking's view of the time it wants.</summary>
    internal readonly struct Sight(RecentAnswers recent, string? key, long commits)
    {
        /// <summary>Remembers the time as taken: at once when it is, or once this booking has committed.</summary>
        public void Note(BookingFacts facts, VisitTime time, CarelineDb db)
        {
            if (key is null || !facts.Doctor.IsBookable)
            {
                return;
            }

            var (memory, name, before) = (recent, KeyOf(key), commits);
            var taken = new Taken(facts.Doctor, time.Start);
            if (facts.IsDoctorBusy)
            {
                memory.Keep(name, taken, before);
            }
            else
            {
                // One more commit than before is the booking's own.
                db.AfterCommit(() => memory.Keep(name, taken, before + 1));
            }
        }
    }

    private sealed class Taken(DoctorRow doctor, DateTimeOffset start)
    {
        private readonly Lock _lock = new();
        private Task<IReadOnlyList<Span>>? _free;

        public DateTimeOffset Start => start;

        /// <summary>The doctor's free times around the taken one; whoever asks first looks for all.</summary>
        public Task<IReadOnlyList<Span>> FreeAsync(CarelineDb db)
        {
            lock (_lock)
            {
                return _free = _free is { IsFaulted: false } asked ? asked : NearestTimes.OfDoctorAsync(db, doctor, start);
            }
        }
    }
}
