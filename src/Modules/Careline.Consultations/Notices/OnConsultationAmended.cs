using Careline.Platform.Events;

namespace Careline.Consultations.Notices;

/// <summary>Tells that something was added to the document of a visit.</summary>
internal sealed class OnConsultationAmended(DocumentNews news) : IHandle<ConsultationAmended>
{
    public Task HandleAsync(ConsultationAmended happened, CancellationToken ct) => news.TellAsync(happened.ConsultationId, "consultations.amended", ct);
}
