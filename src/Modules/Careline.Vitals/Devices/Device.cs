namespace Careline.Vitals.Devices;

/// <summary>Something that measures one patient by itself. Its token lets it send readings of that patient, and do nothing else.</summary>
internal sealed class Device
{
    /// <summary>What a device's token begins with, so that a leaked one is recognised.</summary>
    public const string TokenPrefix = "clvd_";

    /// <summary>How many work for one patient at a time.</summary>
    public const int MostOfPatient = 20;

    /// <summary>Batches that it may send within a minute.</summary>
    public const int MostPerMinute = 30;

    private static readonly TimeSpan _window = TimeSpan.FromMinutes(1);

    private Device()
    {
    }

    public Guid Id { get; private set; }

    public Guid PatientId { get; private set; }

    public string Name { get; private set; } = "";

    public byte[] TokenHash { get; private set; } = [];

    /// <summary>Who asked for its code.</summary>
    public Guid PairedBy { get; private set; }

    public DateTimeOffset PairedAt { get; private set; }

    public DateTimeOffset? LastSeenAt { get; private set; }

    public DateTimeOffset WindowAt { get; private set; }

    public int WindowCount { get; private set; }

    public Guid? RevokedBy { get; private set; }

    public DateTimeOffset? RevokedAt { get; private set; }

    /// <summary>Pairs a device; the token is shown this once.</summary>
    public static (Device Device, string Token) Pair(PairingCode code, string name, DateTimeOffset now)
    {
        var (text, _) = OpaqueToken.Issue();
        var token = TokenPrefix + text;
        return (new Device
        {
            Id = Ids.New(now),
            PatientId = code.PatientId,
            Name = name,
            TokenHash = OpaqueToken.HashOf(token),
            PairedBy = code.CreatedBy,
            PairedAt = now,
            WindowAt = now,
        }, token);
    }

    /// <summary>It sent a batch.</summary>
    /// <exception cref="RateLimited">It sends too many.</exception>
    public void Hear(DateTimeOffset now)
    {
        if (now >= WindowAt + _window)
        {
            (WindowAt, WindowCount) = (now, 0);
        }

        if (++WindowCount > MostPerMinute)
        {
            throw new RateLimited((int)Math.Max(1, Math.Ceiling((WindowAt + _window - now).TotalSeconds)));
        }

        LastSeenAt = now;
    }

    /// <summary>From now on its token opens nothing.</summary>
    public void Revoke(Guid by, DateTimeOffset now) => (RevokedBy, RevokedAt) = (by, now);

    internal sealed class Mapping : IEntityTypeConfiguration<Device>
    {
        public void Configure(EntityTypeBuilder<Device> builder)
        {
            builder.ToTable("devices", "vitals");
            builder.Property(d => d.Id).ValueGeneratedNever();
        }
    }
}
