namespace Careline.Audit.Reading;

internal static class ListEvents
{
    /// <summary>Accounts, which names the roles, stands above.</summary>
    public static readonly string[] Readers = ["admin", "superadmin"];

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/", Handle).Named("ListAuditEvents", "Who did and saw what, the newest first; reading it is recorded too.")
            .ForRoles(Readers).AsFeed(EventFilter.Names);

    private static async Task<FeedAnswer<AuditEntry>> Handle(ListQuery query, AuditLog log, AuditTrail trail, CancellationToken ct)
    {
        var (filter, place) = (EventFilter.Of(query), FeedPlace.Of(query));
        query.Check();
        var entries = await log.ReadAsync(filter, place, ct);
        Record(trail, filter);
        return Answer.Feed(entries);
    }

    /// <summary>Who asks for a patient's part has looked at the patient; who pages through everybody's has looked at the audit.</summary>
    public static void Record(AuditTrail trail, EventFilter filter)
    {
        trail.Always().Because("operations");
        if (filter.PatientId is { } patient)
        {
            trail.Concerns(patient);
        }
    }
}
