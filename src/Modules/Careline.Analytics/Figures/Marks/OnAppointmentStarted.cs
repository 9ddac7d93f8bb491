using Careline.Platform.Events;
using Careline.Scheduling.Contracts;

namespace Careline.Analytics.Figures.Marks;

internal sealed class OnAppointmentStarted(VisitMarks marks) : IHandleMany<AppointmentStarted>
{
    public Task HandleAsync(IReadOnlyList<AppointmentStarted> happened, CancellationToken ct) => marks.MarkAsync(happened.Select(h => h.AppointmentId), [], ct);
}
