using Careline.Platform.Events;
using Careline.Scheduling.Contracts;

namespace Careline.Analytics.Figures.Marks;

internal sealed class OnAppointmentCompleted(VisitMarks marks) : IHandleMany<AppointmentCompleted>
{
    public Task HandleAsync(IReadOnlyList<AppointmentCompleted> happened, CancellationToken ct) => marks.MarkAsync(happened.Select(h => h.AppointmentId), [], ct);
}
