namespace Careline.Notifications;

/// <summary>Settings of notifications, section <c>Notifications</c>.</summary>
public sealed class NotificationsOptions
{
    /// <summary>For how many days people find in their list what they were told.</summary>
    public int KeptDays { get; set; } = 365;

    /// <summary>How whoever runs a push service reaches whoever runs this installation: <c>mailto:</c> or <c>https:</c> (RFC 8292, section 2.1).</summary>
    public string PushContact { get; set; } = "";

    /// <summary>The hosts of push services that browsers may name; empty lets any on the public network be named.</summary>
    public IList<string> PushHosts { get; } = [];
}
