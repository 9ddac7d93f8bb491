using Careline.Audit.Events;

namespace Careline.Audit.Reading;

/// <summary>Reads the audit backwards, with the names of who did it.</summary>
internal sealed class AuditLog(CarelineDb db, IActorNames names) : IAccessLog
{
    public Task<Feed<AuditEntry>> OfPatientAsync(Guid patientId, FeedPlace place, CancellationToken ct) =>
        ReadAsync(new EventFilter { PatientId = patientId }, place, ct);

    public async Task<Feed<AuditEntry>> ReadAsync(EventFilter filter, FeedPlace place, CancellationToken ct)
    {
        var events = filter.Narrow(db);
        if (place.After is { } after)
        {
            events = events.Where(e => EF.Functions.LessThan(ValueTuple.Create(e.At, e.Id), ValueTuple.Create(after.At, after.Id)));
        }

        var rows = await events.OrderByDescending(e => e.At).ThenByDescending(e => e.Id).Take(place.Limit + 1).ToListAsync(ct);
        var shown = rows.Take(place.Limit).ToList();
        var known = await names.OfAsync([.. shown.Select(e => e.ActorId).OfType<Guid>().Distinct()], ct);
        return new Feed<AuditEntry>(
            shown.ConvertAll(e => Tell(e, known)), place.Limit, rows.Count > place.Limit ? new FeedCursor(shown[^1].At, shown[^1].Id) : null);
    }

    private static AuditEntry Tell(AuditEvent row, IReadOnlyDictionary<Guid, string> names) => new()
    {
        Id = row.Id,
        At = row.At,
        Actor = row.ActorId is { } id ? new AuditActor(id, names.GetValueOrDefault(id), RoleOf(row.Roles)) : null,
        Action = row.Action,
        Resource = row.Resource,
        ResourceId = row.ResourceId,
        PatientIds = row.PatientIds,
        Purpose = row.Purpose,
        Outcome = row.Outcome,
        Fields = row.Fields,
        RequestId = row.RequestId,
    };

    // Who works here is often a patient too; the other role is the one in which others' records are opened.
    private static string? RoleOf(string[] roles) => roles.FirstOrDefault(role => role != "patient") ?? roles.FirstOrDefault();
}
