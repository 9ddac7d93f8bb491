using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Patients.Patients;
using Careline.Patients.Proxies;

namespace Careline.Patients.Care;

/// <summary>Who did what with a patient's record.</summary>
/// <param name="At">When.</param>
/// <param name="Actor">Who; null where nobody was signed in.</param>
/// <param name="Action">What, in plain words.</param>
/// <param name="Purpose">Why: <c>treatment</c>, <c>payment</c>, <c>operations</c>, <c>break_glass</c>.</param>
/// <param name="Reason">What was given as the reason of an emergency, or by an administrator who ended that somebody acts for the patient.</param>
/// <param name="Unreadable">Says <c>reason</c> where one was given that cannot be read: what is stored was changed outside Careline.</param>
public sealed record AccessLogRow(
    DateTimeOffset At,
    AuditActor? Actor,
    string Action,
    string Purpose,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Unreadable);

/// <summary>The patient's own view of the audit. Staff who see the patient do not see who else did.</summary>
internal static class ShowAccessLog
{
    private static readonly string[] _reason = ["reason"];

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/{id:guid}/access-log/", Handle).Named("ShowAccessLog", "Tells a patient who opened or changed the record, the newest first.")
            .ForSignedIn().VisibleAs<Patient>().AsFeed();

    private static async Task<FeedAnswer<AccessLogRow>> Handle(
        Guid id, ListQuery query, Actor actor, CarelineDb db, IAccessLog log, PersonCipher cipher, AuditTrail trail, CancellationToken ct)
    {
        if (!await Patient.VisibleTo(db, actor).AnyAsync(p => p.Id == id, ct))
        {
            throw new NotFound();
        }

        if (actor.PatientId != id && !actor.IsAdmin)
        {
            throw new PermissionDenied("Who opened a record is told to its patient only.");
        }

        var place = FeedPlace.Of(query);
        query.Check();
        var feed = await log.OfPatientAsync(id, place, ct);
        var reasons = await ReasonsAsync(db, cipher, feed, ct);
        trail.About("patient", id).Concerns(id).Because("operations");
        return Answer.Feed(feed.Select(e =>
        {
            var (reason, isReadable) = IsExplained(e) && e.ResourceId is { } key ? reasons.GetValueOrDefault(key, (null, true)) : (null, true);
            return new AccessLogRow(e.At, e.Actor, AccessWords.Of(e.Action, e.Outcome), e.Purpose, reason, isReadable ? null : _reason);
        }));
    }

    private static async Task<Dictionary<Guid, (string? Text, bool IsReadable)>> ReasonsAsync(
        CarelineDb db, PersonCipher cipher, Feed<AuditEntry> feed, CancellationToken ct)
    {
        var ids = feed.Rows.Where(IsExplained).Select(e => e.ResourceId).OfType<Guid>().ToList();
        var reasons = new Dictionary<Guid, (string? Text, bool IsReadable)>();
        foreach (var access in ids.Count == 0 ? [] : await db.Set<EmergencyAccess>().Where(e => ids.Contains(e.Id)).ToListAsync(ct))
        {
            reasons[access.Id] = await access.ReasonAsync(cipher, ct);
        }

        foreach (var proxy in ids.Count == 0 ? [] : await db.Set<Proxy>().Where(p => ids.Contains(p.Id)).Select(p => new { p.Id, p.EndReason }).ToListAsync(ct))
        {
            reasons[proxy.Id] = (proxy.EndReason, true);
        }

        return reasons;
    }

    private static bool IsExplained(AuditEntry entry) => entry.Resource == BreakGlass.Word || entry.Action == OverruleProxy.Name;
}
