using Careline.Audit.Contracts;

namespace Careline.Consultations.VisitRoom;

/// <summary>Something that happened in the room of a visit.</summary>
public sealed record RoomEventResponse
{
    /// <summary>The entry.</summary>
    public Guid Id { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>What.</summary>
    public RoomEventKind Kind { get; init; }

    /// <summary>Who did it; null where nobody did.</summary>
    public Guid? ActorId { get; init; }

    /// <summary>Whom it was done to: the account, or the invitation of a guest.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? SubjectId { get; init; }

    /// <summary>The step of the ladder.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RoomMode? Mode { get; init; }

    /// <summary>Why.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reason { get; init; }
}

internal static class ListRoomEvents
{
    public static void Map(RouteGroupBuilder consultations) => RoomVisitor.Guard(consultations.MapGet("/{id:guid}/session/events/", Handle)
        .Named("ListVisitEvents", "Lists what happened in the room of a visit, newest first: who came and went, each step of the ladder and why.")
        .ForSignedIn());

    private static async Task<PageAnswer<RoomEventResponse>> Handle(Guid id, ListQuery query, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var visitor = await RoomVisitor.FindAsync(db, actor, id, ct);
        trail.About("consultation", id).Concerns(visitor.PatientId);
        if (visitor.Role == RoomRole.Guest)
        {
            throw new PermissionDenied("The record of a visit is the doctor's and the patient's.");
        }

        return Answer.Page(await query.PageAsync(
            db.Set<RoomEvent>().Where(e => e.ConsultationId == id).OrderByDescending(e => e.At).ThenByDescending(e => e.Id)
                .Select(e => new RoomEventResponse { Id = e.Id, At = e.At, Kind = e.Kind, ActorId = e.ActorId, SubjectId = e.SubjectId, Mode = e.Mode, Reason = e.Reason }),
            ct));
    }
}
