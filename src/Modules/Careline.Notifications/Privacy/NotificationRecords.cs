using Careline.Notifications.Feed;
using Careline.Notifications.Preferences;
using Careline.Notifications.Push;
using Careline.Platform.Privacy;

namespace Careline.Notifications.Privacy;

/// <summary>What somebody was told, and how they wanted to be told. None of it outlives an erasure.</summary>
internal sealed class NotificationRecords(CarelineDb db) : IPersonalRecords
{
    public string Schema => "notifications";

    public IEnumerable<PersonalTable> Export(PersonKeys person)
    {
        var account = person.AccountId;
        yield return new PersonalTable("notifications", db.Set<Notification>().Where(n => n.AccountId == account).OrderBy(n => n.CreatedAt).ThenBy(n => n.Id).Select(n => new
        {
            n.Id,
            n.AccountId,
            n.Category,
            n.Severity,
            n.Phrase,
            n.Title,
            n.Body,
            n.AboutKind,
            n.AboutId,
            n.CreatedAt,
            n.ReadAt,
            n.DeletedAt,
        }).AsAsyncEnumerable());
        yield return new PersonalTable("preferences", db.Set<ReaderPreferences>().Where(p => p.AccountId == account)
            .Select(p => new { p.AccountId, p.Language, p.TimeZone, p.QuietFrom, p.QuietUntil, p.ReminderOffsets, p.UpdatedAt }).AsAsyncEnumerable());
        yield return new PersonalTable("choices", db.Set<Choice>().Where(c => c.AccountId == account).OrderBy(c => c.Category).ThenBy(c => c.Channel)
            .Select(c => new { c.AccountId, c.Category, c.Channel, c.IsOn }).AsAsyncEnumerable());
        yield return new PersonalTable("push_subscriptions", db.Set<PushSubscription>().Where(s => s.AccountId == account).OrderBy(s => s.Id)
            .Select(s => new { s.Id, s.AccountId, s.UserAgent, s.CreatedAt, s.LastUsedAt }).AsAsyncEnumerable());
    }

    public async Task EraseAsync(PersonKeys person, CancellationToken ct)
    {
        var account = person.AccountId;
        await db.Database.ExecuteSqlAsync($"DELETE FROM notifications.notifications WHERE account_id = {account}", ct);
        await db.Database.ExecuteSqlAsync($"DELETE FROM notifications.push_subscriptions WHERE account_id = {account}", ct);
        await db.Database.ExecuteSqlAsync($"DELETE FROM notifications.choices WHERE account_id = {account}", ct);
        await db.Database.ExecuteSqlAsync($"DELETE FROM notifications.preferences WHERE account_id = {account}", ct);
    }
}
