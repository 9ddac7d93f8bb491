using Careline.Labs.Orders;
using Careline.Labs.Results;
using Careline.Notifications.Contracts;
using Careline.Patients.Contracts;

namespace Careline.Labs.Notices;

/// <summary>Tells who ordered that there are results, and the patient that they were released: the order's number, and nothing of what they say. The caller saves.</summary>
internal sealed class LabNews(INotifier notifier, IPatientNews news)
{
    /// <summary>Tells the ordering doctor, once for all that came together.</summary>
    public async Task ResultsCameAsync(LabOrder order, Guid doctor, IReadOnlyList<LabResult> results, CancellationToken ct)
    {
        if (results.All(r => r.State == ResultState.Preliminary))
        {
            return;
        }

        var phrase = results.Any(r => r.State is ResultState.Corrected or ResultState.Cancelled) ? "labs.corrected" : "labs.resulted";
        await notifier.TellAsync(Of(order, phrase, NoticeSeverity.Important), [new Recipient(doctor)], ct);
    }

    /// <summary>Tells the patient, and who reads for the patient.</summary>
    public Task ReleasedAsync(LabOrder order, CancellationToken ct) =>
        news.TellAsync(order.PatientId, Of(order, "labs.released", NoticeSeverity.Info), p => p.CanRead, ct);

    private static Notice Of(LabOrder order, string phrase, NoticeSeverity severity) =>
        new(NoticeCategory.Record, severity, phrase) { Values = [("number", order.Number)], About = ("lab_order", order.Id) };
}
