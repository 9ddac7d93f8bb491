using Careline.Vitals.Observations;

namespace Careline.Vitals.Devices;

/// <summary>A reading and whether it becomes part of the record.</summary>
internal sealed record JudgedReading(DeviceReadingRequest Sent, ReadingStatus Status, ReadingWhy? Why, Measure Measure, decimal Value)
{
    // Clocks of devices are a little ahead.
    private static readonly TimeSpan _ahead = TimeSpan.FromMinutes(5);

    /// <summary>Judges a reading that was not sent before.</summary>
    /// <param name="sent">As the device sent it.</param>
    /// <param name="isChild">Small bodies breathe faster at a lower pressure.</param>
    /// <param name="oldest">Readings of before are not taken up any more.</param>
    /// <param name="now">The present moment.</param>
    public static JudgedReading Of(DeviceReadingRequest sent, bool isChild, DateTimeOffset oldest, DateTimeOffset now)
    {
        if (!EnumText<Measure>.TryParse(sent.Measure, out var measure) || AcceptRange.Of(measure, isChild) is not { } range)
        {
            return new JudgedReading(sent, ReadingStatus.Refused, ReadingWhy.UnknownMeasure, default, 0);
        }

        if (Units.Kept(measure, sent.Value, sent.Unit) is not { } value)
        {
            return new JudgedReading(sent, ReadingStatus.Refused, ReadingWhy.UnknownUnit, measure, 0);
        }

        ReadingWhy? why = !range.Accepts(value) ? ReadingWhy.OutOfRange : sent.At > now + _ahead ? ReadingWhy.InFuture : sent.At < oldest ? ReadingWhy.TooOld : null;
        return new JudgedReading(sent, why is null ? ReadingStatus.Accepted : ReadingStatus.Suspect, why, measure, value);
    }

    /// <summary>The same reading, which is there already.</summary>
    public static JudgedReading Again(DeviceReadingRequest sent) => new(sent, ReadingStatus.Duplicate, null, default, 0);
}
