using Careline.Platform.Time;

namespace Careline.Scheduling.Rescheduling;

/// <summary>Another time that is proposed for an appointment.</summary>
public sealed record ProposalResponse
{
    /// <summary>The proposal.</summary>
    public required Guid Id { get; init; }

    /// <summary>The appointment, which keeps its time until the proposal is accepted.</summary>
    public required Guid AppointmentId { get; init; }

    /// <summary>What became of it.</summary>
    public required ProposalStatus Status { get; init; }

    /// <summary>Who proposed it: <c>patient</c> or <c>practice</c>; the other side answers.</summary>
    public required string ProposedBy { get; init; }

    /// <summary>Proposed first moment, UTC; the time is kept.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>First moment after it, UTC.</summary>
    public required DateTimeOffset End { get; init; }

    /// <summary>The IANA zone of the wall-clock times.</summary>
    public required string TimeZone { get; init; }

    /// <summary>The proposed day, in the zone.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>Proposed wall-clock start, in the zone.</summary>
    public required TimeOnly StartTime { get; init; }

    /// <summary>Why, in the proposer's words.</summary>
    public required string? Reason { get; init; }

    /// <summary>Until when it can be answered.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When it was answered or ended.</summary>
    public required DateTimeOffset? AnsweredAt { get; init; }

    internal static ProposalResponse From(RescheduleProposal proposal, string zone)
    {
        var (date, time) = ZonedTimes.ToLocal(proposal.StartsAt, zone);
        return new ProposalResponse
        {
            Id = proposal.Id,
            AppointmentId = proposal.AppointmentId,
            Status = proposal.Status,
            ProposedBy = proposal.ByPatient ? "patient" : "practice",
            Start = proposal.StartsAt,
            End = proposal.EndsAt,
            TimeZone = zone,
            Date = date,
            StartTime = time,
            Reason = proposal.Reason,
            ExpiresAt = proposal.ExpiresAt,
            AnsweredAt = proposal.AnsweredAt,
        };
    }
}
