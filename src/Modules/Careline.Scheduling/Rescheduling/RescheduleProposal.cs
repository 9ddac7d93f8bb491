using Careline.Scheduling.Appointments;

namespace Careline.Scheduling.Rescheduling;

/// <summary>What became of a proposal.</summary>
public enum ProposalStatus
{
    /// <summary>Waits for the other side.</summary>
    Open,

    /// <summary>The visit has the proposed time.</summary>
    Accepted,

    /// <summary>The visit stays where it was.</summary>
    Declined,

    /// <summary>Whoever proposed it took it back.</summary>
    Withdrawn,

    /// <summary>Nobody answered in time.</summary>
    Expired,

    /// <summary>The visit was moved, called off or begun in the meantime.</summary>
    Superseded,
}

/// <summary>Another time that one side proposes for an agreed visit.</summary>
internal sealed class RescheduleProposal : IVersioned
{
    private static readonly TimeSpan _stands = TimeSpan.FromHours(48);

    public Guid Id { get; private set; }

    public Guid AppointmentId { get; private set; }

    /// <summary>The row that keeps the proposed time.</summary>
    public Guid HoldId { get; private set; }

    public DateTimeOffset StartsAt { get; private set; }

    public DateTimeOffset EndsAt { get; private set; }

    public Guid? TimeSlotId { get; private set; }

    public Guid? ClinicId { get; private set; }

    /// <summary>The patient's side proposes and the practice answers, or the other way round.</summary>
    public bool ByPatient { get; private set; }

    public Guid ProposedBy { get; private set; }

    public string? Reason { get; private set; }

    public ProposalStatus Status { get; private set; }

    public DateTimeOffset ExpiresAt { get; private set; }

    public Guid? AnsweredBy { get; private set; }

    public DateTimeOffset? AnsweredAt { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public int Version { get; private set; } = 1;

    /// <summary>The proposed time. A slot that was withdrawn since is no matter: the time was kept.</summary>
    public VisitTime Time => new(StartsAt, EndsAt, TimeSlotId, ClinicId);

    /// <summary>Until when a proposal stands: two days, and never longer than either time lies ahead.</summary>
    public static DateTimeOffset Until(Appointment appointment, VisitTime time, DateTimeOffset now) =>
        new[] { now + _stands, appointment.StartsAt, time.Start }.Min();

    public static RescheduleProposal Make(Appointment appointment, Appointment hold, Party by, Act act, string? reason) => new()
    {
        Id = Ids.New(act.At),
        AppointmentId = appointment.Id,
        HoldId = hold.Id,
        StartsAt = hold.StartsAt,
        EndsAt = hold.EndsAt,
        TimeSlotId = hold.TimeSlotId,
        ClinicId = hold.ClinicId,
        ByPatient = by == Party.Patient,
        ProposedBy = act.ActorId!.Value,
        Reason = reason,
        ExpiresAt = hold.ExpiresAt!.Value,
        CreatedAt = act.At,
    };

    /// <summary>The other side answers.</summary>
    /// <exception cref="PermissionDenied">It is the proposer's own.</exception>
    /// <exception cref="RuleViolation">It is too late.</exception>
    public void Answer(bool accepts, Party by, Act act)
    {
        if ((by == Party.Patient) == ByPatient)
        {
            throw new PermissionDenied("The other side answers. You can take the proposal back.");
        }

        if (ExpiresAt <= act.At)
        {
            throw new RuleViolation("PROPOSAL_EXPIRED", "The proposal was not answered in time. The appointment stays where it is.");
        }

        Close(accepts ? ProposalStatus.Accepted : ProposalStatus.Declined, act);
    }

    /// <exception cref="PermissionDenied">It is the other side's.</exception>
    public void Withdraw(Party by, Act act)
    {
        if ((by == Party.Patient) != ByPatient)
        {
            throw new PermissionDenied("Who proposed it takes it back. You can decline it.");
        }

        Close(ProposalStatus.Withdrawn, act);
    }

    private void Close(ProposalStatus status, Act act) => (Status, AnsweredBy, AnsweredAt) = (status, act.ActorId, act.At);

    internal sealed class Mapping : IEntityTypeConfiguration<RescheduleProposal>
    {
        public void Configure(EntityTypeBuilder<RescheduleProposal> builder)
        {
            builder.ToTable("reschedule_proposals", "scheduling");
            builder.Property(p => p.Id).ValueGeneratedNever();
        }
    }
}
