using Careline.Clinics.Contracts;
using Careline.Doctors.Contracts;
using Careline.Labs.Collections;
using Careline.Labs.Orders;
using Careline.Labs.Results;
using Careline.Notifications.Contracts;
using Careline.Patients.Contracts;

namespace Careline.Labs.Notices;

/// <summary>Tells who ordered that there are results, and the patient that they were released: the order's number, and nothing of what they say. The caller saves.</summary>
internal sealed class LabNews(CarelineDb db, INotifier notifier, IPatientNews news)
{
    /// <summary>Tells the ordering doctor, once for all that came together.</summary>
    public async Task ResultsCameAsync(LabOrder order, Guid doctor, IReadOnlyList<LabResult> results, CancellationToken ct)
    {
        if (results.All(r => r.State == ResultState.Preliminary))
        {
            return;
        }

        var phrase = results.Any(r => r.State is ResultState.Corrected or ResultState.Cancelled) ? "labs.corrected" : "labs.resulted";
        await notifier.TellAsync(Of(order.Id, order.Number, phrase, NoticeSeverity.Important), [new Recipient(doctor)], ct);
    }

    /// <summary>Tells the ordering doctor that another sample is needed.</summary>
    public async Task SampleRejectedAsync(LabOrder order, CancellationToken ct)
    {
        var doctor = await db.Set<DoctorRow>().Where(d => d.Id == order.DoctorId).Select(d => d.AccountId).FirstAsync(ct);
        await notifier.TellAsync(Of(order.Id, order.Number, "labs.rejected", NoticeSeverity.Important), [new Recipient(doctor)], ct);
    }

    /// <summary>Tells the patient, and who reads for the patient.</summary>
    public Task ReleasedAsync(Guid patientId, Guid orderId, string number, CancellationToken ct) =>
        news.TellAsync(patientId, Of(orderId, number, "labs.released", NoticeSeverity.Info), p => p.CanRead, ct);

    /// <summary>Tells the patient, and who books for the patient, when samples are taken.</summary>
    public async Task CollectionAsync(Guid patientId, string number, Collection collection, string phrase, CancellationToken ct)
    {
        var clinic = await db.Set<ClinicRow>().Where(c => c.Id == collection.ClinicId).Select(c => new { c.Name, c.TimeZone }).FirstAsync(ct);
        var notice = new Notice(NoticeCategory.Appointment, NoticeSeverity.Info, phrase)
        {
            Values = [("number", number), ("clinic", clinic.Name)],
            Moments = [new Moment("start", collection.StartsAt, clinic.TimeZone)],
            TimeZone = clinic.TimeZone,
            About = ("lab_collection", collection.Id),
        };
        await news.TellAsync(patientId, notice, p => p.CanBook, ct);
    }

    private static Notice Of(Guid orderId, string number, string phrase, NoticeSeverity severity) =>
        new(NoticeCategory.Record, severity, phrase) { Values = [("number", number)], About = ("lab_order", orderId) };
}
