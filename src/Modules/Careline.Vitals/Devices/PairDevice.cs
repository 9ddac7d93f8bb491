using Careline.Audit.Contracts;
using Careline.Notifications.Contracts;
using Careline.Patients.Contracts;

namespace Careline.Vitals.Devices;

/// <summary>A device shows the code that somebody typed into it.</summary>
/// <param name="Code">Eight characters, in either case, with or without the hyphen.</param>
/// <param name="Name">What people know it by, such as its make and model.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record PairDeviceRequest([Required, StringLength(16)] string Code, [Required, StringLength(100, MinimumLength = 1)] string Name);

/// <summary>A device was paired. Its token is shown this once.</summary>
/// <param name="DeviceId">The device.</param>
/// <param name="Token">Sent with each batch: <c>Authorization: Bearer clvd_…</c>.</param>
public sealed record DevicePaired(Guid DeviceId, string Token);

internal static class PairDevice
{
    public static void Map(RouteGroupBuilder devices) => devices.MapPost("/pair/", Handle)
        .Named("PairDevice", "Exchanges a pairing code for a token that lets a device send one patient's readings.")
        .ForAnyone("A device has no account; the code that somebody typed into it is the key.").LimitedAsAuth().WithOwnTransaction();

    private static async Task<CreatedAnswer<DevicePaired>> Handle(PairDeviceRequest request, AuditTrail trail, CarelineDb db, KeyRing keys, IPatientNews news, CancellationToken ct)
    {
        // Counted before it is compared, and by itself, so that many tries at once count each.
        if (PairingCode.Read(request.Code) is not { } text || await TryAsync(db, text, ct) is not { } id
            || await db.Set<PairingCode>().AsTracking().FirstAsync(c => c.Id == id, ct) is not { } code || !code.Matches(text, keys))
        {
            await trail.RefusedAsync("pairing_refused", "wrong_code");
            throw Wrong();
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var now = db.Now;
        if (await db.Set<PairingCode>().Where(c => c.Id == id && c.UsedAt == null).ExecuteUpdateAsync(set => set.SetProperty(c => c.UsedAt, now), ct) == 0)
        {
            throw Wrong();
        }

        var (device, token) = Device.Pair(code, request.Name, now);
        db.Append(device);
        var notice = new Notice(NoticeCategory.Security, NoticeSeverity.Important, "vitals.device_paired") { About = ("device", device.Id) };
        await news.TellAsync(device.PatientId, notice, p => p.CanRead, ct);
        trail.About("device", device.Id).Concerns(device.PatientId).By(device.PairedBy);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return Answer.Created(new DevicePaired(device.Id, token), "Device paired. Its token is shown this once.");
    }

    private static async Task<Guid?> TryAsync(CarelineDb db, string text, CancellationToken ct)
    {
        var (selector, now) = (PairingCode.SelectorOf(text), db.Now);
        var tried = await db.Database.SqlQuery<Guid>(
            $"""
            UPDATE vitals.pairing_codes SET tries = tries + 1
            WHERE selector = {selector} AND tries < {PairingCode.MostTries} AND used_at IS NULL AND expires_at > {now} RETURNING id AS "Value"
            """).ToListAsync(ct);
        return tried.Count == 0 ? null : tried[0];
    }

    private static Unauthenticated Wrong() => new("PAIRING_CODE_INVALID", "The code is wrong or has expired. Ask for a new one.");
}
