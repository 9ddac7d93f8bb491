using Careline.Accounts.Contracts;
using Careline.Hours.Contracts.ICalendar;

namespace Careline.Scheduling.OutsideCalendars;

/// <summary>A calendar that a doctor keeps elsewhere. Nobody but the doctor sees that there is one; others only find the time taken.</summary>
internal sealed class OutsideCalendar : IVersioned, IVisible<OutsideCalendar>
{
    public const int MostOfDoctor = 5;

    public Guid Id { get; private set; }

    public Guid DoctorId { get; private set; }

    public string Name { get; private set; } = "";

    /// <summary>Where it is kept; the rest of the address is a secret.</summary>
    public string Host { get; private set; } = "";

    public byte[] AddressSealed { get; private set; } = [];

    /// <summary>Of what was read last, and of the day: the same again changes nothing.</summary>
    public byte[]? ContentHash { get; private set; }

    public DateTimeOffset NextReadAt { get; private set; }

    public DateTimeOffset? LastReadAt { get; private set; }

    public DateTimeOffset? LastTriedAt { get; private set; }

    /// <summary>Why the last try failed; null when it did not.</summary>
    public string? LastError { get; private set; }

    public int BusyTimes { get; private set; }

    public int NotUnderstood { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public int Version { get; private set; } = 1;

    public static IQueryable<OutsideCalendar> VisibleTo(CarelineDb db, Actor actor)
    {
        var doctorId = actor.DoctorId;
        return db.Set<OutsideCalendar>().Where(c => c.DoctorId == doctorId);
    }

    public static OutsideCalendar Add(Guid doctorId, string name, Uri address, FieldCipher cipher, DateTimeOffset now)
    {
        var id = Ids.New(now);
        return new OutsideCalendar
        {
            Id = id,
            DoctorId = doctorId,
            Name = name,
            Host = address.Host,
            AddressSealed = cipher.Seal(address.AbsoluteUri, PlaceOf(id)),
            NextReadAt = now,
            CreatedAt = now,
        };
    }

    public Uri? Address(FieldCipher cipher) => cipher.TryOpen(AddressSealed, PlaceOf(Id)) is { } address ? new Uri(address) : null;

    /// <summary>It was read; its busy time is as it was, or is replaced by the caller.</summary>
    public void Read(BusyTime busy, byte[] hash, DateTimeOffset now)
    {
        (LastReadAt, LastTriedAt, LastError) = (now, now, null);
        (BusyTimes, NotUnderstood, ContentHash) = (busy.Spans.Count, busy.NotUnderstood, hash);
    }

    /// <summary>It could not be read. What it said last still holds: an hour that was busy does not become free because a server is down.</summary>
    public void Failed(string reason, DateTimeOffset now) => (LastTriedAt, LastError) = (now, reason);

    private static string PlaceOf(Guid id) => $"scheduling.outside_calendars.address_sealed:{id}";

    internal sealed class Mapping : IEntityTypeConfiguration<OutsideCalendar>
    {
        public void Configure(EntityTypeBuilder<OutsideCalendar> builder)
        {
            builder.ToTable("outside_calendars", "scheduling");
            builder.Property(c => c.Id).ValueGeneratedNever();
        }
    }
}
