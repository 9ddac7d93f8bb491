using Careline.Messaging.Chats;
using Careline.Messaging.Invitations;
using Careline.Messaging.Live;
using Careline.Messaging.Messages;
using Careline.Messaging.Participants;
using Careline.Platform.Privacy;

namespace Careline.Messaging.Privacy;

/// <summary>
/// A person's chats: all that was said where they take or took part, which they could read. What staff say among themselves about a patient is told as a chat, and not by
/// its words; whoever gives care takes nothing of a patient's chats away. An erasure takes names out of what the law keeps, and the person out of the chats.
/// </summary>
internal sealed class ChatRecords(CarelineDb db, MessageText text, Rooms rooms) : IPersonalRecords
{
    private const int AtOnce = 500;

    public string Schema => "messaging";

    public IEnumerable<PersonalTable> Export(PersonKeys person)
    {
        var (account, patient) = (person.AccountId, person.PatientId);
        var chats = ChatsOf(person).Where(c => c.PatientId == null || c.PatientId == patient);
        var joined = db.Set<Participant>().Where(p => p.AccountId == account).Select(p => p.ChatId);
        yield return new PersonalTable("chats", ChatsAsync(chats));
        yield return new PersonalTable("participants", (
            from p in db.Set<Participant>()
            where p.AccountId == account || chats.Any(c => c.Id == p.ChatId)
            orderby p.ChatId, p.JoinedAt
            select new { p.ChatId, p.AccountId, p.Role, p.NeedsCare, p.JoinedAt, p.LeftAt, p.ReadSeq, p.DeliveredSeq, p.ToldSeq }).AsAsyncEnumerable());
        yield return new PersonalTable("invitations", (
            from i in db.Set<Invitation>()
            where i.AccountId == account || i.InvitedBy == account || chats.Any(c => c.Id == i.ChatId)
            orderby i.CreatedAt, i.Id
            select new { i.Id, i.ChatId, i.AccountId, i.InvitedBy, i.Status, i.CreatedAt, i.ExpiresAt, i.AnsweredAt }).AsAsyncEnumerable());
        yield return new PersonalTable("messages", MessagesAsync(db.Set<ChatMessage>().Where(m => joined.Contains(m.ChatId) && chats.Any(c => c.Id == m.ChatId))));
        yield return new PersonalTable("message_versions", VersionsAsync(
            from v in db.Set<MessageVersion>()
            join m in db.Set<ChatMessage>() on v.MessageId equals m.Id
            where m.SenderId == account && chats.Any(c => c.Id == v.ChatId)
            orderby v.Id
            select v));
    }

    public async Task EraseAsync(PersonKeys person, CancellationToken ct)
    {
        var (account, now) = (person.AccountId, db.Now);
        var chats = await ChatsOf(person).Select(c => c.Id).ToListAsync(ct);
        foreach (var chat in chats)
        {
            await EraseWordsAsync(chat, person, ct);
        }

        await db.Database.ExecuteSqlAsync($"UPDATE messaging.participants SET left_at = {now} WHERE account_id = {account} AND left_at IS NULL", ct);
        await db.Database.ExecuteSqlAsync(
            $"UPDATE messaging.invitations SET status = 'expired', answered_at = {now} WHERE account_id = {account} AND status = 'pending'", ct);
        var moved = await db.Database.SqlQuery<RevisedChat>(
            $"""
            UPDATE messaging.chats SET revision = revision + 1, closed_at = CASE WHEN type = 'group' THEN closed_at ELSE coalesce(closed_at, {now}) END
            WHERE id = ANY ({chats.ToArray()}) RETURNING id, revision
            """).ToListAsync(ct);
        db.AfterCommit(() => moved.ForEach(chat => rooms.Revised(chat.Id, chat.Revision)));
    }

    public async Task RemoveKeptAsync(Guid patientId, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync(
            $"DELETE FROM messaging.message_versions v USING messaging.chats c WHERE c.id = v.chat_id AND c.patient_id = {patientId}", ct);
        await db.Database.ExecuteSqlAsync($"DELETE FROM messaging.messages m USING messaging.chats c WHERE c.id = m.chat_id AND c.patient_id = {patientId}", ct);
        await db.Database.ExecuteSqlAsync($"DELETE FROM messaging.invitations i USING messaging.chats c WHERE c.id = i.chat_id AND c.patient_id = {patientId}", ct);
        await db.Database.ExecuteSqlAsync($"DELETE FROM messaging.participants p USING messaging.chats c WHERE c.id = p.chat_id AND c.patient_id = {patientId}", ct);
        await db.Database.ExecuteSqlAsync($"DELETE FROM messaging.chats WHERE patient_id = {patientId}", ct);
    }

    private IQueryable<Chat> ChatsOf(PersonKeys person)
    {
        var (account, patient) = (person.AccountId, person.PatientId);
        return db.Set<Chat>().Where(c => (patient != null && c.PatientId == patient) || db.Set<Participant>().Any(p => p.ChatId == c.Id && p.AccountId == account));
    }

    private async IAsyncEnumerable<object> ChatsAsync(IQueryable<Chat> chats)
    {
        await foreach (var c in chats.OrderBy(c => c.Id).AsAsyncEnumerable())
        {
            yield return new
            {
                c.Id,
                c.Type,
                c.AppointmentId,
                c.PatientId,
                c.DoctorId,
                Title = text.OpenTitle(c.Id, c.Title),
                c.CreatedBy,
                c.CreatedAt,
                c.LastSeq,
                c.LastMessageAt,
                c.Revision,
                c.ClosedAt,
            };
        }
    }

    private async IAsyncEnumerable<object> MessagesAsync(IQueryable<ChatMessage> messages)
    {
        await foreach (var m in messages.OrderBy(m => m.ChatId).ThenBy(m => m.Seq).AsAsyncEnumerable())
        {
            yield return new
            {
                m.Id,
                m.ChatId,
                m.Seq,
                m.SenderId,
                m.ClientId,
                Content = text.Open(m.Id, m.Body),
                m.ReplyTo,
                m.AttachmentId,
                m.SentAt,
                m.Revision,
                m.EditedAt,
                m.DeletedAt,
            };
        }
    }

    private async IAsyncEnumerable<object> VersionsAsync(IQueryable<MessageVersion> versions)
    {
        await foreach (var v in versions.AsAsyncEnumerable())
        {
            yield return new { v.Id, v.ChatId, v.MessageId, Content = text.OpenVersion(v), v.ReplacedAt, v.ReplacedBy };
        }
    }

    // What is sealed is opened, read without the words, and sealed again: the database itself could not look into it.
    private async Task EraseWordsAsync(Guid chatId, PersonKeys person, CancellationToken ct)
    {
        var chat = await db.Set<Chat>().AsTracking().SingleAsync(c => c.Id == chatId, ct);
        if (text.OpenTitle(chatId, chat.Title) is { } title)
        {
            chat.Rename(text.SealTitle(chatId, (await WithoutAsync([title], person, ct))[0]));
        }

        for (long after = 0; ;)
        {
            var page = await db.Set<ChatMessage>().AsTracking().Where(m => m.ChatId == chatId && m.Seq > after).OrderBy(m => m.Seq).Take(AtOnce).ToListAsync(ct);
            var said = page.ConvertAll(m => text.Open(m.Id, m.Body) ?? "");
            var without = await WithoutAsync([.. said], person, ct);
            foreach (var (i, message) in page.Index().Where(m => without[m.Index] != said[m.Index]))
            {
                message.Erase(text.Seal(message.Id, without[i]), text.HashesOf(chatId, without[i]));
            }

            await db.SaveChangesAsync(ct);
            db.ChangeTracker.Clear();
            if (page.Count < AtOnce)
            {
                break;
            }

            after = page[^1].Seq;
        }

        var versions = await db.Set<MessageVersion>().AsTracking().Where(v => v.ChatId == chatId).ToListAsync(ct);
        var former = await WithoutAsync([.. versions.Select(v => text.OpenVersion(v) ?? "")], person, ct);
        foreach (var (i, version) in versions.Index().Where(v => v.Item.Body is not null))
        {
            version.Erase(text.SealVersion(version.Id, former[i]));
        }

        await db.SaveChangesAsync(ct);
    }

    private async Task<List<string>> WithoutAsync(string[] texts, PersonKeys person, CancellationToken ct) => texts.Length == 0 ? [] : await db.Database.SqlQuery<string>(
        $"""
        SELECT platform.without(t.text, {person.Names}, {person.Literals}) AS "Value" FROM unnest({texts}) WITH ORDINALITY AS t (text, position) ORDER BY t.position
        """).ToListAsync(ct);

    private sealed class RevisedChat
    {
        public Guid Id { get; init; }

        public long Revision { get; init; }
    }
}
