using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Vitals.Observations;

namespace Careline.Vitals.Devices;

/// <summary>A reading that is kept apart, as the device sent it.</summary>
/// <param name="DeviceId">The device.</param>
/// <param name="ReadingId">By which the device knows it.</param>
/// <param name="Measure">What was measured.</param>
/// <param name="Value">The number.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="MeasuredAt">When, by the device's clock.</param>
/// <param name="ReceivedAt">When it came.</param>
/// <param name="Why">Why it is kept apart.</param>
public sealed record SuspectReadingResponse(
    Guid DeviceId, string ReadingId, string Measure, decimal Value, string Unit, DateTimeOffset MeasuredAt, DateTimeOffset ReceivedAt, ReadingWhy? Why);

internal static class ListSuspectReadings
{
    public static void Map(RouteGroupBuilder patients) => patients.MapGet("/{id:guid}/devices/suspect-readings/", Handle)
        .Named("ListSuspectReadings", "Lists readings of a patient's devices that are kept apart as implausible, for clinicians.").ForRoles(Roles.Doctor, Roles.Nurse)
        .VisibleAs<MeasuredPatient>();

    private static async Task<PageAnswer<SuspectReadingResponse>> Handle(Guid id, ListQuery query, Actor actor, AuditTrail trail, CarelineDb db, CancellationToken ct)
    {
        await MeasuredPatient.RequireAsync(db, actor, id, ct);
        trail.About("patient", id).Concerns(id);
        return Answer.Page(await query.PageAsync(
            db.Set<DeviceReading>().Where(r => r.PatientId == id && r.Status == ReadingStatus.Suspect).OrderByDescending(r => r.ReceivedAt).ThenByDescending(r => r.ReadingId),
            r => new SuspectReadingResponse(r.DeviceId, r.ReadingId, r.Measure, r.Value, r.Unit, r.MeasuredAt, r.ReceivedAt, r.Why),
            ct));
    }
}
