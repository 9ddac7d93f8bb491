namespace Careline.Host.Demo.Large;

// Everything follows from the number of doctors, which must be a multiple of twenty: five zones, whose patients each divide into four.
internal sealed record LargeSize(int Doctors)
{
    public const int Days = 10;
    public const int SlotsPerDay = 10;
    public const int SlotsPerDoctor = Days * SlotsPerDay;

    public static LargeSize Full { get; } = new(10_000);

    public int Patients => 10 * Doctors;

    public int Slots => SlotsPerDoctor * Doctors;

    public int Appointments => Slots / 2;
}
