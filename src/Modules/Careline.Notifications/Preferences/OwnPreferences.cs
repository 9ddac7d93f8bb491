using Careline.Audit.Contracts;

namespace Careline.Notifications.Preferences;

/// <summary>How the caller is told.</summary>
public sealed record PreferencesResponse : IVersioned
{
    /// <summary>The language of messages, if one was chosen.</summary>
    public required string? Language { get; init; }

    /// <summary>The zone in which the caller lives, if it was said.</summary>
    public required string? TimeZone { get; init; }

    /// <summary>When nothing but what is urgent comes.</summary>
    public required QuietHoursRequest? QuietHours { get; init; }

    /// <summary>How many minutes before a visit the caller is reminded; null: as the practice does it.</summary>
    public required IReadOnlyList<int>? ReminderOffsets { get; init; }

    /// <summary>What was switched on or off.</summary>
    public required IReadOnlyList<ChoiceRequest> Choices { get; init; }

    /// <summary>Raised by every change; 0 before the first.</summary>
    public required int Version { get; init; }
}

internal static class OwnPreferences
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/preferences/", Get).Named("GetNotificationPreferences", "How the caller is told of things.").ForSignedIn();
        group.MapPut("/preferences/", Replace).Named("ReplaceNotificationPreferences", "Says how the caller wants to be told of things.").ForSignedIn();
        group.MapPatch("/preferences/", Patch).Named("UpdateNotificationPreferences", "Changes how the caller wants to be told of things.").ForSignedIn()
            .AcceptsMerge<ReplacePreferencesRequest>();
    }

    private static async Task<Answer<PreferencesResponse>> Get(Actor actor, CarelineDb db, CancellationToken ct) =>
        Answer.Ok(await ReadAsync(db, actor.AccountId, ct));

    private static async Task<Answer<PreferencesResponse>> Replace(
        ReplacePreferencesRequest request, Actor actor, IfMatch ifMatch, AuditTrail trail, CarelineDb db, CancellationToken ct)
    {
        var row = await LockAsync(db, actor.AccountId, ct);
        ifMatch.Check(row);
        return await WriteAsync(row, request, trail, db, ct);
    }

    private static async Task<Answer<PreferencesResponse>> Patch(
        Merge<ReplacePreferencesRequest> patch, Actor actor, IfMatch ifMatch, AuditTrail trail, CarelineDb db, CancellationToken ct)
    {
        var row = await LockAsync(db, actor.AccountId, ct);
        ifMatch.Check(row);
        var now = await ReadAsync(db, actor.AccountId, ct);
        var request = await patch.OntoAsync(new ReplacePreferencesRequest(now.Language, now.TimeZone, now.QuietHours, now.ReminderOffsets, now.Choices));
        return await WriteAsync(row, request, trail, db, ct);
    }

    private static async Task<Answer<PreferencesResponse>> WriteAsync(
        ReaderPreferences row, ReplacePreferencesRequest request, AuditTrail trail, CarelineDb db, CancellationToken ct)
    {
        if (request.Chosen.Any(c => !c.IsOn && (c.Category == NoticeCategory.Security || c.Channel == NoticeChannel.InApp)))
        {
            throw new RuleViolation("ALWAYS_TOLD", "Notices of security, and the list within Careline, cannot be switched off.");
        }

        row.Replace(request, db.Now);
        await db.Set<Choice>().Where(c => c.AccountId == row.AccountId).ExecuteDeleteAsync(ct);
        db.AddRange(request.Chosen.Select(c => new Choice { AccountId = row.AccountId, Category = c.Category, Channel = c.Channel, IsOn = c.IsOn }));
        db.Publish(new PreferencesChanged(row.AccountId));
        trail.About("notification_preferences", row.AccountId);
        await db.SaveChangesAsync(ct);
        return Answer.Ok(await ReadAsync(db, row.AccountId, ct), "Preferences updated.");
    }

    // Of two who write for the first time at once the second waits for the first.
    private static async Task<ReaderPreferences> LockAsync(CarelineDb db, Guid accountId, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync(
            $"INSERT INTO notifications.preferences (account_id, updated_at, version) VALUES ({accountId}, {db.Now}, 0) ON CONFLICT (account_id) DO NOTHING", ct);
        return await db.Set<ReaderPreferences>().FromSql($"SELECT * FROM notifications.preferences WHERE account_id = {accountId} FOR UPDATE").AsTracking().SingleAsync(ct);
    }

    private static async Task<PreferencesResponse> ReadAsync(CarelineDb db, Guid accountId, CancellationToken ct)
    {
        var row = await db.Set<ReaderPreferences>().FirstOrDefaultAsync(p => p.AccountId == accountId, ct);
        var choices = await db.Set<Choice>().Where(c => c.AccountId == accountId).OrderBy(c => c.Category).ThenBy(c => c.Channel).ToListAsync(ct);
        return new PreferencesResponse
        {
            Language = row?.Language,
            TimeZone = row?.TimeZone,
            QuietHours = row is { QuietFrom: { } from, QuietUntil: { } until } ? new QuietHoursRequest(from, until) : null,
            ReminderOffsets = row?.ReminderOffsets,
            Choices = choices.ConvertAll(c => new ChoiceRequest(c.Category, c.Channel, c.IsOn)),
            Version = row?.Version ?? 0,
        };
    }
}
