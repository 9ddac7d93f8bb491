using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Careline.Audit.Events;

namespace Careline.Audit.Seals;

/// <summary>
/// An event as bytes: every column in a fixed order, each with its length before it, so that no two events read alike. Never changed: a further
/// column is written at the end, and only where it holds something.
/// </summary>
internal static class CanonicalEvent
{
    private const int Absent = -1;

    public static void Write(ArrayBufferWriter<byte> to, AuditEvent row)
    {
        Write(to, row.Id);
        Write(to, (row.At.UtcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond);
        Write(to, row.ActorId);
        Write(to, row.Roles);
        Write(to, row.SessionId);
        Write(to, row.AddressHash);
        Write(to, row.Action);
        Write(to, row.Resource);
        Write(to, row.ResourceId);
        Count(to, row.PatientIds.Length);
        foreach (var patient in row.PatientIds)
        {
            Write(to, patient);
        }

        Write(to, row.Purpose);
        Write(to, row.Outcome);
        Write(to, row.Fields);
        Write(to, row.RequestId);
    }

    private static void Write(ArrayBufferWriter<byte> to, long number)
    {
        Count(to, sizeof(long));
        BinaryPrimitives.WriteInt64BigEndian(to.GetSpan(sizeof(long)), number);
        to.Advance(sizeof(long));
    }

    private static void Write(ArrayBufferWriter<byte> to, Guid? id)
    {
        Count(to, id is null ? Absent : 16);
        if (id is { } value)
        {
            value.TryWriteBytes(to.GetSpan(16), bigEndian: true, out var written);
            to.Advance(written);
        }
    }

    private static void Write(ArrayBufferWriter<byte> to, string[] texts)
    {
        Count(to, texts.Length);
        foreach (var text in texts)
        {
            Write(to, text);
        }
    }

    private static void Write(ArrayBufferWriter<byte> to, string? text) => Write(to, text is null ? null : Encoding.UTF8.GetBytes(text));

    private static void Write(ArrayBufferWriter<byte> to, byte[]? bytes)
    {
        Count(to, bytes?.Length ?? Absent);
        to.Write(bytes ?? []);
    }

    private static void Count(ArrayBufferWriter<byte> to, int count)
    {
        BinaryPrimitives.WriteInt32BigEndian(to.GetSpan(sizeof(int)), count);
        to.Advance(sizeof(int));
    }
}
