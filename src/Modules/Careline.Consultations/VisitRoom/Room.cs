using System.Buffers.Text;
using System.Security.Cryptography;
using Careline.Doctors.Contracts;

namespace Careline.Consultations.VisitRoom;

/// <summary>Where the two of a remote visit meet. There is one for a consultation, made when the first of them asks for it.</summary>
internal sealed class Room
{
    private Room()
    {
    }

    public Guid ConsultationId { get; private set; }

    /// <summary>What a media server knows the room by. Nobody guesses it.</summary>
    public string Name { get; private set; } = "";

    public RoomMode Mode { get; private set; }

    /// <summary>The number of the newest frame.</summary>
    public long Seq { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public static Room Of(Guid consultationId, Modality modality, DateTimeOffset now) => new()
    {
        ConsultationId = consultationId,
        Name = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(24)),
        Mode = modality switch { Modality.Audio => RoomMode.Audio, Modality.Chat => RoomMode.Text, _ => RoomMode.Video },
        CreatedAt = now,
    };

    public long Next() => ++Seq;

    public void Step(RoomMode mode) => Mode = mode;

    internal sealed class Mapping : IEntityTypeConfiguration<Room>
    {
        public void Configure(EntityTypeBuilder<Room> builder)
        {
            builder.ToTable("rooms", "consultations");
            builder.HasKey(r => r.ConsultationId);
            builder.Property(r => r.ConsultationId).ValueGeneratedNever();
        }
    }
}

/// <summary>The steps of the ladder, the best first.</summary>
public enum RoomMode
{
    /// <summary>They see and hear each other.</summary>
    Video,

    /// <summary>They hear each other.</summary>
    Audio,

    /// <summary>They write.</summary>
    Text,
}

/// <summary>As what somebody is in the room.</summary>
public enum RoomRole
{
    /// <summary>The assigned doctor, who lets others in.</summary>
    Doctor,

    /// <summary>The patient, or who acts for the patient.</summary>
    Patient,

    /// <summary>Somebody who was asked in.</summary>
    Guest,
}
