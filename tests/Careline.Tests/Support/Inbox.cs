using Careline.Platform.Delivery;
using Microsoft.Extensions.DependencyInjection;

namespace Careline.Tests.Support;

/// <summary>What people were sent.</summary>
internal static class Inbox
{
    /// <summary>Sends what is due, then answers the messages to one person, newest first.</summary>
    public static async Task<IReadOnlyList<string>> InboxAsync(this TestApp app, string to)
    {
        foreach (var channel in Enum.GetValues<Channel>())
        {
            await app.Services.GetRequiredService<MessageSender>().DrainAsync(channel, CancellationToken.None);
        }

        // Another sender may have claimed a message and not yet be done with it.
        await Eventually.HoldsAsync(async () => (long)(await app.SqlAsync(
            "SELECT count(*) FROM platform.messages WHERE status = 'queued' AND failure IS NULL AND (tries > 0 OR due_at <= $1)", app.Now))! == 0);
        return [.. (await app.Anonymous.AskAsync($"/dev/inbox/?to={Uri.EscapeDataString(to)}")).Rows.Select(m => m.GetProperty("text").GetString()!)];
    }
}
