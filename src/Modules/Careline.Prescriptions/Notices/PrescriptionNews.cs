using Careline.Clinics.Contracts;
using Careline.Notifications.Contracts;
using Careline.Patients.Contracts;
using Careline.Platform.Events;
using Careline.Prescriptions.Prescriptions;

namespace Careline.Prescriptions.Notices;

/// <summary>Tells the patient, and who reads for the patient, what became of a prescription: its number, and nothing of what it says.</summary>
internal sealed class PrescriptionNews(CarelineDb db, IPatientNews news, INotifier notifier)
{
    public async Task TellPatientAsync(Guid prescriptionId, NoticeSeverity severity, string phrase, CancellationToken ct)
    {
        var found = await db.Set<Prescription>().Where(p => p.Id == prescriptionId).Select(p => new { p.PatientId, p.Number }).FirstAsync(ct);
        await news.TellAsync(found.PatientId, NoticeOf(prescriptionId, found.Number, severity, phrase), p => p.CanRead, ct);
    }

    public async Task TellPharmacyAsync(Guid prescriptionId, Guid clinicId, CancellationToken ct)
    {
        var number = await db.Set<Prescription>().Where(p => p.Id == prescriptionId && p.PharmacyId == clinicId).Select(p => p.Number).FirstOrDefaultAsync(ct);
        if (number is null)
        {
            return;
        }

        var pharmacists = await db.Set<StaffRow>().Where(s => s.ClinicId == clinicId && s.Role == ClinicRole.Pharmacist).Select(s => s.AccountId).Distinct().ToListAsync(ct);
        await notifier.TellAsync(
            NoticeOf(prescriptionId, number, NoticeSeverity.Info, "prescriptions.sent"), pharmacists.Select(id => new Recipient(id)), ct);
    }

    private static Notice NoticeOf(Guid prescriptionId, string number, NoticeSeverity severity, string phrase) => new(NoticeCategory.Prescription, severity, phrase)
    {
        Values = [("number", number)],
        About = ("prescription", prescriptionId),
    };
}

internal sealed class OnPrescriptionSigned(PrescriptionNews news) : IHandle<PrescriptionSigned>
{
    public Task HandleAsync(PrescriptionSigned happened, CancellationToken ct) =>
        news.TellPatientAsync(happened.PrescriptionId, NoticeSeverity.Info, "prescriptions.signed", ct);
}

internal sealed class OnPrescriptionCancelled(PrescriptionNews news) : IHandle<PrescriptionCancelled>
{
    public Task HandleAsync(PrescriptionCancelled happened, CancellationToken ct) =>
        news.TellPatientAsync(happened.PrescriptionId, NoticeSeverity.Critical, "prescriptions.cancelled", ct);
}

internal sealed class OnPrescriptionSent(PrescriptionNews news) : IHandle<PrescriptionSent>
{
    public Task HandleAsync(PrescriptionSent happened, CancellationToken ct) => news.TellPharmacyAsync(happened.PrescriptionId, happened.ClinicId, ct);
}
