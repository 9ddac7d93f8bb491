using Careline.Audit.Reading;

namespace Careline.Audit.Exposures;

/// <summary>What somebody must know when an account was stolen or a record was looked at: who touched this patient, whom did this account read.</summary>
internal static class ShowExposure
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/exposure/", Handle).Named("ShowExposure", "Who had to do with a patient's data, or with whose data an account had to do; asking is recorded too.")
            .ForRoles(ListEvents.Readers).WithFilters("patient", "actor", "from", "to");

    private static async Task<PageAnswer<ExposureResponse>> Handle(
        ListQuery query, Exposure exposure, AuditTrail trail, TimeProvider clock, CancellationToken ct)
    {
        var filter = new EventFilter { PatientId = query.Id("patient"), ActorId = query.Id("actor"), From = query.Instant("from"), To = query.Instant("to") };
        query.Check();
        if (filter.PatientId is null == filter.ActorId is null)
        {
            throw new InvalidInput("patient", "Ask for a patient or for an actor.");
        }

        // What is added while somebody pages, asking's own row among it, would move the lines.
        var period = new ExposurePeriod(filter.From ?? DateTimeOffset.UnixEpoch, filter.To ?? clock.GetUtcNow());
        var page = filter.PatientId is { } patient
            ? await exposure.OfPatientAsync(patient, period, query, ct)
            : await exposure.OfActorAsync(filter.ActorId!.Value, period, query, ct);
        ListEvents.Record(trail, filter);
        return Answer.Page(page);
    }
}
