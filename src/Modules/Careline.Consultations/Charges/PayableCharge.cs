using Careline.Accounts.Contracts;
using Careline.Consultations.Consultations;
using Careline.Patients.Contracts;
using Careline.Payments.Contracts;
using Careline.Scheduling.Contracts;

namespace Careline.Consultations.Charges;

/// <summary>A charge of a visit as something to pay for.</summary>
internal sealed class PayableCharge(CarelineDb db) : IPayable
{
    public PayableKind Kind => PayableKind.Consultation;

    public async Task<PayablePrice?> PriceAsync(Guid id, Actor actor, CancellationToken ct)
    {
        var found = await (
            from charge in Charge.VisibleTo(db, actor)
            join visit in db.Set<Consultation>() on charge.ConsultationId equals visit.Id
            join appointment in db.Set<AppointmentRow>() on visit.AppointmentId equals appointment.Id
            where charge.Id == id
            select new { charge, visit.PatientId, visit.DoctorId, appointment.ClinicId }).FirstOrDefaultAsync(ct);
        if (found is null || found.DoctorId == actor.DoctorId)
        {
            return null;
        }

        return found.charge.WaivedAt is null
            ? new PayablePrice
            {
                AmountMinor = found.charge.Amount,
                Currency = found.charge.Currency,
                Description = found.charge.Description,
                PayerAccountId = await PatientPayer.OfAsync(db, actor, found.PatientId, ct),
                PatientId = found.PatientId,
                DoctorId = found.DoctorId,
                ClinicId = found.ClinicId,
            }
            : throw new RuleViolation("NOT_PAYABLE", "It was let go.");
    }
}
