using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Notifications.Contracts;
using Careline.Patients.Contracts;
using Careline.Prescriptions.Prescriptions;

namespace Careline.Prescriptions.Intake;

/// <summary>Whose medicines somebody asks about, and what they are.</summary>
internal sealed class IntakeDesk(CarelineDb db, IReaders readers, AuditTrail trail)
{
    /// <summary>The patient that a call is about: the one named, or the caller. Only who may read the record is answered.</summary>
    public async Task<Guid> PatientAsync(Actor actor, Guid? named, CancellationToken ct)
    {
        var patient = named ?? actor.PatientId ?? throw new InvalidInput("patient", "Say of which patient.");
        if (patient != actor.PatientId && !await ClinicalCare.PatientsOf(db, actor).ContainsAsync(patient, ct))
        {
            throw ClinicalCare.Refuse(actor);
        }

        trail.Concerns(patient);
        return patient;
    }

    /// <summary>Only the patient, and who acts for the patient, say what was taken and how they are reminded.</summary>
    public async Task MustActForAsync(Actor actor, Guid patientId, CancellationToken ct)
    {
        if (patientId != actor.PatientId && !await ProxyRow.InForce(db, actor).AnyAsync(p => p.PatientId == patientId && p.CanRead, ct))
        {
            throw new PermissionDenied("Only the patient, or who acts for the patient, may do this.");
        }
    }

    /// <summary>The patient's settings, or what holds for who set none: off, by the clock of the account's zone.</summary>
    public async Task<ReminderSettings> SettingsAsync(Guid patientId, CancellationToken ct)
    {
        if (await db.Set<ReminderSettings>().AsTracking().FirstOrDefaultAsync(s => s.PatientId == patientId, ct) is { } kept)
        {
            return kept;
        }

        var account = await db.Set<PatientRow>().Where(p => p.Id == patientId).Select(p => p.AccountId).FirstOrDefaultAsync(ct);
        var reader = account is { } id ? (await readers.OfAsync([id], ct)).GetValueOrDefault(id) : null;
        return ReminderSettings.Unset(patientId, reader?.TimeZone ?? "UTC");
    }

    /// <summary>The lines that the patients take at a moment: signed, not stopped, begun and not at their end. What the pharmacy has handed out whole is still taken.</summary>
    public IQueryable<TakenLine> TakenBy(IQueryable<Guid> patients, DateTimeOffset at) =>
        from p in db.Set<Prescription>()
        where patients.Contains(p.PatientId) && (p.Status == PrescriptionStatus.Active || p.Status == PrescriptionStatus.Completed)
        from l in p.Lines
        where l.Status == LineStatus.Active && (l.DurationDays == null ? p.ValidUntil > at : p.IssuedAt!.Value.AddDays(l.DurationDays.Value) > at)
        orderby p.IssuedAt, l.Position
        select new TakenLine
        {
            PatientId = p.PatientId,
            PrescriptionId = p.Id,
            Line = l,
            From = p.IssuedAt!.Value,
            Until = l.DurationDays == null ? null : p.IssuedAt!.Value.AddDays(l.DurationDays.Value),
        };
}

/// <summary>A medicine that a patient takes.</summary>
internal sealed record TakenLine
{
    public required Guid PatientId { get; init; }

    public required Guid PrescriptionId { get; init; }

    public required PrescriptionLine Line { get; init; }

    public required DateTimeOffset From { get; init; }

    public required DateTimeOffset? Until { get; init; }

    public IReadOnlyList<DayTime> Times => DosePlan.TimesOf(Line.Dosage, Line.Frequency, Line.Timing);
}
