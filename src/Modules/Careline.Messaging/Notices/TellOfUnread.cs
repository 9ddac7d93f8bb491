using Careline.Messaging.Messages;
using Careline.Messaging.Participants;
using Careline.Notifications.Contracts;
using Careline.Platform.Jobs;
using Careline.Sockets.Contracts;
using Microsoft.Extensions.Options;

namespace Careline.Messaging.Notices;

/// <summary>
/// Tells somebody who is not there that messages wait, once they have waited for a while: once, until the chat was read again. Nothing of what they say, nor from whom.
/// </summary>
internal sealed class TellOfUnread : IRecurringJob
{
    private const int AtOnce = 500;

    public string Name => "messaging.tell-of-unread";

    public TimeSpan Every => TimeSpan.FromSeconds(30);

    public async Task RunAsync(IServiceProvider scope, CancellationToken ct)
    {
        var (db, presence, notifier) = (scope.GetRequiredService<CarelineDb>(), scope.GetRequiredService<Presence>(), scope.GetRequiredService<INotifier>());
        var before = db.Now.AddMinutes(-scope.GetRequiredService<IOptions<MessagingOptions>>().Value.UnreadNoticeMinutes);
        var (last, count) = ((ChatId: Guid.Empty, AccountId: Guid.Empty), 0);
        do
        {
            // Those who are there are passed over, and are not looked at again in this run.
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            var waiting = await (
                from p in db.Set<Participant>()
                where p.LeftAt == null && p.ToldSeq <= p.ReadSeq && (p.ChatId > last.ChatId || (p.ChatId == last.ChatId && p.AccountId > last.AccountId))
                    && db.Set<ChatMessage>().Any(m => m.ChatId == p.ChatId && m.Seq > p.ReadSeq && m.SenderId != p.AccountId && m.SentAt <= before && m.DeletedAt == null)
                orderby p.ChatId, p.AccountId
                select new { p.ChatId, p.AccountId, p.ReadSeq }).Take(AtOnce).ToListAsync(ct);
            foreach (var person in waiting.Where(p => !presence.IsOnline(p.AccountId)))
            {
                await notifier.TellAsync(
                    new Notice(NoticeCategory.Message, NoticeSeverity.Info, "messaging.unread") { About = ("chat", person.ChatId) }, [new Recipient(person.AccountId)], ct);
                await db.Database.ExecuteSqlAsync(
                    $"UPDATE messaging.participants SET told_seq = {person.ReadSeq + 1} WHERE chat_id = {person.ChatId} AND account_id = {person.AccountId}", ct);
            }

            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            db.Forget();
            (last, count) = (waiting is [.., var end] ? (end.ChatId, end.AccountId) : last, waiting.Count);
        }
        while (count == AtOnce);
    }
}
