using Careline.Accounts.Contracts;
using Careline.Patients.Contracts;
using Careline.Payments.Contracts;
using Careline.Prescriptions.Prescriptions;

namespace Careline.Prescriptions.Paying;

/// <summary>A prescription as something to pay for: what its pharmacy asks.</summary>
internal sealed class PayablePrescription(CarelineDb db) : IPayable
{
    public PayableKind Kind => PayableKind.Prescription;

    public async Task<PayablePrice?> PriceAsync(Guid id, Actor actor, CancellationToken ct)
    {
        var prescription = await Prescription.VisibleTo(db, actor).FirstOrDefaultAsync(p => p.Id == id, ct);
        if (prescription is null || (prescription.DoctorId == actor.DoctorId && prescription.PatientId != actor.PatientId))
        {
            return null;
        }

        var quote = await db.Set<Quote>().FirstOrDefaultAsync(q => q.Id == id && q.ClinicId == prescription.PharmacyId, ct);
        if (quote is null || prescription.Status is not (PrescriptionStatus.Active or PrescriptionStatus.Completed))
        {
            throw new RuleViolation("NOT_PAYABLE", "The pharmacy has not said what it costs, or it is not valid any more.", new { status = prescription.Status });
        }

        return new PayablePrice
        {
            AmountMinor = quote.Amount,
            Currency = quote.Currency,
            Description = $"Prescription {prescription.Number}",
            PayerAccountId = await PatientPayer.OfAsync(db, actor, prescription.PatientId, ct),
            PatientId = prescription.PatientId,
            ClinicId = quote.ClinicId,
        };
    }
}
