using Careline.Doctors.Contracts;
using Careline.Payments.Contracts;
using Careline.Platform.Events;
using Careline.Scheduling.Appointments;

namespace Careline.Scheduling.Paying;

/// <summary>
/// The visit is paid: it is agreed and confirmed. Money that comes when its time is lost or the visit was called off goes back whole; money that had come before
/// it was called off, which is only heard of afterwards, by the terms of whoever called it off. A second time finds it confirmed and does nothing.
/// </summary>
internal sealed class OnPaymentCaptured(CarelineDb db, AppointmentDesk desk, IPayments payments) : IHandle<PaymentCaptured>
{
    public async Task HandleAsync(PaymentCaptured happened, CancellationToken ct)
    {
        if (happened.Kind != PayableKind.Appointment)
        {
            return;
        }

        var appointment = await db.Set<Appointment>().FromSql($"SELECT * FROM scheduling.appointments WHERE id = {happened.SubjectId} FOR NO KEY UPDATE")
            .AsTracking().FirstOrDefaultAsync(ct);
        var isHeld = appointment is { Status: AppointmentStatus.Held, HiddenAt: null } && appointment.ExpiresAt > db.Now;
        if (isHeld || appointment?.Status == AppointmentStatus.Scheduled)
        {
            var doctor = await db.Set<DoctorRow>().FirstAsync(d => d.Id == appointment!.DoctorId, ct);
            await desk.ConfirmPaidAsync(appointment!, doctor, ct);
        }
        else if (appointment is null || !Moves.Occupies(appointment.Status) || appointment.Status == AppointmentStatus.Held)
        {
            if (appointment?.CancelledAt is { } at && await db.Set<PaymentRow>().AnyAsync(p => p.Id == happened.PaymentId && p.CapturedAt <= at, ct))
            {
                await SettleEndedVisits.SettleAsync(db, payments, happened.SubjectId, ct);
            }
            else if (appointment?.Status is not (AppointmentStatus.Completed or AppointmentStatus.NoShow))
            {
                // A visit that took place, or that the patient missed, was to be paid for all the same.
                await payments.SettleAsync(new PaymentEnd(PayableKind.Appointment, happened.SubjectId, 0, RefundReason.ConsultationCancelled), ct);
            }
        }
    }
}
