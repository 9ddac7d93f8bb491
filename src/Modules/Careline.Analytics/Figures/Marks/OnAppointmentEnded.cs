using Careline.Platform.Events;
using Careline.Scheduling.Contracts;

namespace Careline.Analytics.Figures.Marks;

internal sealed class OnAppointmentEnded(VisitMarks marks) : IHandleMany<AppointmentEnded>
{
    public Task HandleAsync(IReadOnlyList<AppointmentEnded> happened, CancellationToken ct) => marks.MarkAsync(happened.Select(h => h.AppointmentId), [], ct);
}
