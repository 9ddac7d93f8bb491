using Careline.Audit.Events;

namespace Careline.Audit.Reading;

/// <summary>What the audit is narrowed by.</summary>
internal sealed record EventFilter
{
    public static readonly string[] Names = ["patient", "actor", "action", "from", "to"];

    public Guid? PatientId { get; init; }

    public Guid? ActorId { get; init; }

    public string? Action { get; init; }

    public DateTimeOffset? From { get; init; }

    public DateTimeOffset? To { get; init; }

    public static EventFilter Of(ListQuery query) => new()
    {
        PatientId = query.Id("patient"),
        ActorId = query.Id("actor"),
        Action = query.Text("action"),
        From = query.Instant("from"),
        To = query.Instant("to"),
    };

    public IQueryable<AuditEvent> Narrow(CarelineDb db)
    {
        // Fenced off: else a patient with few rows is looked for backwards through everybody's.
        var events = PatientId is { } patient
            ? db.Set<AuditEvent>().FromSql($"SELECT * FROM audit.events WHERE patient_ids @> ARRAY[{patient}]::uuid[] OFFSET 0")
            : db.Set<AuditEvent>();
        if (ActorId is { } actor)
        {
            events = events.Where(e => e.ActorId == actor);
        }

        if (Action is { } action)
        {
            events = events.Where(e => e.Action == action);
        }

        if (From is { } from)
        {
            events = events.Where(e => e.At >= from);
        }

        return To is { } to ? events.Where(e => e.At < to) : events;
    }
}
