using Careline.Audit.Contracts;
using Careline.Sockets.Contracts;
using Microsoft.Extensions.Options;

namespace Careline.Consultations.VisitRoom;

/// <summary>What somebody needs to enter the room of a visit.</summary>
public sealed record VisitSessionResponse
{
    /// <summary>The room's name. Nobody guesses it.</summary>
    public required string Room { get; init; }

    /// <summary>The caller, as frames name people.</summary>
    public required Guid UserId { get; init; }

    /// <summary>As what the caller is there.</summary>
    public required RoomRole Role { get; init; }

    /// <summary>The step of the ladder.</summary>
    public required RoomMode Mode { get; init; }

    /// <summary>Whether it can be entered now.</summary>
    public required bool IsOpen { get; init; }

    /// <summary>From when.</summary>
    public required DateTimeOffset OpensAt { get; init; }

    /// <summary>Until when, as matters stand; a visit that goes on keeps it open.</summary>
    public required DateTimeOffset ClosesAt { get; init; }

    /// <summary>For RTCPeerConnection. Relays are named once the room is open.</summary>
    public required IReadOnlyList<IceServer> IceServers { get; init; }

    /// <summary>Until when relays take the credential: ask again for a call that goes on.</summary>
    public required DateTimeOffset IceExpiresAt { get; init; }

    /// <summary>Opens the socket, once, within <see cref="TicketExpiresIn"/> seconds.</summary>
    public required string Ticket { get; init; }

    /// <summary>Seconds.</summary>
    public required int TicketExpiresIn { get; init; }

    /// <summary>The socket's path.</summary>
    public required string Socket { get; init; }

    /// <summary>The media server, where there is one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public VisitSfu? Sfu { get; init; }

    /// <summary>The appointment, whose chat is there when nothing else works; not for a guest.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? AppointmentId { get; init; }

    /// <summary>What the patient's side last confirmed; for the doctor and the patient.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ConfirmationResponse? Confirmation { get; init; }
}

/// <summary>A media server.</summary>
/// <param name="Url">Its address.</param>
/// <param name="Token">Lets in; null for who has not been let in here.</param>
/// <param name="ExpiresAt">Until when.</param>
public sealed record VisitSfu(string Url, string? Token, DateTimeOffset ExpiresAt);

internal static class OpenSession
{
    public static void Map(RouteGroupBuilder consultations) => RoomVisitor.Guard(consultations.MapPost("/{id:guid}/session/", Handle)
        .Named("OpenVisitSession", "Gives what is needed to enter the room of a visit: servers with credentials that serve for a while, a ticket for the socket, the hours.")
        .ForSignedIn());

    private static async Task<Answer<VisitSessionResponse>> Handle(
        Guid id, Actor actor, CarelineDb db, ISocketTickets tickets, Confirmations confirmations, IOptionsMonitor<VisitRoomOptions> settings, AuditTrail trail, CancellationToken ct)
    {
        var (options, now) = (settings.CurrentValue, db.Now);
        var visitor = await RoomVisitor.FindAsync(db, actor, id, ct);
        trail.About("consultation", id).Concerns(visitor.PatientId);
        visitor.MustBeAgreed();
        var room = await OpenAsync(db, visitor, actor, ct);
        var isOpen = visitor.IsOpenAt(now);
        var session = new VisitSessionResponse
        {
            Room = room.Name,
            UserId = actor.AccountId,
            Role = visitor.Role,
            Mode = room.Mode,
            IsOpen = isOpen,
            OpensAt = visitor.OpensAt,
            ClosesAt = visitor.ClosesAt(now),
            IceServers = IceServers.For(options, isOpen, now.AddMinutes(options.TurnMinutes)),
            IceExpiresAt = now.AddMinutes(options.TurnMinutes),
            Ticket = tickets.Issue(actor),
            TicketExpiresIn = (int)ISocketTickets.Life.TotalSeconds,
            Socket = $"/ws/consultations/{id}/",
            Sfu = options.HasLiveKit ? await SfuAsync(db, options, room, visitor, actor, ct) : null,
            AppointmentId = visitor.Role == RoomRole.Guest ? null : visitor.AppointmentId,
            Confirmation = visitor.Role == RoomRole.Guest ? null : await confirmations.LatestAsync(id, ct),
        };
        await db.SaveChangesAsync(ct);
        return Answer.Ok(session, isOpen ? "The room is open." : "The room is not open at this time.");
    }

    // Of two who ask at once, one makes it.
    private static async Task<Room> OpenAsync(CarelineDb db, RoomVisitor visitor, Actor actor, CancellationToken ct)
    {
        var room = Room.Of(visitor.ConsultationId, visitor.Modality, db.Now);
        if (await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO consultations.rooms (consultation_id, name, mode, seq, created_at)
            VALUES ({room.ConsultationId}, {room.Name}, {EnumText<RoomMode>.Of(room.Mode)}, 0, {room.CreatedAt}) ON CONFLICT DO NOTHING
            """,
            ct) == 1)
        {
            db.Append(RoomEvent.Of(visitor.ConsultationId, RoomEventKind.Created, actor.AccountId, db.Now, mode: room.Mode));
            return room;
        }

        return await db.Set<Room>().FirstAsync(r => r.ConsultationId == visitor.ConsultationId, ct);
    }

    // A token would pass by the waiting room: only who is in the call here has one there.
    private static async Task<VisitSfu> SfuAsync(CarelineDb db, VisitRoomOptions options, Room room, RoomVisitor visitor, Actor actor, CancellationToken ct)
    {
        var isIn = visitor.IsOpenAt(db.Now) && (visitor.Role == RoomRole.Doctor || await db.Set<Seat>().AnyAsync(
            s => s.ConsultationId == visitor.ConsultationId && s.AccountId == actor.AccountId && s.AdmittedAt != null && s.LineId != null, ct));
        return new VisitSfu(
            options.LiveKitUrl,
            isIn ? LiveKitToken.For(options, new LiveKitGrant(room.Name, actor.AccountId.ToString("N"), visitor.Role), db.Now) : null,
            db.Now.AddMinutes(options.LiveKitMinutes));
    }
}
