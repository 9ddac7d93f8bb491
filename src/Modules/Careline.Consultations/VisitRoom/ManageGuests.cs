using Careline.Audit.Contracts;

namespace Careline.Consultations.VisitRoom;

/// <summary>Whom to ask in.</summary>
/// <param name="Kind">Why they come.</param>
/// <param name="Name">What the others see of them.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record InviteGuestRequest(GuestKind Kind, [Required, MaxLength(100)] string Name);

/// <summary>The key that was given to a guest.</summary>
/// <param name="Token">From the invitation.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record AcceptGuestRequest([Required, MaxLength(100)] string Token);

/// <summary>A third person who was asked into a visit.</summary>
/// <param name="Id">The invitation.</param>
/// <param name="Kind">Why they come.</param>
/// <param name="Name">As who asked calls them.</param>
/// <param name="InvitedBy">Who asked, and so agreed.</param>
/// <param name="CreatedAt">When.</param>
/// <param name="ExpiresAt">Until when it serves.</param>
/// <param name="UserId">Who took it up.</param>
/// <param name="RevokedAt">Since when it serves no more.</param>
/// <param name="Token">The key, shown once.</param>
/// <param name="Url">A page that takes it, shown once; what stands behind the # is sent to no server.</param>
public sealed record GuestResponse(
    Guid Id,
    GuestKind Kind,
    string Name,
    Guid InvitedBy,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt,
    Guid? UserId,
    DateTimeOffset? RevokedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Token = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Url = null);

/// <summary>
/// A third person comes by a key that the doctor or the patient gives them, with an account of their own, and waits to be let in as others do. Nothing is asked about
/// accounts, so that nobody learns who has one.
/// </summary>
internal static class ManageGuests
{
    private const int MostAtOnce = 3;

    public static void Map(RouteGroupBuilder consultations)
    {
        RoomVisitor.Guard(consultations.MapGet("/{id:guid}/session/guests/", List).Named("ListVisitGuests", "Lists who was asked into a visit.").ForSignedIn());
        RoomVisitor.Guard(consultations.MapPost("/{id:guid}/session/guests/", Invite).Named("InviteVisitGuest", "Asks a third person into a visit; the doctor or the patient does.").ForSignedIn());
        RoomVisitor.Guard(consultations.MapDelete("/{id:guid}/session/guests/{guestId:guid}/", Revoke).Named("RevokeVisitGuest", "Takes an invitation back, and sends the guest out.").ForSignedIn());
        consultations.MapPost("/{id:guid}/session/guests/accept/", Accept)
            .Named("AcceptVisitInvitation", "Takes up an invitation to a visit.")
            .ForSignedIn()
            .OpenToAll("The key in the body says who may; without the right one the visit does not exist.");
    }

    private static async Task<PageAnswer<GuestResponse>> List(Guid id, ListQuery query, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        await HostAsync(id, actor, db, trail, ct);
        var page = await query.PageAsync(db.Set<Guest>().Where(g => g.ConsultationId == id).OrderByDescending(g => g.CreatedAt).ThenBy(g => g.Id), ct);
        return Answer.Page(new Page<GuestResponse>([.. page.Rows.Select(g => Show(g))], page.Total, page.Number, page.Size));
    }

    private static async Task<CreatedAnswer<GuestResponse>> Invite(
        Guid id, InviteGuestRequest request, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var host = await HostAsync(id, actor, db, trail, ct);
        host.MustBeAgreed();
        var (now, (token, hash)) = (db.Now, OpaqueToken.Issue());
        await RoomOfAsync(id, db, ct);
        if (await db.Set<Guest>().CountAsync(g => g.ConsultationId == id && g.RevokedAt == null && now < g.ExpiresAt, ct) >= MostAtOnce)
        {
            throw new RuleViolation("TOO_MANY_GUESTS", $"At most {MostAtOnce} may be asked in at a time: take an invitation back first.");
        }

        // A visit may be late, and go on.
        var guest = Guest.Invite(db.NewId(), id, (request.Kind, request.Name), hash, actor.AccountId, now, host.ClosesAt(now) + TimeSpan.FromHours(12));
        db.Add(guest);
        db.Append(RoomEvent.Of(id, RoomEventKind.GuestInvited, actor.AccountId, now, guest.Id));
        await db.SaveChangesAsync(ct);
        return Answer.Created(Show(guest) with { Token = token, Url = $"/visit/{id}#guest={token}" }, "Invited: give them the address.");
    }

    private static async Task<DeletedAnswer> Revoke(Guid id, Guid guestId, Actor actor, CarelineDb db, RoomDesk desk, AuditTrail trail, CancellationToken ct)
    {
        await HostAsync(id, actor, db, trail, ct);
        var guest = await db.Set<Guest>().AsTracking().FirstOrDefaultAsync(g => g.Id == guestId && g.ConsultationId == id, ct) ?? throw new NotFound();
        guest.Revoke(db.Now);
        db.Append(RoomEvent.Of(id, RoomEventKind.GuestRevoked, actor.AccountId, db.Now, guest.Id));
        if (guest.AccountId is { } account)
        {
            await desk.RemoveAsync(id, account, ct);
        }

        await db.SaveChangesAsync(ct);
        return Answer.Deleted();
    }

    private static async Task<Answer<GuestResponse>> Accept(Guid id, AcceptGuestRequest request, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var (now, hash) = (db.Now, OpaqueToken.HashOf(request.Token));
        var guest = await db.Set<Guest>().FromSql($"SELECT * FROM consultations.guests WHERE token_hash = {hash} AND consultation_id = {id} FOR UPDATE").AsTracking().FirstOrDefaultAsync(ct);
        if (guest?.IsInForceAt(now) != true)
        {
            throw new NotFound();
        }

        var patient = await db.Set<Consultations.Consultation>().Where(c => c.Id == id).Select(c => c.PatientId).FirstAsync(ct);
        trail.About("consultation", id).Concerns(patient);
        guest.Accept(actor.AccountId, now);
        await db.SaveChangesAsync(ct);
        return Answer.Ok(Show(guest), "You may enter the visit.");
    }

    private static async Task<RoomVisitor> HostAsync(Guid id, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var visitor = await RoomVisitor.FindAsync(db, actor, id, ct);
        trail.About("consultation", id).Concerns(visitor.PatientId);
        return visitor.Role != RoomRole.Guest ? visitor : throw new PermissionDenied("The doctor and the patient ask others in.");
    }

    // Its row holds those who invite at once in a line, and the history needs it.
    private static async Task RoomOfAsync(Guid id, CarelineDb db, CancellationToken ct)
    {
        if (await db.Database.ExecuteSqlAsync($"UPDATE consultations.rooms SET seq = seq WHERE consultation_id = {id}", ct) == 0)
        {
            throw new RuleViolation("NO_ROOM", "Ask for the session first.");
        }
    }

    private static GuestResponse Show(Guest g) => new(g.Id, g.Kind, g.Name, g.InvitedBy, g.CreatedAt, g.ExpiresAt, g.AccountId, g.RevokedAt);
}
