using Careline.Audit.Contracts;
using Microsoft.Extensions.Options;

namespace Careline.Scheduling.Reminders;

/// <summary>When a clinic has its patients reminded.</summary>
/// <param name="ReminderOffsets">How many minutes before a visit, at most six times; an empty list means never.</param>
public sealed record ClinicRemindersRequest([Required, MaxLength(6)] IReadOnlyList<int> ReminderOffsets) : IValidatableObject
{
    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ReminderOffsets.Any(minutes => minutes is < SchedulingOptions.LeastOffset or > SchedulingOptions.MostOffset))
        {
            yield return new ValidationResult($"Must be from {SchedulingOptions.LeastOffset} to {SchedulingOptions.MostOffset} minutes.", [nameof(ReminderOffsets)]);
        }
    }
}

/// <summary>When a clinic has its patients reminded.</summary>
public sealed record ClinicRemindersResponse : IVersioned
{
    /// <summary>How many minutes before a visit, the earliest first.</summary>
    public required IReadOnlyList<int> ReminderOffsets { get; init; }

    /// <summary>Raised by every change; 0 while it is as the installation does it.</summary>
    public required int Version { get; init; }
}

/// <summary>What a clinic sets counts for visits that are agreed or moved from then on, where the reader wants nothing else.</summary>
internal static class SetClinicReminders
{
    public static void Map(RouteGroupBuilder clinics)
    {
        clinics.MapGet("/{id:guid}/reminders/", Get).Named("GetClinicReminders", "When a clinic has its patients reminded of visits.").ForSignedIn()
            .VisibleAs<RunClinic>();
        clinics.MapPut("/{id:guid}/reminders/", Replace).Named("SetClinicReminders", "Says when a clinic has its patients reminded of visits.").ForSignedIn()
            .VisibleAs<RunClinic>();
    }

    private static async Task<Answer<ClinicRemindersResponse>> Get(Guid id, Actor actor, CarelineDb db, IOptions<SchedulingOptions> options, CancellationToken ct)
    {
        await CheckAsync(db, actor, id, ct);
        var row = await db.Set<ClinicReminders>().FirstOrDefaultAsync(c => c.ClinicId == id, ct);
        return Answer.Ok(new ClinicRemindersResponse { ReminderOffsets = row?.Offsets ?? options.Value.UsualOffsets, Version = row?.Version ?? 0 });
    }

    private static async Task<Answer<ClinicRemindersResponse>> Replace(
        Guid id, ClinicRemindersRequest request, Actor actor, IfMatch ifMatch, AuditTrail trail, CarelineDb db, CancellationToken ct)
    {
        await CheckAsync(db, actor, id, ct);

        // Of two who write for the first time at once the second waits for the first.
        await db.Database.ExecuteSqlAsync(
            $"INSERT INTO scheduling.clinic_reminders (clinic_id, offsets, updated_at, version) VALUES ({id}, ARRAY[]::integer[], {db.Now}, 0) ON CONFLICT (clinic_id) DO NOTHING", ct);
        var row = await db.Set<ClinicReminders>().FromSql($"SELECT * FROM scheduling.clinic_reminders WHERE clinic_id = {id} FOR UPDATE").AsTracking().SingleAsync(ct);
        ifMatch.Check(row);
        row.Replace(request.ReminderOffsets, db.Now);
        trail.About("clinic", id).Because("operations");
        await db.SaveChangesAsync(ct);
        return Answer.Ok(new ClinicRemindersResponse { ReminderOffsets = row.Offsets, Version = row.Version }, "Reminders set.");
    }

    private static async Task CheckAsync(CarelineDb db, Actor actor, Guid id, CancellationToken ct)
    {
        if (!await RunClinic.VisibleTo(db, actor).AnyAsync(c => c.Id == id, ct))
        {
            throw new NotFound();
        }
    }
}
