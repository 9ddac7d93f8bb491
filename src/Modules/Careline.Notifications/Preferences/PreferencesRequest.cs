using Careline.Platform.Time;

namespace Careline.Notifications.Preferences;

/// <summary>How the caller wants to be told; replaces all that was said. What is left out is as usual.</summary>
/// <param name="Language">BCP 47, such as <c>fr</c>: the language of messages. That of the patient record, or English, where left out.</param>
/// <param name="TimeZone">IANA zone in which the caller lives: times in messages and quiet hours are by its clock.</param>
/// <param name="QuietHours">When nothing but what is urgent may come by mail, SMS or push; over midnight too.</param>
/// <param name="ReminderOffsets">How many minutes before a visit to be reminded, at most six times; an empty list means never, left out as the practice does it.</param>
/// <param name="Choices">Categories by channels, switched on or off.</param>
public sealed record ReplacePreferencesRequest(
    [RegularExpression("^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8}){0,3}$", ErrorMessage = "Must be a language tag such as en or fr-CM.")] string? Language = null,
    [MaxLength(64)] string? TimeZone = null,
    QuietHoursRequest? QuietHours = null,
    [MaxLength(6)] IReadOnlyList<int>? ReminderOffsets = null,
    [MaxLength(60)] IReadOnlyList<ChoiceRequest>? Choices = null) : IValidatableObject
{
    /// <summary>Bounds of an offset: a quarter of an hour, and four weeks.</summary>
    private const int Least = 15;
    private const int Most = 28 * 24 * 60;

    internal IEnumerable<ChoiceRequest> Chosen => Choices ?? [];

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (TimeZone is not null && !ZonedTimes.IsKnown(TimeZone))
        {
            yield return new ValidationResult("Must be a zone of the IANA database, such as Africa/Lagos.", [nameof(TimeZone)]);
        }

        if (QuietHours is { } quiet && quiet.From == quiet.Until)
        {
            yield return new ValidationResult("Begin and end must differ.", [nameof(QuietHours)]);
        }

        if ((ReminderOffsets ?? []).Any(minutes => minutes is < Least or > Most))
        {
            yield return new ValidationResult($"Must be from {Least} to {Most} minutes.", [nameof(ReminderOffsets)]);
        }

        if (Chosen.Any(c => c is null) || Chosen.DistinctBy(c => (c.Category, c.Channel)).Count() != Chosen.Count())
        {
            yield return new ValidationResult("Each category by each channel once.", [nameof(Choices)]);
        }
    }
}

/// <summary>Hours of the day.</summary>
/// <param name="From">Begin, by the wall clock.</param>
/// <param name="Until">End; one before the begin is on the next day.</param>
public sealed record QuietHoursRequest(TimeOnly From, TimeOnly Until);

/// <summary>A category by a channel.</summary>
/// <param name="Category">What the notices are about.</param>
/// <param name="Channel">How they come.</param>
/// <param name="IsOn">Whether they come so.</param>
public sealed record ChoiceRequest(NoticeCategory Category, NoticeChannel Channel, bool IsOn);
