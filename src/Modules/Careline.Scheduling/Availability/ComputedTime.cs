using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using Careline.Hours.Contracts;

namespace Careline.Scheduling.Availability;

/// <summary>
/// The id of a time that is computed and stored nowhere: doctor, start and length, so that it can be found again. It proves nothing; whoever uses it
/// is held to what the schedule says then.
/// </summary>
internal readonly record struct ComputedTime(Guid DoctorId, Span Span)
{
    // A letter that no explicit slot's id begins with.
    private const char Mark = 'T';
    private const int Bytes = 16 + 4 + 2;

    // Of the year 2999.
    private const uint LastMinute = 541_728_000;

    public override string ToString()
    {
        System.Span<byte> bytes = stackalloc byte[Bytes];
        DoctorId.TryWriteBytes(bytes, bigEndian: true, out _);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[16..], (uint)(Span.Start.ToUnixTimeSeconds() / 60));
        BinaryPrimitives.WriteUInt16BigEndian(bytes[20..], (ushort)(Span.End - Span.Start).TotalMinutes);
        return Mark + Base64Url.EncodeToString(bytes);
    }

    public static ComputedTime? Parse(string text)
    {
        System.Span<byte> bytes = stackalloc byte[Bytes];
        if (text.Length == 0 || text[0] != Mark
            || Base64Url.DecodeFromChars(text.AsSpan(1), bytes, out _, out var length) != OperationStatus.Done || length != Bytes)
        {
            return null;
        }

        var minute = BinaryPrimitives.ReadUInt32BigEndian(bytes[16..]);
        if (minute > LastMinute)
        {
            return null;
        }

        var start = DateTimeOffset.FromUnixTimeSeconds(minute * 60L);
        var span = new Span(start, start.AddMinutes(BinaryPrimitives.ReadUInt16BigEndian(bytes[20..])));
        var time = new ComputedTime(new Guid(bytes[..16], bigEndian: true), span);

        // One spelling only: what is told apart by its id must not have two.
        return time.ToString() == text ? time : null;
    }
}
