using Careline.Payments.Contracts;
using Careline.Scheduling.Appointments;
using Careline.Scheduling.Availability;

namespace Careline.Scheduling.Paying;

/// <summary>A visit, or a time that is held for one, as something to pay for: the fee is the one that was told when it was booked.</summary>
internal sealed class PayableVisit(CarelineDb db) : IPayable
{
    // Whoever pays need not hurry, and nobody keeps a time for long by not paying.
    private static readonly TimeSpan _longestHold = TimeSpan.FromMinutes(60);

    public PayableKind Kind => PayableKind.Appointment;

    public async Task<PayablePrice?> PriceAsync(Guid id, Actor actor, CancellationToken ct)
    {
        var visit = await AppointmentView.Of(db, Appointment.VisibleTo(db, actor).Where(a => a.Id == id), actor).FirstOrDefaultAsync(ct);
        if (visit is null || visit.PartyOf(actor) == Party.Doctor)
        {
            return null;
        }

        var appointment = visit.Appointment;
        await CheckAsync(appointment, ct);
        return new PayablePrice
        {
            AmountMinor = appointment.FeeAmount!.Value,
            Currency = appointment.FeeCurrency!,
            Description = $"Appointment {appointment.Number}",
            PayerAccountId = visit.PartyOf(actor) == Party.Patient ? actor.AccountId : visit.PatientAccountId,
            PatientId = appointment.PatientId,
            DoctorId = appointment.DoctorId,
            ClinicId = appointment.ClinicId,
            IsFirstVisit = !await db.Set<Appointment>().AnyAsync(a => a.PatientId == appointment.PatientId && a.Status == AppointmentStatus.Completed, ct),
            Until = appointment.Status == AppointmentStatus.Held ? appointment.CreatedAt + _longestHold : null,
        };
    }

    /// <summary>A held time stays held for whoever pays for it.</summary>
    public Task KeepAsync(Guid id, DateTimeOffset until, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"""
        UPDATE scheduling.appointments SET expires_at = least({until}, created_at + {_longestHold}), updated_at = {db.Now}, version = version + 1
        WHERE id = {id} AND status = 'held' AND expires_at > {db.Now} AND expires_at < least({until}, created_at + {_longestHold})
        """,
        ct);

    private async Task CheckAsync(Appointment appointment, CancellationToken ct)
    {
        if (appointment.Status is AppointmentStatus.Cancelled or AppointmentStatus.Rejected or AppointmentStatus.Expired or AppointmentStatus.Requested
            || (appointment.Status == AppointmentStatus.Held && (appointment.ExpiresAt <= db.Now || appointment.HiddenAt is not null)))
        {
            throw new RuleViolation("NOT_PAYABLE", "There is no agreed visit to pay for.", new { status = appointment.Status });
        }

        if (appointment.FeeAmount is null or 0)
        {
            throw new RuleViolation("NO_FEE", "The visit costs nothing.");
        }

        // What the practice has not agreed to is not paid for: its answer may be no.
        if (appointment.Status == AppointmentStatus.Held
            && await db.Set<Schedule>().AnyAsync(s => s.DoctorId == appointment.DoctorId && s.BookingPolicy == BookingPolicy.Approval, ct))
        {
            throw new RuleViolation("NOT_PAYABLE", "The practice has to agree first: book, and pay when it has.", new { status = appointment.Status });
        }
    }
}
