using System.Text.Json.Nodes;
using Careline.Audit.Contracts;

namespace Careline.Consultations.VisitRoom;

/// <summary>Who says something in a room: a person on one of their lines.</summary>
internal readonly record struct Speaker(Guid ConsultationId, Actor Actor, Guid LineId)
{
    public Guid AccountId => Actor.AccountId;
}

/// <summary>What came of joining.</summary>
/// <param name="Since">Frames after this one are the line's.</param>
/// <param name="Answer">What to say first.</param>
/// <param name="IsInCall">Or waits.</param>
/// <param name="Waiting">To who is in the call: who waits already.</param>
internal sealed record Joining(long Since, RoomWord Answer, bool IsInCall, IReadOnlyList<WaitingWord> Waiting);

/// <summary>
/// What happens in a room. Each act holds the room's row, so that all of them are one after the other at whatever hosts, changes seats, history and frames in one
/// transaction, and tells the hosts once it has committed.
/// </summary>
internal sealed class RoomDesk(CarelineDb db, RoomHub hub, FieldCipher cipher, IActorNames names)
{
    /// <summary>Sits down on a line: in the call, or in the waiting room before it. Of two lines of one person the newer counts.</summary>
    public Task<Joining> JoinAsync(Speaker who, string? instance, CancellationToken ct) => InRoomAsync(who.ConsultationId, async room =>
    {
        var visitor = await RoomVisitor.FindAsync(db, who.Actor, who.ConsultationId, ct);
        visitor.MustBeOpen(db.Now);
        var (since, seats) = (room.Seq, await SeatsAsync(who.ConsultationId, ct));
        var seat = seats.FirstOrDefault(s => s.AccountId == who.AccountId);
        if (seat is null)
        {
            seat = Seat.Of(who.ConsultationId, who.AccountId);
            db.Add(seat);
        }

        if (seat.LineId is { } former && former != who.LineId)
        {
            Post(room, new EndedWord("elsewhere")).For(RoomAudience.Everybody, who.AccountId, who.LineId, RoomFrameKind.Takeover);
        }

        seat.Take(visitor.Role, who.LineId, instance, db.Now, TimeProvider.System.GetUtcNow());
        if (!seat.IsInCall)
        {
            var waits = await WaitingAsync(seat, ct);
            Post(room, waits).For(RoomAudience.Call, null, who.LineId);
            Record(who, RoomEventKind.Waiting);
            return new Joining(since, waits, false, []);
        }

        await MeetAsync(room, seat, seats, ct);
        Record(who, RoomEventKind.Joined, mode: room.Mode);
        var waiting = new List<WaitingWord>();
        foreach (var other in seats.Where(s => s.IsWaiting && s != seat))
        {
            waiting.Add(await WaitingAsync(other, ct));
        }

        return new Joining(since, new JoinedWord(who.AccountId, seat.Role, room.Mode), true, waiting);
    }, ct);

    /// <summary>Lets somebody in. The doctor lets in whoever waits; the patient a guest.</summary>
    public Task AdmitAsync(Speaker who, Guid accountId, CancellationToken ct) => InRoomAsync(who.ConsultationId, async room =>
    {
        var seats = await SeatsAsync(who.ConsultationId, ct);
        var own = await OwnAsync(who, seats, ct);
        var other = seats.FirstOrDefault(s => s.AccountId == accountId && s.LineId is not null) ?? throw new RuleViolation("NOT_WAITING", "Nobody of that id waits.");
        if (own.Role != RoomRole.Doctor && !(own.Role == RoomRole.Patient && other.Role == RoomRole.Guest))
        {
            throw new PermissionDenied("Only the doctor lets people in; the patient lets in a guest.");
        }

        if (other.IsWaiting)
        {
            other.Admit(db.Now);
            Post(room, new AdmittedWord(accountId, room.Mode)).For(RoomAudience.Everybody, accountId, null, RoomFrameKind.Admission);
            await MeetAsync(room, other, seats, ct);
            Record(who, RoomEventKind.Admitted, accountId);
            db.Append(RoomEvent.Of(who.ConsultationId, RoomEventKind.Joined, accountId, db.Now, mode: room.Mode));
        }

        return true;
    }, ct);

    /// <summary>Hands a frame on to the others in the call, or to one of them, as it is.</summary>
    public Task RelayAsync(Speaker who, JsonObject frame, Guid? to, CancellationToken ct) => InRoomAsync(who.ConsultationId, async room =>
    {
        await OwnAsync(who, await SeatsAsync(who.ConsultationId, ct), ct);
        frame["from"] = who.AccountId;
        Post(room, frame).For(RoomAudience.Call, to, who.LineId);
        return true;
    }, ct);

    /// <summary>Takes a step of the ladder, which holds for everybody.</summary>
    public Task StepAsync(Speaker who, RoomMode mode, string? reason, CancellationToken ct) => InRoomAsync(who.ConsultationId, async room =>
    {
        var own = await OwnAsync(who, await SeatsAsync(who.ConsultationId, ct), ct);
        if (own.Role == RoomRole.Guest)
        {
            throw new PermissionDenied("The doctor and the patient decide how they speak.");
        }

        if (room.Mode != mode)
        {
            room.Step(mode);
            Record(who, RoomEventKind.Stepped, mode: mode, reason: reason);
        }

        Post(room, new ModeWord(who.AccountId, mode, reason)).For(RoomAudience.Call, null, who.LineId);
        return true;
    }, ct);

    /// <summary>Goes, or is gone: whose line broke keeps the place for a while.</summary>
    public Task LeaveAsync(Speaker who, bool isLost, CancellationToken ct) => InRoomAsync(who.ConsultationId, async room =>
    {
        if ((await SeatsAsync(who.ConsultationId, ct)).FirstOrDefault(s => s.LineId == who.LineId) is { } seat)
        {
            Go(room, seat, isLost);
        }

        return true;
    }, ct);

    /// <summary>Ends the call for everybody. It can be begun anew while the room is open.</summary>
    public Task EndAsync(Speaker who, CancellationToken ct) => InRoomAsync(who.ConsultationId, async room =>
    {
        var seats = await SeatsAsync(who.ConsultationId, ct);
        if ((await OwnAsync(who, seats, ct)).Role != RoomRole.Doctor)
        {
            throw new PermissionDenied("Only the doctor ends the call for everybody.");
        }

        Close(room, seats, "ended_by_doctor", who.AccountId);
        return true;
    }, ct);

    /// <summary>Sends everybody out, for a reason that lies outside of the room. Within the caller's transaction; a room in which nobody is is left alone.</summary>
    public async Task CloseAsync(Guid consultationId, string reason, Guid? by, CancellationToken ct)
    {
        if (await HoldAsync(consultationId, ct) is { } room && await SeatsAsync(consultationId, ct) is var seats && seats.Exists(s => s.LineId is not null))
        {
            Close(room, seats, reason, by);
        }
    }

    /// <summary>Sends one person out, who may not be here any more. Within the caller's transaction.</summary>
    public async Task RemoveAsync(Guid consultationId, Guid accountId, CancellationToken ct)
    {
        if (await HoldAsync(consultationId, ct) is { } room)
        {
            Post(room, new EndedWord("removed")).For(RoomAudience.Everybody, accountId, null, RoomFrameKind.Removal);
            if ((await SeatsAsync(consultationId, ct)).FirstOrDefault(s => s.AccountId == accountId && s.LineId is not null) is { } seat)
            {
                Go(room, seat, isLost: false);
            }
        }
    }

    /// <summary>Gives up the places of hosts that died: their lines were said to be open for too long by nobody.</summary>
    public Task ForgetSilentAsync(Guid consultationId, DateTimeOffset before, CancellationToken ct) => InRoomAsync(consultationId, async room =>
    {
        foreach (var seat in (await SeatsAsync(consultationId, ct)).Where(s => s.LineId is not null && s.SeenAt < before))
        {
            Go(room, seat, isLost: true);
        }

        return true;
    }, ct);

    private void Close(Room room, IEnumerable<Seat> seats, string reason, Guid? by)
    {
        foreach (var seat in seats)
        {
            seat.Leave(db.Now);
        }

        Post(room, new EndedWord(reason)).For(RoomAudience.Everybody, null, null, RoomFrameKind.End);
        db.Append(RoomEvent.Of(room.ConsultationId, RoomEventKind.Ended, by, db.Now, reason: reason));
    }

    private void Go(Room room, Seat seat, bool isLost)
    {
        Post(room, new PeerLeftWord(seat.AccountId, isLost ? "lost" : "left")).For(RoomAudience.Call, null, seat.LineId);
        db.Append(RoomEvent.Of(room.ConsultationId, isLost ? RoomEventKind.Lost : RoomEventKind.Left, seat.AccountId, db.Now));
        if (isLost)
        {
            seat.Lose(db.Now);
        }
        else
        {
            seat.Leave(db.Now);
        }
    }

    // Each of the two is told of the other, and which of them gives way when both speak at once: never both, never neither.
    private async Task MeetAsync(Room room, Seat seat, IEnumerable<Seat> seats, CancellationToken ct)
    {
        var own = await DescribeAsync(seat, ct);
        foreach (var other in seats.Where(s => s.IsInCall && s.AccountId != seat.AccountId))
        {
            var isPolite = (seat.Role, seat.AccountId).CompareTo((other.Role, other.AccountId)) > 0;
            Post(room, own with { Polite = !isPolite }).For(RoomAudience.Call, other.AccountId);
            Post(room, (await DescribeAsync(other, ct)) with { Polite = isPolite }).For(RoomAudience.Call, seat.AccountId);
        }
    }

    private async Task<PeerJoinedWord> DescribeAsync(Seat seat, CancellationToken ct)
    {
        var guest = await GuestOfAsync(seat, ct);
        return new PeerJoinedWord(seat.AccountId, seat.Role, guest?.Name ?? await NameAsync(seat.AccountId, ct), guest?.Kind, seat.Instance, false);
    }

    private async Task<WaitingWord> WaitingAsync(Seat seat, CancellationToken ct)
    {
        var (guest, since) = (await GuestOfAsync(seat, ct), db.Now - Confirmation.Fresh);
        var isConfirmed = await db.Set<Confirmation>().AnyAsync(c => c.ConsultationId == seat.ConsultationId && c.AccountId == seat.AccountId && c.ConfirmedAt > since, ct);
        return new WaitingWord(seat.AccountId, seat.Role, guest?.Name ?? await NameAsync(seat.AccountId, ct), guest?.Kind, isConfirmed);
    }

    private Task<Guest?> GuestOfAsync(Seat seat, CancellationToken ct) => seat.Role != RoomRole.Guest
        ? Task.FromResult<Guest?>(null)
        : db.Set<Guest>().Where(g => g.ConsultationId == seat.ConsultationId && g.AccountId == seat.AccountId).OrderByDescending(g => g.CreatedAt).FirstOrDefaultAsync(ct);

    private async Task<string?> NameAsync(Guid accountId, CancellationToken ct) => (await names.OfAsync([accountId], ct)).GetValueOrDefault(accountId);

    // Asked anew with each frame: a right that has ended, a line that a newer one has replaced.
    private async Task<Seat> OwnAsync(Speaker who, IEnumerable<Seat> seats, CancellationToken ct)
    {
        if (!await RoomVisitor.OpenTo(db, who.Actor).AnyAsync(c => c.Id == who.ConsultationId, ct))
        {
            throw new NotFound();
        }

        return seats.FirstOrDefault(s => s.LineId == who.LineId && s.IsInCall) ?? throw new RuleViolation("NOT_IN_CALL", "You are not in the call.");
    }

    private Task<List<Seat>> SeatsAsync(Guid consultationId, CancellationToken ct) =>
        db.Set<Seat>().AsTracking().Where(s => s.ConsultationId == consultationId).ToListAsync(ct);

    private RoomFrame Post<T>(Room room, T frame)
    {
        var row = RoomFrame.Of(db.NewId(), room, JsonSerializer.Serialize(frame, WireJson.Options), cipher, db.Now);
        db.Add(row);
        db.AfterCommit(() => hub.Moved(room.ConsultationId, row.Seq));
        return row;
    }

    private void Record(Speaker who, RoomEventKind kind, Guid? subject = null, RoomMode? mode = null, string? reason = null) =>
        db.Append(RoomEvent.Of(who.ConsultationId, kind, who.AccountId, db.Now, subject, mode, reason));

    private Task<Room?> HoldAsync(Guid consultationId, CancellationToken ct) => db.Set<Room>()
        .FromSql($"SELECT * FROM consultations.rooms WHERE consultation_id = {consultationId} FOR UPDATE").AsTracking().FirstOrDefaultAsync(ct);

    private async Task<T> InRoomAsync<T>(Guid consultationId, Func<Room, Task<T>> act, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var room = await HoldAsync(consultationId, ct) ?? throw new RuleViolation("NO_ROOM", "Ask for the session first.");
        var result = await act(room);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return result;
    }
}
