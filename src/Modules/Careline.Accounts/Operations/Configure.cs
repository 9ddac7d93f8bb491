using Careline.Audit.Contracts;
using Careline.Platform.Settings;
using Microsoft.Extensions.Options;

namespace Careline.Accounts.Operations;

/// <summary>What a setting becomes.</summary>
/// <param name="Value">The value, as text; absent leaves it to the installation's files again.</param>
/// <param name="Reason">For the history.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ChangeSettingRequest([Required, StringLength(500, MinimumLength = 1)] string Reason, [MaxLength(2000)] string? Value = null);

/// <summary>What people are told of the installation.</summary>
/// <param name="Message">Such as when it will be away; null where there is nothing to tell.</param>
public sealed record SystemNotice(string? Message);

/// <summary>Superadministrators change some settings while the application runs: a fixed list, no secrets among them, each change with its reason.</summary>
internal static class Configure
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var configuration = app.MapApi("/api/configuration", "System");
        configuration.MapGet("/", List).Named("ListSettings", "The settings that may be changed while the application runs.").ForRoles(Roles.SuperAdmin);
        configuration.MapPut("/{key}/", Change).Named("ChangeSetting", "Changes a setting on all hosts at once, or leaves it to the installation's files again.")
            .ForRoles(Roles.SuperAdmin).RequiresRecentSignIn();
        configuration.MapGet("/{key}/history/", History).Named("ListSettingChanges", "Who changed a setting, when, to what and why, the last change first.").ForRoles(Roles.SuperAdmin);
    }

    public static void MapNotice(RouteGroupBuilder system) => system.MapGet("/notice/", (IOptions<SystemOptions> options) =>
            Answer.Ok(new SystemNotice(options.Value.MaintenanceNotice is { Length: > 0 } notice ? notice : null)))
        .Named("ShowSystemNotice", "What people are told of the installation, such as when it will be away.").ForAnyone("people read it before they sign in");

    private static async Task<Answer<IReadOnlyList<SettingState>>> List(SettingBook settings, CancellationToken ct) => Answer.Ok(await settings.ReadAsync(ct));

    private static async Task<Answer<SettingState>> Change(
        string key, ChangeSettingRequest request, Actor actor, CarelineDb db, SettingBook settings, AuditTrail trail, CancellationToken ct)
    {
        var state = await settings.ChangeAsync(key, request.Value, request.Reason, actor.AccountId, ct);
        trail.Because("operations").Changed(key);
        await db.SaveChangesAsync(ct);
        return Answer.Ok(state, "Setting changed.");
    }

    private static async Task<PageAnswer<SettingChange>> History(string key, ListQuery query, CarelineDb db, SettingBook settings, CancellationToken ct)
    {
        if (!settings.Knows(key))
        {
            throw new NotFound();
        }

        query.Ordering("-changed_at");
        return Answer.Page(await query.PageAsync(db.Set<SettingChange>().Where(c => c.Key == key).OrderByDescending(c => c.Id), ct));
    }
}
