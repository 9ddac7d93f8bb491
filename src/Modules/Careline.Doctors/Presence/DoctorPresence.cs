namespace Careline.Doctors.Presence;

/// <summary>What a doctor is doing now.</summary>
public enum PresenceState
{
    /// <summary>Not there, or not heard of for a while.</summary>
    Offline,

    /// <summary>Has time.</summary>
    Available,

    /// <summary>With a patient.</summary>
    Consulting,

    /// <summary>At work on something else.</summary>
    Busy,

    /// <summary>Away from the desk.</summary>
    Away,

    /// <summary>Having a break.</summary>
    Break,

    /// <summary>There, but for nobody.</summary>
    Unavailable,
}

/// <summary>What the caller is doing now. Said again within two minutes, or it ends by itself.</summary>
/// <param name="State">What.</param>
/// <param name="Note">For everybody to read, such as when the doctor is back.</param>
public sealed record PresenceRequest(PresenceState State, [StringLength(140)] string? Note = null);

/// <summary>What a doctor is doing now.</summary>
/// <param name="State">What.</param>
/// <param name="Note">In the doctor's words.</param>
/// <param name="ExpiresAt">When it ends unless it is said again; null when offline.</param>
public sealed record PresenceResponse(PresenceState State, string? Note, DateTimeOffset? ExpiresAt);

/// <summary>The last thing that a doctor said of being there. Overwritten, never kept.</summary>
internal sealed class DoctorPresence
{
    public Guid DoctorId { get; private set; }

    public PresenceState State { get; private set; }

    public string? Note { get; private set; }

    public DateTimeOffset SeenAt { get; private set; }

    public DateTimeOffset ExpiresAt { get; private set; }

    internal sealed class Mapping : IEntityTypeConfiguration<DoctorPresence>
    {
        public void Configure(EntityTypeBuilder<DoctorPresence> builder)
        {
            builder.ToTable("presences", "doctors");
            builder.HasKey(p => p.DoctorId);
            builder.Property(p => p.DoctorId).ValueGeneratedNever();
        }
    }
}
