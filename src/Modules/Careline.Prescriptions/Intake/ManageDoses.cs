using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Platform.Time;
using Careline.Prescriptions.Prescriptions;

namespace Careline.Prescriptions.Intake;

/// <summary>A dose, and what became of it.</summary>
/// <param name="Id">The dose.</param>
/// <param name="LineId">The line.</param>
/// <param name="MedicationName">As the doctor names it.</param>
/// <param name="Dosage">How much.</param>
/// <param name="DueAt">When it is to be taken.</param>
/// <param name="Status">What became of it.</param>
/// <param name="AnsweredAt">When the patient said so.</param>
/// <param name="Reason">Why it was left out.</param>
public sealed record DoseResponse(
    Guid Id, Guid LineId, string MedicationName, string Dosage, DateTimeOffset DueAt, DoseStatus Status, DateTimeOffset? AnsweredAt, string? Reason);

/// <summary>Why a dose was left out.</summary>
/// <param name="Reason">For whoever treats the patient.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record SkipDoseRequest([MaxLength(1000)] string? Reason = null);

/// <summary>Whether and when somebody is reminded of medicines.</summary>
/// <param name="IsOn">Whether.</param>
/// <param name="TimeZone">The IANA zone by whose clock the times are meant.</param>
/// <param name="Morning">When morning is.</param>
/// <param name="Noon">When noon is.</param>
/// <param name="Evening">When evening is.</param>
/// <param name="Night">When bedtime is.</param>
public sealed record ReminderSettingsRequest(
    bool IsOn, [MaxLength(64)] string? TimeZone = null, TimeOnly? Morning = null, TimeOnly? Noon = null, TimeOnly? Evening = null, TimeOnly? Night = null) : IValidatableObject
{
    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (TimeZone is not null && !ZonedTimes.IsKnown(TimeZone))
        {
            yield return new ValidationResult("Must be a zone of the IANA database, such as Africa/Lagos.", [nameof(TimeZone)]);
        }
    }
}

/// <summary>Whether and when somebody is reminded of medicines.</summary>
/// <param name="IsOn">Whether.</param>
/// <param name="TimeZone">The IANA zone by whose clock the times are meant.</param>
/// <param name="Morning">When morning is.</param>
/// <param name="Noon">When noon is.</param>
/// <param name="Evening">When evening is.</param>
/// <param name="Night">When bedtime is.</param>
public sealed record ReminderSettingsResponse(bool IsOn, string TimeZone, TimeOnly Morning, TimeOnly Noon, TimeOnly Evening, TimeOnly Night)
{
    internal static ReminderSettingsResponse Of(ReminderSettings s) => new(s.IsOn, s.TimeZone, s.Morning, s.Noon, s.Evening, s.Night);
}

/// <summary>Reminders of medicines: whether somebody wants them, what is due on a day, and what was taken or left out.</summary>
internal static class ManageDoses
{
    public static void Map(RouteGroupBuilder reminders)
    {
        reminders.MapGet("/", List)
            .Named("ListDoses", "What is to be taken and what became of it, the newest first: the caller's own, or of ?patient= whose record the caller reads.")
            .ForRoles(Roles.RecordReaders).WithFilters("patient", "date", "status");
        reminders.MapPost("/{id:guid}/taken/", Take).Named("TakeDose", "The patient took it.").ForRoles(Roles.RecordReaders).VisibleAs<Dose>();
        reminders.MapPost("/{id:guid}/skipped/", Skip).Named("SkipDose", "The patient left it out.").ForRoles(Roles.RecordReaders).VisibleAs<Dose>();
        reminders.MapGet("/settings/", Get).Named("GetReminderSettings", "Whether and when a patient is reminded of medicines.").ForRoles(Roles.RecordReaders).WithFilters("patient");
        reminders.MapPut("/settings/", Set).Named("SetReminderSettings", "Switches reminders of medicines on or off, and says when in the day they come.")
            .ForRoles(Roles.RecordReaders).WithFilters("patient");
    }

    private static async Task<PageAnswer<DoseResponse>> List(ListQuery query, Actor actor, CarelineDb db, IntakeDesk desk, CancellationToken ct)
    {
        query.Check();
        var patient = await desk.PatientAsync(actor, query.Id("patient"), ct);
        var doses = db.Set<Dose>().Where(d => d.PatientId == patient);
        if (query.Enum<DoseStatus>("status") is { } status)
        {
            doses = doses.Where(d => d.Status == status);
        }

        if (query.Date("date") is { } date)
        {
            var (from, to) = ZonedTimes.Day(date, (await desk.SettingsAsync(patient, ct)).TimeZone);
            doses = doses.Where(d => d.DueAt >= from && d.DueAt < to);
        }

        return Answer.Page(await query.PageAsync(
            from d in doses
            join l in db.Set<PrescriptionLine>() on d.LineId equals l.Id
            orderby d.DueAt descending, d.Id descending
            select new DoseResponse(d.Id, d.LineId, l.MedicationName, l.Dosage, d.DueAt, d.Status, d.AnsweredAt, d.Reason), ct));
    }

    private static Task<Answer<DoseResponse>> Take(Guid id, Actor actor, CarelineDb db, IntakeDesk desk, AuditTrail trail, CancellationToken ct) =>
        AnswerAsync(id, true, null, actor, db, desk, trail, ct);

    private static Task<Answer<DoseResponse>> Skip(
        Guid id, SkipDoseRequest request, Actor actor, CarelineDb db, IntakeDesk desk, AuditTrail trail, CancellationToken ct) =>
        AnswerAsync(id, false, request.Reason, actor, db, desk, trail, ct);

    private static async Task<Answer<DoseResponse>> AnswerAsync(
        Guid id, bool wasTaken, string? reason, Actor actor, CarelineDb db, IntakeDesk desk, AuditTrail trail, CancellationToken ct)
    {
        var dose = await Dose.VisibleTo(db, actor).AsTracking().FirstOrDefaultAsync(d => d.Id == id, ct) ?? throw new NotFound();
        trail.About("dose", id).Concerns(dose.PatientId);
        await desk.MustActForAsync(actor, dose.PatientId, ct);
        dose.Answer(wasTaken, reason, actor.AccountId, db.Now);
        await db.SaveChangesAsync(ct);
        var line = await db.Set<PrescriptionLine>().FirstAsync(l => l.Id == dose.LineId, ct);
        return Answer.Ok(
            new DoseResponse(dose.Id, dose.LineId, line.MedicationName, line.Dosage, dose.DueAt, dose.Status, dose.AnsweredAt, dose.Reason), wasTaken ? "Taken." : "Left out.");
    }

    private static async Task<Answer<ReminderSettingsResponse>> Get(ListQuery query, Actor actor, IntakeDesk desk, CancellationToken ct)
    {
        query.Check();
        var patient = await desk.PatientAsync(actor, query.Id("patient"), ct);
        return Answer.Ok(ReminderSettingsResponse.Of(await desk.SettingsAsync(patient, ct)));
    }

    private static async Task<Answer<ReminderSettingsResponse>> Set(
        ReminderSettingsRequest request, ListQuery query, Actor actor, CarelineDb db, IntakeDesk desk, CancellationToken ct)
    {
        query.Check();
        var patient = await desk.PatientAsync(actor, query.Id("patient"), ct);
        await desk.MustActForAsync(actor, patient, ct);
        var settings = await desk.SettingsAsync(patient, ct);
        settings.Replace(request, db.Now);
        if (!request.IsOn)
        {
            await db.Set<Dose>().Where(d => d.PatientId == patient && d.Status == DoseStatus.Planned).ExecuteDeleteAsync(ct);
        }

        if (db.Entry(settings).State == EntityState.Detached)
        {
            db.Add(settings);
        }

        await db.SaveChangesAsync(ct);
        return Answer.Ok(ReminderSettingsResponse.Of(settings), "Settings saved.");
    }
}
