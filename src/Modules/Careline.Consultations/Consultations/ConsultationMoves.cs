using Careline.Consultations.History;
using Careline.Consultations.VisitRoom;
using Careline.Labs.Contracts;
using Careline.Prescriptions.Contracts;

namespace Careline.Consultations.Consultations;

/// <summary>What a move of the document brings with it, whether the doctor moved it here or the appointment moved first.</summary>
internal sealed class ConsultationMoves(CarelineDb db, IPrescriptions prescriptions, ILabs labs, RoomDesk room)
{
    public void Start(Consultation consultation, Guid? by)
    {
        consultation.Start(db.Now);
        Record(consultation, by, RevisionAction.Started);
    }

    public async Task CompleteAsync(Consultation consultation, Guid? by, CancellationToken ct)
    {
        db.Publish(consultation.Complete(db.Now));
        try
        {
            await prescriptions.IssueAsync(consultation.Id, ct);
        }
        catch (Refusal) when (by is null)
        {
            // The appointment moved first, and nobody is here to decide about a warning: the draft waits for its doctor, who signs it by itself.
        }

        await room.CloseAsync(consultation.Id, "completed", by, ct);
        Record(consultation, by, RevisionAction.Completed);
    }

    public async Task CancelAsync(Consultation consultation, Guid? by, CancellationToken ct)
    {
        consultation.Cancel(db.Now);
        await prescriptions.WithdrawAsync(consultation.Id, ct);
        await labs.WithdrawAsync(consultation.Id, ct);
        await room.CloseAsync(consultation.Id, "cancelled", by, ct);
        Record(consultation, by, RevisionAction.Cancelled);
    }

    private void Record(Consultation consultation, Guid? by, RevisionAction action) =>
        db.Append(Revision.Of(consultation.Id, by, action, db.Clock));
}
