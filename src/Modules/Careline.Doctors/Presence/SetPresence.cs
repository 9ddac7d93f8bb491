using Careline.Accounts.Contracts;
using Careline.Platform.Signals;
using Microsoft.Extensions.Options;

namespace Careline.Doctors.Presence;

/// <summary>A doctor says that they are there, each minute or so. Nothing of it is kept, so it has no row in the audit either.</summary>
internal static class SetPresence
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/me/presence/", Own).Named("GetOwnPresence", "What the caller is shown to be doing.").ForRoles(Roles.Doctor);
        routes.MapPut("/me/presence/", Handle).Named("SetOwnPresence", "Says what the caller is doing; it ends by itself unless said again.")
            .ForRoles(Roles.Doctor).WithOwnTransaction();
    }

    private static async Task<Answer<PresenceResponse>> Own(Actor actor, CarelineDb db, CancellationToken ct)
    {
        var (doctor, now) = (actor.DoctorId ?? throw new NotFound(), db.Now);
        return Answer.Ok(await db.Set<DoctorPresence>().Where(p => p.DoctorId == doctor && p.ExpiresAt > now)
            .Select(p => new PresenceResponse(p.State, p.Note, p.ExpiresAt)).FirstOrDefaultAsync(ct) ?? new PresenceResponse(PresenceState.Offline, null, null));
    }

    private static async Task<Answer<PresenceResponse>> Handle(
        PresenceRequest request, Actor actor, CarelineDb db, PresenceBoard board, IOptions<DoctorsOptions> options, CancellationToken ct)
    {
        var (doctor, now, state) = (actor.DoctorId ?? throw new NotFound(), db.Now, EnumText<PresenceState>.Of(request.State));
        var until = request.State == PresenceState.Offline ? now : now.AddSeconds(options.Value.PresenceSeconds);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var before = await db.Set<DoctorPresence>().Where(p => p.DoctorId == doctor && p.ExpiresAt > now).Select(p => (PresenceState?)p.State)
            .FirstOrDefaultAsync(ct) ?? PresenceState.Offline;
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO doctors.presences (doctor_id, state, note, seen_at, expires_at) VALUES ({doctor}, {state}, {request.Note}, {now}, {until})
            ON CONFLICT (doctor_id) DO UPDATE SET state = excluded.state, note = excluded.note, seen_at = excluded.seen_at, expires_at = excluded.expires_at
            """,
            ct);

        // That somebody is still there is not worth a signal: the other hosts look now and then.
        if (before != request.State)
        {
            await SignalLine.SendAsync(db, PresenceBoard.Topic, doctor.ToString(), ct);
        }

        db.AfterCommit(() => board.Set(doctor, request.State, now, until));
        await transaction.CommitAsync(CancellationToken.None);
        return Answer.Ok(
            request.State == PresenceState.Offline ? new PresenceResponse(PresenceState.Offline, request.Note, null) : new PresenceResponse(request.State, request.Note, until),
            "Shown until then.");
    }
}
