using System.Buffers.Binary;

namespace Careline.Host.Demo.Large;

internal enum LargeKind
{
    DoctorAccount = 1,
    PatientAccount,
    Doctor,
    Patient,
    Slot,
    Appointment,
    Booked,
    Confirmed,
}

// The same keys on every machine: version-7 UUIDs whose time is a millisecond for each row, so that rows lie in the order of their loading,
// and whose random part is the kind.
internal static class LargeIds
{
    private static readonly long _epoch = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    public static Guid Of(LargeKind kind, int number)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, (_epoch + number) << 16);
        bytes[6] = 0x70;
        bytes[8] = 0x80;
        bytes[9] = (byte)kind;
        BinaryPrimitives.WriteInt32BigEndian(bytes[12..], number);
        return new Guid(bytes, bigEndian: true);
    }

    // An evenly spread number below the limit, the same for the same row and question at every load (the finaliser of SplitMix64).
    public static int Draw(LargeKind kind, int number, int question, int below)
    {
        var z = ((ulong)(uint)number << 16) + ((ulong)kind << 8) + (ulong)question + 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return (int)((z ^ (z >> 31)) % (ulong)below);
    }
}
