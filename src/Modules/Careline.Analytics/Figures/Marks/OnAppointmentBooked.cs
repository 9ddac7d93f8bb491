using Careline.Platform.Events;
using Careline.Scheduling.Contracts;

namespace Careline.Analytics.Figures.Marks;

internal sealed class OnAppointmentBooked(VisitMarks marks) : IHandleMany<AppointmentBooked>
{
    public Task HandleAsync(IReadOnlyList<AppointmentBooked> happened, CancellationToken ct) => marks.MarkAsync(happened.Select(h => h.AppointmentId), [], ct);
}
