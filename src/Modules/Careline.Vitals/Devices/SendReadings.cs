using Careline.Audit.Contracts;
using Careline.Vitals.Observations;
using Careline.Vitals.Targets;
using Microsoft.Extensions.Options;

namespace Careline.Vitals.Devices;

/// <summary>What a device measured.</summary>
/// <param name="Readings">At most 500 at a time.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record DeviceReadingsRequest([Required, Length(1, 500)] IReadOnlyList<DeviceReadingRequest> Readings) : IValidatableObject
{
    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Readings.Any(reading => reading is null))
        {
            yield return new ValidationResult("Each must be a reading.", [nameof(Readings)]);
        }
    }
}

/// <summary>One reading.</summary>
/// <param name="Id">By which the device knows it: sent again, it is not taken up twice.</param>
/// <param name="Measure">Such as <c>heart_rate</c>.</param>
/// <param name="Value">The number.</param>
/// <param name="Unit">UCUM, such as <c>/min</c>.</param>
/// <param name="At">When it was measured.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record DeviceReadingRequest(
    [Required, StringLength(64, MinimumLength = 1)] string Id,
    [Required, StringLength(40)] string Measure,
    [property: JsonRequired, Range(-1_000_000.0, 1_000_000.0)] decimal Value,
    [Required, StringLength(20)] string Unit,
    [property: JsonRequired] DateTimeOffset At);

/// <summary>What became of a batch.</summary>
/// <param name="Accepted">How many are part of the record now.</param>
/// <param name="Duplicates">How many were there already.</param>
/// <param name="Suspect">How many are kept apart.</param>
/// <param name="Refused">How many were not kept.</param>
/// <param name="Items">Each, in the order in which they were sent.</param>
public sealed record DeviceReadingsTaken(int Accepted, int Duplicates, int Suspect, int Refused, IReadOnlyList<DeviceReadingTaken> Items);

/// <summary>What became of a reading.</summary>
/// <param name="Id">By which the device knows it.</param>
/// <param name="Status">Accepted, duplicate, suspect or refused.</param>
/// <param name="Why">Why it is not part of the record.</param>
public sealed record DeviceReadingTaken(string Id, ReadingStatus Status, ReadingWhy? Why);

/// <summary>Takes up what a device measured, a batch in one transaction. Early-warning scores are not made of it: nobody looked at the patient.</summary>
internal static class SendReadings
{
    public static void Map(RouteGroupBuilder devices) => devices.MapPost("/readings/", Handle)
        .Named("SendDeviceReadings", "Takes up what a paired device measured; what was sent before is not taken up twice.")
        .ForAnyone("A device has no account; the token that it got when it was paired is the key.");

    private static async Task<Answer<DeviceReadingsTaken>> Handle(
        DeviceReadingsRequest request, HttpContext http, AuditTrail trail, CarelineDb db, TargetWatch targets, IOptions<VitalsOptions> options, CancellationToken ct)
    {
        var device = await HoldAsync(http, db, ct);
        var now = db.Now;
        device.Hear(now);
        var patient = await PatientFacts.ReadAsync(db, device.PatientId, ct);
        var sent = request.Readings.Select(r => r.Id).ToList();
        var known = (await db.Set<DeviceReading>().Where(r => r.DeviceId == device.Id && sent.Contains(r.ReadingId)).Select(r => r.ReadingId).ToListAsync(ct)).ToHashSet();
        var isChild = patient.IsChildAt(DateOnly.FromDateTime(now.UtcDateTime));
        var judged = request.Readings.Select(r => known.Add(r.Id) ? Judge(r) : JudgedReading.Again(r)).ToList();
        var sets = VitalSet.OfDevice(device, [.. judged.Where(r => r.Status == ReadingStatus.Accepted)], patient, now);
        db.AddRange(sets.Select(s => s.Set));
        var places = sets.SelectMany(s => s.Of.Select(r => (r.Sent.Id, SetId: s.Set.Id))).ToDictionary(r => r.Id, r => (Guid?)r.SetId);
        foreach (var reading in judged.Where(r => r.Status is ReadingStatus.Accepted or ReadingStatus.Suspect))
        {
            db.Append(DeviceReading.Of(device, reading, reading.Status == ReadingStatus.Accepted ? places[reading.Sent.Id] : null, now));
        }

        await targets.LookAsync([.. sets.Select(s => s.Set).Where(s => s.RecordedAt > now.AddDays(-1))], patient.Targets, new TargetCaller(null, null), ct);
        trail.About("device", device.Id).Concerns(device.PatientId).By(device.PairedBy);
        await db.SaveChangesAsync(ct);
        return Answer.Ok(Taken(judged), "Readings taken up.");

        // Refused ones are not kept: corrected, they may be sent again under the same id.
        JudgedReading Judge(DeviceReadingRequest r) => JudgedReading.Of(r, isChild, now.AddDays(-options.Value.OldestReadingDays), now);
    }

    // Held, so that of two batches at once the second sees what the first brought, and a device that is being taken away sends nothing more.
    private static async Task<Device> HoldAsync(HttpContext http, CarelineDb db, CancellationToken ct)
    {
        const string scheme = "Bearer ";
        var header = http.Request.Headers.Authorization.ToString();
        if (header.StartsWith(scheme + Device.TokenPrefix, StringComparison.OrdinalIgnoreCase))
        {
            var hash = OpaqueToken.HashOf(header[scheme.Length..].Trim());
            var found = await db.Set<Device>().FromSql($"SELECT * FROM vitals.devices WHERE token_hash = {hash} AND revoked_at IS NULL FOR UPDATE").AsTracking().ToListAsync(ct);
            if (found.Count == 1)
            {
                return found[0];
            }
        }

        http.Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
        throw new Unauthenticated("INVALID_TOKEN", "This device is not paired, or was taken away.");
    }

    private static DeviceReadingsTaken Taken(IReadOnlyList<JudgedReading> judged)
    {
        int Count(ReadingStatus status) => judged.Count(r => r.Status == status);
        return new DeviceReadingsTaken(
            Count(ReadingStatus.Accepted), Count(ReadingStatus.Duplicate), Count(ReadingStatus.Suspect), Count(ReadingStatus.Refused),
            [.. judged.Select(r => new DeviceReadingTaken(r.Sent.Id, r.Status, r.Why))]);
    }
}
