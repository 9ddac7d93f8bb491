using Careline.Audit.Contracts;
using Careline.Scheduling.Appointments;
using Careline.Scheduling.Notices;

namespace Careline.Scheduling.Rescheduling;

/// <summary>Where proposals are made and answered. The proposed time is kept by a hold, so that the constraints guard it as they guard every other.</summary>
internal sealed class ProposalDesk(CarelineDb db, AppointmentDesk desk, AuditTrail trail, VisitNotices notices)
{
    /// <summary>Proposes a time that was found free, and saves.</summary>
    public async Task<RescheduleProposal> ProposeAsync(
        AppointmentView view, BookingFacts facts, VisitTime time, string? reason, Actor actor, CancellationToken ct)
    {
        var appointment = view.Appointment;
        if (time.Start < appointment.EndsAt && appointment.StartsAt < time.End)
        {
            throw new RuleViolation("PROPOSAL_OVERLAPS", "The proposed time overlaps the present one, which stays taken until the proposal is accepted. Choose a time beside it.");
        }

        if (await db.Set<RescheduleProposal>().AnyAsync(p => p.AppointmentId == appointment.Id && p.Status == ProposalStatus.Open, ct))
        {
            throw new RuleViolation("PROPOSAL_OPEN", "Another time is proposed already. It is answered or taken back first.");
        }

        trail.About("appointment", appointment.Id).Concerns(appointment.PatientId);
        var (by, act) = (view.PartyOf(actor), new Act(actor.AccountId, db.Now));
        var hold = await desk.KeepAsync(facts, time, act, RescheduleProposal.Until(appointment, time, db.Now), ct);
        var proposal = RescheduleProposal.Make(appointment, hold, by, act, reason);
        db.Add(proposal);
        await TellOtherSideAsync(view, proposal, "scheduling.proposal_made", ct);
        await db.SaveChangesAsync(ct);
        return proposal;
    }

    /// <summary>Accepts or declines, and saves.</summary>
    public async Task<RescheduleProposal> AnswerAsync(AppointmentView view, RescheduleProposal proposal, bool accepts, Actor actor, CancellationToken ct)
    {
        var act = new Act(actor.AccountId, db.Now);
        proposal.Answer(accepts, view.PartyOf(actor), act);
        trail.About("appointment", view.Appointment.Id).Concerns(view.Appointment.PatientId);
        if (accepts)
        {
            // That it was moved is told to both sides.
            await desk.MoveToKeptAsync(view, proposal.HoldId, proposal.Time, actor, ct);
        }
        else
        {
            await TellProposerAsync(view, proposal, ct);
            KeptTimes.LetGo(db, proposal.HoldId, act.At);
            await db.SaveChangesAsync(ct);
        }

        return proposal;
    }

    /// <summary>Takes a proposal back, and saves.</summary>
    public async Task WithdrawAsync(AppointmentView view, RescheduleProposal proposal, Actor actor, CancellationToken ct)
    {
        var act = new Act(actor.AccountId, db.Now);
        proposal.Withdraw(view.PartyOf(actor), act);
        trail.About("appointment", view.Appointment.Id).Concerns(view.Appointment.PatientId);
        KeptTimes.LetGo(db, proposal.HoldId, act.At);
        await db.SaveChangesAsync(ct);
    }

    private Task TellOtherSideAsync(AppointmentView view, RescheduleProposal proposal, string phrase, CancellationToken ct)
    {
        var appointment = view.Appointment;
        var notice = VisitNotices.Of(phrase, appointment.Id, (proposal.StartsAt, appointment.TimeZone), proposal.ExpiresAt, ("number", appointment.Number));
        return proposal.ByPatient ? notices.ToAccountAsync(view.DoctorAccountId, notice, ct) : notices.ToPatientAsync(appointment.PatientId, notice, ct);
    }

    private Task TellProposerAsync(AppointmentView view, RescheduleProposal proposal, CancellationToken ct)
    {
        var (id, at, number) = (view.Appointment.Id, (view.Appointment.StartsAt, view.Appointment.TimeZone), ("number", view.Appointment.Number));
        var notice = VisitNotices.Of("scheduling.proposal_declined", id, at, at.StartsAt, number);
        return proposal.ByPatient ? notices.ToPatientAsync(view.Appointment.PatientId, notice, ct) : notices.ToAccountAsync(proposal.ProposedBy, notice, ct);
    }
}
