namespace Careline.Messaging;

/// <summary>Settings of chats, section <c>Messaging</c>.</summary>
public sealed class MessagingOptions
{
    /// <summary>After how many minutes somebody who is not there is told that messages wait.</summary>
    public int UnreadNoticeMinutes { get; set; } = 5;
}
