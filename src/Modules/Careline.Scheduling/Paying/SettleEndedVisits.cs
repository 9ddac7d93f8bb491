using Careline.Payments.Contracts;
using Careline.Platform.Events;
using Careline.Scheduling.Appointments;

namespace Careline.Scheduling.Paying;

/// <summary>
/// There will be no visit: what was paid goes back by the terms that held when it was called off. Who cancels in time, and whom the practice lets down, gets all of it;
/// who cancels late pays the late fee; who does not come pays the whole.
/// </summary>
internal sealed class SettleEndedVisits(CarelineDb db, IPayments payments) : IHandle<AppointmentEnded>
{
    public Task HandleAsync(AppointmentEnded happened, CancellationToken ct) => SettleAsync(db, payments, happened.AppointmentId, ct);

    /// <summary>Settles one; a second time changes nothing.</summary>
    public static async Task SettleAsync(CarelineDb db, IPayments payments, Guid appointmentId, CancellationToken ct)
    {
        var ended = await db.Set<Appointment>().Where(a => a.Id == appointmentId).Select(a => new { a.Status, a.CancelledBy, a.DoctorId }).FirstOrDefaultAsync(ct);
        if (ended is null || Moves.Occupies(ended.Status))
        {
            return;
        }

        var late = await db.Set<LateCancellationFee>().Where(f => f.Id == appointmentId).Select(f => (int?)f.FeePercent).FirstOrDefaultAsync(ct);
        var kept = ended.Status switch
        {
            AppointmentStatus.NoShow => 100,
            AppointmentStatus.Cancelled => late ?? 0,
            _ => 0,
        };
        var isDoctors = ended.CancelledBy is { } by && await db.Set<Doctors.Contracts.DoctorRow>().AnyAsync(d => d.Id == ended.DoctorId && d.AccountId == by, ct);
        var reason = isDoctors ? RefundReason.DoctorUnavailable : RefundReason.ConsultationCancelled;
        await payments.SettleAsync(new PaymentEnd(PayableKind.Appointment, appointmentId, kept, reason, ended.CancelledBy), ct);
    }
}
