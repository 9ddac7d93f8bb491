using System.Text.Json.Nodes;
using Careline.Audit.Contracts;
using Careline.Sockets.Contracts;
using Microsoft.Extensions.Logging;

namespace Careline.Consultations.VisitRoom;

/// <summary>What is said on the socket of a room: signalling between the two, and the waiting room before it.</summary>
internal sealed partial class VisitTalk(RoomHub hub, IServiceScopeFactory scopes, ILogger<VisitTalk> log) : ISocketTalk
{
    private const int MostReason = 200;
    private const int MostInstance = 64;

    private readonly Lock _lock = new();
    private SocketLine _line = null!;
    private Task _last = Task.CompletedTask;
    private bool _isInCall;

    public Guid ConsultationId { get; private set; }

    public Guid LineId { get; } = Ids.New(TimeProvider.System);

    /// <summary>The newest frame that the line has had; null while it is not in the room.</summary>
    public long? Cursor { get; private set; }

    private Speaker Self => new(ConsultationId, _line.Actor, LineId);

    public async Task BeginAsync(SocketLine line, HttpContext http, CancellationToken ct)
    {
        // What is no id is no visit, and that is told as of every other visit that is not theirs.
        (_line, ConsultationId) = (line, Guid.TryParse(http.GetRouteValue("consultationId") as string, out var id) ? id : Guid.Empty);
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CarelineDb>();
        var trail = scope.ServiceProvider.GetRequiredService<AuditTrail>().About("consultation", ConsultationId);
        RoomVisitor visitor;
        try
        {
            visitor = await RoomVisitor.FindAsync(db, line.Actor, ConsultationId, ct);
        }
        catch (NotFound)
        {
            await ((IRequestTrail)trail).RefusedAsync(http, StatusCodes.Status404NotFound);
            line.Close(SocketClose.NotMember, "Not yours to enter.");
            return;
        }

        await ((IRequestTrail)trail.Concerns(visitor.PatientId).Always()).BeforeAnswerAsync(http);
        var mode = await db.Set<Room>().Where(r => r.ConsultationId == ConsultationId).Select(r => (RoomMode?)r.Mode).FirstOrDefaultAsync(ct);
        hub.Enter(this);
        line.Say(new ReadyWord(line.Actor.AccountId, visitor.Role, mode ?? RoomMode.Video, visitor.IsOpenAt(db.Now), visitor.OpensAt, visitor.ClosesAt(db.Now)));
    }

    public async Task HearAsync(ReadOnlyMemory<byte> frame, CancellationToken ct)
    {
        if (Read(frame.Span) is not { } said || Text(said, "type") is not { } type)
        {
            _line.Say(new RoomError("MALFORMED_FRAME", "Not a frame of this socket."));
            return;
        }

        if (type == "ping")
        {
            _line.Say(new RoomPong());
            return;
        }

        if (!await _line.IsSignedInAsync(isUse: true, ct))
        {
            return;
        }

        try
        {
            // What was begun is finished, also when the line breaks meanwhile: its end comes after it.
            _last = AnswerAsync(type, said);
            await _last;
        }
        catch (NotFound)
        {
            _line.Close(SocketClose.NotMember, "Not yours to enter any more.");
        }
        catch (Refusal refusal)
        {
            _line.Say(new RoomError(refusal.Code, refusal.Message, refusal.Details));
        }
        catch (Exception error) when (error is Npgsql.NpgsqlException or TimeoutException or DbUpdateException)
        {
            LogFailed(log, error.GetType().Name);
            _line.Say(new RoomError("UNAVAILABLE", "The service is temporarily unavailable. Try again shortly."));
        }
    }

    public void End()
    {
        hub.Leave(this);
        hub.Finish(EndAsync());
    }

    /// <summary>Hands a frame to the line, if it is for it, and does what it says.</summary>
    public void Hand(RoomFrame frame, ReadOnlyMemory<byte> bytes)
    {
        lock (_lock)
        {
            if (Cursor is not { } cursor || frame.Seq <= cursor)
            {
                return;
            }

            Cursor = frame.Seq;
            if (frame.FromLine == LineId || (frame.ToAccount is { } to && to != _line.Actor.AccountId) || (frame.Audience == RoomAudience.Call && !_isInCall))
            {
                return;
            }

            // Before the other side hears of it, which may answer at once.
            if (frame.Kind == RoomFrameKind.Admission)
            {
                _isInCall = true;
            }
            else if (frame.Kind is RoomFrameKind.End or RoomFrameKind.Takeover or RoomFrameKind.Removal)
            {
                (Cursor, _isInCall) = (null, false);
            }

            _line.Send(bytes);
            if (frame.Kind == RoomFrameKind.Takeover)
            {
                _ = CloseAsync(1000, "Joined from elsewhere.");
            }
            else if (frame.Kind == RoomFrameKind.Removal)
            {
                _ = CloseAsync(SocketClose.NotMember, "Not yours to enter any more.");
            }
        }
    }

    /// <summary>Looks whether the person may still be here, and whether it is still the time; who talks is not cut off by the clock, who waits for nobody is told.</summary>
    public async Task LookAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CarelineDb>();
        try
        {
            var visitor = await RoomVisitor.FindAsync(db, _line.Actor, ConsultationId, ct);
            if (Cursor is not null && !visitor.IsOpenAt(db.Now) && !await db.Set<Seat>().AnyAsync(
                s => s.ConsultationId == ConsultationId && s.Role == RoomRole.Doctor && s.LineId != null && s.AdmittedAt != null, ct))
            {
                await using var transaction = await db.Database.BeginTransactionAsync(ct);
                await scope.ServiceProvider.GetRequiredService<RoomDesk>().CloseAsync(ConsultationId, "closed", null, ct);
                await db.SaveChangesAsync(ct);
                await transaction.CommitAsync(ct);
            }
        }
        catch (NotFound)
        {
            _line.Close(SocketClose.NotMember, "Not yours to enter any more.");
        }
    }

    // Read to its leaves, since it is handed on as it is: text that is no Unicode is found here, not at a reader's.
    private static JsonObject? Read(ReadOnlySpan<byte> frame)
    {
        try
        {
            var said = JsonSerializer.Deserialize<JsonObject>(frame, WireJson.Options);
            said?.ToJsonString();
            return said;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }

    private static string? Text(JsonObject frame, string name)
    {
        try
        {
            return frame[name] is JsonValue value && value.TryGetValue<string>(out var text) && !text.Contains('\0', StringComparison.Ordinal) ? text : null;
        }
        catch (InvalidOperationException)
        {
            // Text that is no valid Unicode.
            return null;
        }
    }

    private static string? Short(JsonObject frame, string name, int most) => Text(frame, name) switch
    {
        { Length: var length } text when length <= most => text,
        null when frame[name] is null => null,
        _ => throw new InvalidInput(name, $"Must be text of at most {most} characters."),
    };

    private static Guid? Id(JsonObject frame, string name) => frame[name] is null ? null
        : Guid.TryParseExact(Text(frame, name), "D", out var id) ? id : throw new InvalidInput(name, "Must be an id.");

    private Task AnswerAsync(string type, JsonObject said) => type switch
    {
        "join" => JoinAsync(Short(said, "instance", MostInstance)),
        "admit" => DoAsync(desk => desk.AdmitAsync(Self, Id(said, "user_id") ?? throw new InvalidInput("user_id", "This field is required."), CancellationToken.None)),
        "description" when said["sdp"] is not null => RelayAsync(said),
        "candidate" when said.ContainsKey("candidate") => RelayAsync(said),
        "mode" => DoAsync(desk => desk.StepAsync(Self, ModeOf(said), Short(said, "reason", MostReason), CancellationToken.None)),
        "leave" => LeaveAsync(),
        "end" => DoAsync(desk => desk.EndAsync(Self, CancellationToken.None)),
        "description" => throw new InvalidInput("sdp", "This field is required."),
        "candidate" => throw new InvalidInput("candidate", "This field is required."),
        _ => throw new RuleViolation("UNKNOWN_TYPE", "No such type of frame."),
    };

    private static RoomMode ModeOf(JsonObject said) => EnumText<RoomMode>.TryParse(Text(said, "mode") ?? "", out var mode)
        ? mode
        : throw new InvalidInput("mode", $"Must be one of: {string.Join(", ", EnumText<RoomMode>.All)}.");

    private async Task JoinAsync(string? instance)
    {
        if (Cursor is not null)
        {
            throw new RuleViolation("ALREADY_JOINED", "You have joined already.");
        }

        await DoAsync(async desk =>
        {
            var joined = await desk.JoinAsync(Self, instance, CancellationToken.None);
            lock (_lock)
            {
                _line.Say<object>(joined.Answer);
                foreach (var waiting in joined.Waiting)
                {
                    _line.Say(waiting);
                }

                (_isInCall, Cursor) = (joined.IsInCall, joined.Since);
            }

            hub.Wake(ConsultationId);
        });
    }

    private Task RelayAsync(JsonObject said)
    {
        var to = Id(said, "to");
        return DoAsync(desk => desk.RelayAsync(Self, said, to, CancellationToken.None));
    }

    private async Task LeaveAsync()
    {
        lock (_lock)
        {
            (_isInCall, Cursor) = (false, null);
        }

        await DoAsync(desk => desk.LeaveAsync(Self, isLost: false, CancellationToken.None));
    }

    private async Task DoAsync(Func<RoomDesk, Task> act)
    {
        await using var scope = scopes.CreateAsyncScope();
        await act(scope.ServiceProvider.GetRequiredService<RoomDesk>());
    }

    private async Task EndAsync()
    {
        try
        {
            await _last.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (Cursor is not null)
            {
                await DoAsync(desk => desk.LeaveAsync(Self, isLost: true, CancellationToken.None));
            }
        }
        catch (Exception error)
        {
            // The place is given up by whichever host looks, once nobody says that it is taken.
            LogFailed(log, error.GetType().Name);
        }
    }

    // The reason must reach the page before the line is closed under it.
    private async Task CloseAsync(int code, string reason)
    {
        await _line.DrainAsync(CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _line.Close(code, reason);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The line of a room failed: {ErrorType}")]
    private static partial void LogFailed(ILogger logger, string errorType);
}
