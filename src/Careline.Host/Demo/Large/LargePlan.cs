namespace Careline.Host.Demo.Large;

// Who sees whom when. Doctors and patients are dealt out to the regions in turn, and patients see doctors of their own region. At each of a
// region's hundred times every second doctor is booked, half of them by the tenth of the patients who come often. These, and the others, follow one
// another in blocks without a gap, so that nobody is booked twice at one time and everybody comes about as often.
internal sealed class LargePlan(LargeSize size, DateTimeOffset now)
{
    private readonly int _doctors = size.Doctors / LargeRegion.All.Count;
    private readonly IReadOnlyList<LargeTime>[] _times = [.. LargeRegion.All.Select(r => r.TimesAfter(now))];

    public LargeSize Size { get; } = size;

    public DateTimeOffset Now { get; } = now;

    public static LargeRegion RegionOf(int number) => LargeRegion.All[number % LargeRegion.All.Count];

    public IReadOnlyList<LargeTime> TimesOf(int doctor) => _times[doctor % LargeRegion.All.Count];

    public bool IsBooked(int doctor, int time) => (InRegion(doctor) + time) % 2 == 0;

    // The patient who is booked at a time of a doctor. Everybody's turn moves on from time to time, so that nobody always meets the same doctor.
    public int PatientAt(int doctor, int time)
    {
        var (half, quarter) = (_doctors / 2, _doctors / 4);
        var place = ((InRegion(doctor) / 2) + (7 * time)) % half;
        var patient = place < quarter
            ? ((time * quarter) + place) % _doctors
            : _doctors + (((time * quarter) + place - quarter) % (9 * _doctors));
        return (patient * LargeRegion.All.Count) + (doctor % LargeRegion.All.Count);
    }

    public IEnumerable<LargeBooking> Bookings()
    {
        var number = 0;
        for (var doctor = 0; doctor < Size.Doctors; doctor++)
        {
            var times = TimesOf(doctor);
            for (var time = 0; time < times.Count; time++)
            {
                if (IsBooked(doctor, time))
                {
                    yield return new LargeBooking(number++, doctor, PatientAt(doctor, time), times[time], (doctor * LargeSize.SlotsPerDoctor) + time);
                }
            }
        }
    }

    private static int InRegion(int number) => number / LargeRegion.All.Count;
}

// A slot that is taken: the numbers of the appointment, the doctor, the patient and the slot.
internal readonly record struct LargeBooking(int Number, int Doctor, int Patient, LargeTime Time, int Slot)
{
    public Guid Id => LargeIds.Of(LargeKind.Appointment, Number);

    public bool IsConfirmed => LargeIds.Draw(LargeKind.Appointment, Number, 1, 100) < 45;

    // Within the last three weeks.
    public DateTimeOffset BookedAt(DateTimeOffset now) => now.AddMinutes(-120 - LargeIds.Draw(LargeKind.Appointment, Number, 2, 30_000));
}
