using Careline.Accounts.Contracts;
using Careline.Patients.Contracts;

namespace Careline.Vitals.Alerts;

/// <summary>Where an alert stands.</summary>
public enum AlertStatus
{
    /// <summary>Nobody has taken it yet: the ladder goes on.</summary>
    Open,

    /// <summary>Somebody has taken it.</summary>
    Acknowledged,

    /// <summary>What it spoke of turned out not to be so, or is so no more.</summary>
    Resolved,
}

/// <summary>
/// A patient's reading or result that cannot wait. It is called out step by step until somebody takes it, and never runs out by itself: one that nobody took
/// stays open for everybody to see.
/// </summary>
internal sealed class ClinicalAlert : IVersioned, IVisible<ClinicalAlert>
{
    private ClinicalAlert()
    {
    }

    public Guid Id { get; private set; }

    public Guid PatientId { get; private set; }

    public AlertSource Source { get; private set; }

    public Guid SourceId { get; private set; }

    public AlertTitle Title { get; private set; }

    public AlertSeverity Severity { get; private set; }

    public AlertStatus Status { get; private set; }

    public Guid? ResponsibleId { get; private set; }

    public Guid? ClinicId { get; private set; }

    /// <summary>How often the ladder was begun: with the alert, when it became graver, and with each handing over.</summary>
    public int Round { get; private set; } = 1;

    /// <summary>The step that was taken last in this round.</summary>
    public AlertStep? Step { get; private set; }

    /// <summary>The step to come; null once there is none.</summary>
    public AlertStep? NextStep { get; private set; }

    public DateTimeOffset? NextStepAt { get; private set; }

    public DateTimeOffset RaisedAt { get; private set; }

    public Guid? AcknowledgedBy { get; private set; }

    public DateTimeOffset? AcknowledgedAt { get; private set; }

    public DateTimeOffset? ResolvedAt { get; private set; }

    public int Version { get; private set; } = 1;

    /// <summary>The step to come was taken.</summary>
    /// <param name="wasHeard">Whether there was anybody to call: otherwise the next step comes at once.</param>
    /// <param name="options">How long each step waits.</param>
    /// <param name="now">The present moment.</param>
    public void Climb(bool wasHeard, VitalsOptions options, DateTimeOffset now)
    {
        Step = NextStep;
        NextStep = Step < AlertStep.Platform ? Step + 1 : null;
        NextStepAt = NextStep is not { } next ? null : wasHeard ? now + options.PatienceBefore(next, Severity) : now;
    }

    /// <summary>Somebody takes it: nobody else is called any more.</summary>
    public AlertAct Acknowledge(Guid by, string? note, TimeProvider clock)
    {
        if (Status != AlertStatus.Open)
        {
            throw new RuleViolation("ALERT_SETTLED", "Somebody has taken this alert already, or it is over.");
        }

        var now = clock.GetUtcNow();
        (Status, AcknowledgedBy, AcknowledgedAt, NextStep, NextStepAt) = (AlertStatus.Acknowledged, by, now, null, null);
        return AlertAct.Of(Id, AlertAction.Acknowledged, clock) with { ActorId = by, Note = note };
    }

    /// <summary>It becomes another's: she is called at once, and the ladder begins again with her.</summary>
    public (AlertAct Act, ClinicalAlertRaised Raised) HandOver(Guid by, Guid to, string reason, TimeProvider clock)
    {
        if (Status == AlertStatus.Resolved)
        {
            throw new RuleViolation("ALERT_SETTLED", "This alert is over.");
        }

        (Status, AcknowledgedBy, AcknowledgedAt, ResponsibleId) = (AlertStatus.Open, null, null, to);
        (Step, NextStep, NextStepAt) = (null, AlertStep.Responsible, clock.GetUtcNow());
        Round++;
        return (AlertAct.Of(Id, AlertAction.HandedOver, clock) with { ActorId = by, ToId = to, Note = reason }, new ClinicalAlertRaised(Id));
    }

    /// <summary>It is over.</summary>
    public AlertAct Resolve(TimeProvider clock)
    {
        (Status, ResolvedAt, NextStep, NextStepAt) = (AlertStatus.Resolved, clock.GetUtcNow(), null, null);
        return AlertAct.Of(Id, AlertAction.Resolved, clock);
    }

    /// <summary>
    /// The responsible person, also when the care has ended meanwhile; whoever may open the patient's record as staff; and who was called, who may see no more
    /// than that there is one. It is no patient's to read: a result that was not released yet would show in it.
    /// </summary>
    public static IQueryable<ClinicalAlert> VisibleTo(CarelineDb db, Actor actor)
    {
        var me = actor.AccountId;
        var all = db.Set<ClinicalAlert>();
        var visible = ReadBy(db, actor).Select(a => a.Id).Union(db.Set<AlertCall>().Where(c => c.AccountId == me).Select(c => c.AlertId));
        return all.Where(a => visible.Contains(a.Id));
    }

    /// <summary>Of those the ones whose patient the actor may know.</summary>
    public static IQueryable<ClinicalAlert> ReadBy(CarelineDb db, Actor actor)
    {
        var (me, own) = (actor.AccountId, actor.PatientId ?? Guid.Empty);
        var cared = ClinicalCare.PatientsOf(db, actor).Except(ClinicalCare.OnlyActedForBy(db, actor));
        var all = db.Set<ClinicalAlert>();
        var read = all.Where(a => a.ResponsibleId == me).Select(a => a.Id).Union(all.Where(a => a.PatientId != own && cared.Contains(a.PatientId)).Select(a => a.Id));
        return all.Where(a => read.Contains(a.Id));
    }

    internal sealed class Mapping : IEntityTypeConfiguration<ClinicalAlert>
    {
        public void Configure(EntityTypeBuilder<ClinicalAlert> builder)
        {
            builder.ToTable("alerts", "vitals");
            builder.Property(a => a.Id).ValueGeneratedNever();
        }
    }
}
