using Careline.Platform.Events;
using Careline.Scheduling.Contracts;

namespace Careline.Analytics.Figures.Marks;

/// <summary>The day that a visit left is counted again too.</summary>
internal sealed class OnAppointmentRescheduled(VisitMarks marks) : IHandleMany<AppointmentRescheduled>
{
    public Task HandleAsync(IReadOnlyList<AppointmentRescheduled> happened, CancellationToken ct) =>
        marks.MarkAsync(happened.Select(h => h.AppointmentId), happened.Select(h => h.From).OfType<DateTimeOffset>(), ct);
}
