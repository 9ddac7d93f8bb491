using Careline.Platform.Time;

namespace Careline.Notifications.Contracts;

/// <summary>How people are reached and want to be told.</summary>
public interface IReaders
{
    /// <summary>The active ones of these accounts.</summary>
    Task<IReadOnlyDictionary<Guid, Reader>> OfAsync(IReadOnlyCollection<Guid> accountIds, CancellationToken ct);

    /// <summary>Somebody without an account, as the record says how to reach them.</summary>
    /// <param name="email">The e-mail address.</param>
    /// <param name="phone">E.164.</param>
    /// <param name="language">BCP 47.</param>
    Reader OfRecord(string? email, string? phone, string? language);
}

/// <summary>Somebody who is told something.</summary>
public sealed record Reader
{
    /// <summary>The account; null for a patient without one, who has no list within Careline.</summary>
    public Guid? AccountId { get; init; }

    /// <summary>Where mail goes; null also where this installation sends none.</summary>
    public string? Email { get; init; }

    /// <summary>E.164; null also where this installation sends no SMS.</summary>
    public string? Phone { get; init; }

    /// <summary>Whether a browser of theirs shows notifications.</summary>
    public bool HasDevice { get; init; }

    /// <summary>BCP 47; English when unknown.</summary>
    public string? Language { get; init; }

    /// <summary>The IANA zone in which they live, where they said it.</summary>
    public string? TimeZone { get; init; }

    /// <summary>When they want to be left in peace, by the clock of their zone.</summary>
    public (TimeOnly From, TimeOnly Until)? Quiet { get; init; }

    /// <summary>How many minutes before a visit they want to be reminded; null where they did not say.</summary>
    public IReadOnlyList<int>? ReminderOffsets { get; init; }

    /// <summary>What they switched on or off.</summary>
    public IReadOnlyDictionary<(NoticeCategory Category, NoticeChannel Channel), bool> Choices { get; init; } =
        new Dictionary<(NoticeCategory, NoticeChannel), bool>();

    /// <summary>
    /// The channels by which they are told such news, the list within Careline first: mail, or SMS for who has no address, and their devices, unless they
    /// chose otherwise. In matters of security the usual ones always; a clinical alert comes by SMS beside the mail.
    /// </summary>
    public IReadOnlyList<NoticeChannel> ChannelsFor(NoticeCategory category)
    {
        var channels = new List<NoticeChannel>();
        Add(NoticeChannel.InApp, AccountId is not null, true);
        Add(NoticeChannel.Email, Email is not null, true);
        Add(NoticeChannel.Sms, Phone is not null, Email is null || category == NoticeCategory.Alert);
        Add(NoticeChannel.Push, HasDevice, true);
        return channels;

        void Add(NoticeChannel channel, bool isReached, bool isUsual)
        {
            var isOn = Choices.GetValueOrDefault((category, channel), isUsual) || (isUsual && (category == NoticeCategory.Security || channel == NoticeChannel.InApp));
            if (isReached && isOn)
            {
                channels.Add(channel);
            }
        }
    }

    /// <summary>The quiet hours that an instant falls into, if it does.</summary>
    /// <param name="at">The instant.</param>
    /// <param name="otherwise">The zone, where they told none.</param>
    public (DateTimeOffset From, DateTimeOffset Until)? QuietAt(DateTimeOffset at, string otherwise)
    {
        if (Quiet is not { } quiet)
        {
            return null;
        }

        var zone = TimeZone ?? otherwise;
        var today = ZonedTimes.ToLocal(at, zone).Date;
        foreach (var day in (DateOnly[])[today.AddDays(-1), today])
        {
            var from = ZonedTimes.FirstAt(day, quiet.From, zone);
            var until = ZonedTimes.FirstAt(quiet.Until > quiet.From ? day : day.AddDays(1), quiet.Until, zone);
            if (from <= at && at < until)
            {
                return (from, until);
            }
        }

        return null;
    }
}

/// <summary>Somebody told otherwise how they want to be told.</summary>
/// <param name="AccountId">The account.</param>
public sealed record PreferencesChanged(Guid AccountId);
