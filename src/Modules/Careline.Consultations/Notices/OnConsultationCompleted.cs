using Careline.Platform.Events;

namespace Careline.Consultations.Notices;

/// <summary>Tells that the document of a visit can be read.</summary>
internal sealed class OnConsultationCompleted(DocumentNews news) : IHandle<ConsultationCompleted>
{
    public Task HandleAsync(ConsultationCompleted happened, CancellationToken ct) => news.TellAsync(happened.ConsultationId, "consultations.completed", ct);
}
