using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Patients.Contracts;
using Careline.Vitals.Observations;

namespace Careline.Vitals.Devices;

/// <summary>A device that measures a patient.</summary>
/// <param name="Id">The device.</param>
/// <param name="Name">What people know it by.</param>
/// <param name="PairedBy">The account that asked for its code.</param>
/// <param name="PairedAt">When it was paired.</param>
/// <param name="LastSeenAt">When it last sent something.</param>
/// <param name="RevokedAt">From when it may send nothing any more.</param>
public sealed record DeviceResponse(Guid Id, string Name, Guid PairedBy, DateTimeOffset PairedAt, DateTimeOffset? LastSeenAt, DateTimeOffset? RevokedAt);

/// <summary>A code to type into a device. It is shown this once.</summary>
/// <param name="Code">Eight characters.</param>
/// <param name="ExpiresAt">First moment at which it serves no more.</param>
public sealed record PairingCodeIssued(string Code, DateTimeOffset ExpiresAt);

/// <summary>A patient's devices: paired and taken away by the patient, who acts for her, and who treats her.</summary>
internal static class ManageDevices
{
    public static void Map(RouteGroupBuilder patients)
    {
        patients.MapGet("/{id:guid}/devices/", List).Named("ListDevices", "Lists the devices that measure a patient.").ForRoles(Roles.RecordReaders)
            .VisibleAs<MeasuredPatient>();
        patients.MapPost("/{id:guid}/devices/pairing-code/", Issue).Named("IssuePairingCode", "Makes a code by which a device is paired within ten minutes.")
            .ForRoles(Roles.Patient, Roles.Doctor, Roles.Nurse).VisibleAs<MeasuredPatient>().LimitedAsAuth(countsSuccess: true);
        patients.MapDelete("/{id:guid}/devices/{deviceId:guid}/", Revoke).Named("RevokeDevice", "Takes a device away: from now on it may send nothing.")
            .ForRoles(Roles.Patient, Roles.Doctor, Roles.Nurse).VisibleAs<MeasuredPatient>();
    }

    private static async Task<PageAnswer<DeviceResponse>> List(Guid id, ListQuery query, Actor actor, AuditTrail trail, CarelineDb db, CancellationToken ct)
    {
        await MeasuredPatient.RequireAsync(db, actor, id, ct);
        trail.About("patient", id).Concerns(id);
        return Answer.Page(await query.PageAsync(
            db.Set<Device>().Where(d => d.PatientId == id).OrderByDescending(d => d.Id),
            d => new DeviceResponse(d.Id, d.Name, d.PairedBy, d.PairedAt, d.LastSeenAt, d.RevokedAt),
            ct));
    }

    private static async Task<CreatedAnswer<PairingCodeIssued>> Issue(Guid id, Actor actor, AuditTrail trail, CarelineDb db, KeyRing keys, CancellationToken ct)
    {
        await RequireHandAsync(db, actor, id, ct);
        if (await db.Set<Device>().CountAsync(d => d.PatientId == id && d.RevokedAt == null, ct) >= Device.MostOfPatient)
        {
            throw new RuleViolation("TOO_MANY_DEVICES", $"A patient has {Device.MostOfPatient} devices at most. Take one away first.");
        }

        // One code at a time, and none of those that are over in the way of new ones.
        var now = db.Now;
        await db.Set<PairingCode>().Where(c => c.PatientId == id || c.ExpiresAt <= now).ExecuteDeleteAsync(ct);
        var (code, text) = PairingCode.Issue(id, actor.AccountId, keys, now);
        db.Append(code);
        trail.About("pairing_code", code.Id).Concerns(id);
        await db.SaveChangesAsync(ct);
        return Answer.Created(new PairingCodeIssued(text, code.ExpiresAt), "Type it into the device within ten minutes.");
    }

    private static async Task<DeletedAnswer> Revoke(Guid id, Guid deviceId, Actor actor, AuditTrail trail, CarelineDb db, CancellationToken ct)
    {
        await RequireHandAsync(db, actor, id, ct);
        var device = await db.Set<Device>().AsTracking().FirstOrDefaultAsync(d => d.Id == deviceId && d.PatientId == id && d.RevokedAt == null, ct) ?? throw new NotFound();
        device.Revoke(actor.AccountId, db.Now);
        trail.About("device", deviceId).Concerns(id);
        await db.SaveChangesAsync(ct);
        return Answer.Deleted();
    }

    private static async Task RequireHandAsync(CarelineDb db, Actor actor, Guid patientId, CancellationToken ct)
    {
        if (actor.PatientId != patientId && !await ProxyRow.InForce(db, actor).AnyAsync(p => p.PatientId == patientId && p.CanRead, ct)
            && !await ClinicalCare.TreatedBy(db, actor).ContainsAsync(patientId, ct))
        {
            throw new PermissionDenied("Only the patient, who acts for her and who treats her decides about devices.");
        }
    }
}
