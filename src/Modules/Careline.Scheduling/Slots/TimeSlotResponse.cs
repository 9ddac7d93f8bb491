using Careline.Doctors.Contracts;
using Careline.Hours.Contracts;
using Careline.Platform.Time;
using Careline.Scheduling.Availability;

namespace Careline.Scheduling.Slots;

/// <summary>A time that a doctor offers.</summary>
public sealed record TimeSlotResponse : IVersioned
{
    /// <summary>Opaque, at most 64 characters; serves as <c>time_slot_id</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The doctor.</summary>
    public required Guid DoctorId { get; init; }

    /// <summary>First moment, UTC.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>First moment after it, UTC.</summary>
    public required DateTimeOffset End { get; init; }

    /// <summary>The doctor's IANA zone, in which the wall-clock times are meant.</summary>
    public required string TimeZone { get; init; }

    /// <summary>The day of the start, in the zone.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>Wall-clock start, in the zone.</summary>
    public required TimeOnly StartTime { get; init; }

    /// <summary>Wall-clock end, in the zone.</summary>
    public required TimeOnly EndTime { get; init; }

    /// <summary>It lies ahead and nothing occupies it.</summary>
    public required bool Available { get; init; }

    /// <summary>The clinic where the doctor is then, if any.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? ClinicId { get; init; }

    /// <summary>The only way to meet then, if there is but one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Modality? Modality { get; init; }

    /// <inheritdoc />
    [JsonIgnore]
    public int Version { get; init; }

    internal static TimeSlotResponse From(ListedSlot slot, Guid doctorId, string zone)
    {
        var start = ZonedTimes.ToLocal(slot.Span.Start, zone);
        return new TimeSlotResponse
        {
            Id = slot.Id is { } id ? id.ToString() : new ComputedTime(doctorId, slot.Span).ToString(),
            DoctorId = doctorId,
            Start = slot.Span.Start,
            End = slot.Span.End,
            TimeZone = zone,
            Date = start.Date,
            StartTime = start.Time,
            EndTime = ZonedTimes.ToLocal(slot.Span.End, zone).Time,
            Available = slot.IsAvailable,
            ClinicId = slot.ClinicId,
            Modality = slot.Modality,
            Version = slot.Version,
        };
    }

    internal static TimeSlotResponse From(TimeSlot slot, string zone, bool isAvailable) =>
        From(new ListedSlot(slot.Id, new Span(slot.StartsAt, slot.EndsAt), slot.ClinicId, slot.Version, isAvailable), slot.DoctorId, zone);
}
