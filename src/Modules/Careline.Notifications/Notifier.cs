using Careline.Notifications.Feed;
using Careline.Notifications.Live;
using Careline.Platform.Delivery;

namespace Careline.Notifications;

internal sealed class Notifier(CarelineDb db, Postbox post, Phrases phrases, IReaders readers, NoticeBoard board) : INotifier
{
    public async Task TellAsync(Notice notice, IEnumerable<Recipient> to, CancellationToken ct)
    {
        var recipients = to.DistinctBy(r => r.AccountId).ToList();
        var known = await readers.OfAsync([.. recipients.Select(r => r.AccountId)], ct);
        foreach (var recipient in recipients)
        {
            if (known.TryGetValue(recipient.AccountId, out var reader))
            {
                Tell(notice, reader with { Language = reader.Language ?? recipient.Language });
            }
        }
    }

    public void Tell(Notice notice, Reader reader)
    {
        var said = Say(notice, reader);
        var notBefore = HeldUntil(notice, reader);
        foreach (var channel in reader.ChannelsFor(notice.Category))
        {
            Put(notice, reader, channel, said, new Posting { NotBefore = notBefore, NotAfter = LastMoment(notice) });
        }
    }

    public void Send(Notice notice, Reader reader, NoticeChannel channel, Guid deliveryId) =>
        Put(notice, reader, channel, Say(notice, reader), new Posting { Id = deliveryId, NotAfter = LastMoment(notice) });

    private void Put(Notice notice, Reader reader, NoticeChannel channel, Phrase said, Posting posting)
    {
        switch (channel)
        {
            case NoticeChannel.InApp:
                var account = reader.AccountId!.Value;
                db.Append(Notification.Of(posting.Id ?? db.NewId(), account, notice, (said.Subject, said.Text), db.Now));
                db.AfterCommit(() => board.Moved(account));
                break;
            case NoticeChannel.Email:
                post.Post(Channel.Email, reader.Email!, said.Subject, said.Text, posting);
                break;
            case NoticeChannel.Sms:
                post.Post(Channel.Sms, reader.Phone!, null, said.Text, posting);
                break;
            case NoticeChannel.Push:
                post.Post(Channel.Push, reader.AccountId!.Value.ToString(), said.Subject, said.Text, posting);
                break;
        }
    }

    // That something was called off is told also when its time has come.
    private DateTimeOffset? LastMoment(Notice notice) => notice.UsefulUntil > db.Now ? notice.UsefulUntil : null;

    // What nobody could use any more in the morning is worth being woken for.
    private DateTimeOffset? HeldUntil(Notice notice, Reader reader) =>
        notice.Severity != NoticeSeverity.Critical && reader.QuietAt(db.Now, notice.TimeZone) is { } quiet && !(notice.UsefulUntil <= quiet.Until)
            ? quiet.Until : null;

    private Phrase Say(Notice notice, Reader reader)
    {
        var moments = notice.Moments.Select(m => (m.Name, WallClock.Say(m.At, m.TimeZone ?? reader.TimeZone ?? notice.TimeZone)));
        return phrases.Say(notice.Phrase, reader.Language is { } language ? [language] : [], [.. notice.Values, .. moments]);
    }
}
