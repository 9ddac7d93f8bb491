using System.Linq.Expressions;
using Careline.Audit.Contracts;
using Careline.Clinics.Staff;

namespace Careline.Clinics.Rooms;

/// <summary>A room of a clinic.</summary>
public sealed record RoomResponse : IVersioned
{
    /// <summary>The room.</summary>
    public required Guid Id { get; init; }

    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>What it is for.</summary>
    public required RoomKind Kind { get; init; }

    /// <summary>How many people fit in.</summary>
    public required int Capacity { get; init; }

    /// <summary>What stands in it.</summary>
    public required IReadOnlyList<string> Equipment { get; init; }

    /// <inheritdoc />
    public required int Version { get; init; }

    internal static Expression<Func<Room, RoomResponse>> Projection { get; } = r => new RoomResponse
    {
        Id = r.Id,
        Name = r.Name,
        Kind = r.Kind,
        Capacity = r.Capacity,
        Equipment = r.Equipment,
        Version = r.Version,
    };

    private static readonly Func<Room, RoomResponse> _of = Projection.Compile();

    internal static RoomResponse Of(Room room) => _of(room);
}

/// <summary>Who works at a clinic sees its rooms; its administrators change them.</summary>
internal static class ManageRooms
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        const string One = "/{id:guid}/rooms/{roomId:guid}/";
        routes.MapGet("/{id:guid}/rooms/", List).Named("ListRooms", "The rooms of a clinic, by name.").ForSignedIn().VisibleAs<StaffedClinic>().WithFilters("kind");
        routes.MapPost("/{id:guid}/rooms/", Add).Named("AddRoom", "Adds a room.").ForSignedIn().VisibleAs<StaffedClinic>();
        routes.MapGet(One, Get).Named("GetRoom", "One room.").ForSignedIn().VisibleAs<StaffedClinic>();
        routes.MapPut(One, Replace).Named("ReplaceRoom", "Replaces what is said of a room.").ForSignedIn().VisibleAs<StaffedClinic>();
        routes.MapDelete(One, Remove).Named("RemoveRoom", "Takes a room out of use.").ForSignedIn().VisibleAs<StaffedClinic>();
    }

    private static async Task<PageAnswer<RoomResponse>> List(Guid id, ListQuery query, Actor actor, CarelineDb db, CancellationToken ct)
    {
        var rooms = await OfClinicAsync(db, actor, id, ct);
        if (query.Enum<RoomKind>("kind") is { } kind)
        {
            rooms = rooms.Where(r => r.Kind == kind);
        }

        query.Ordering("name");
        return Answer.Page(await query.PageAsync(rooms.OrderBy(r => r.Name).ThenBy(r => r.Id), RoomResponse.Projection, ct));
    }

    private static async Task<Answer<RoomResponse>> Get(Guid id, Guid roomId, Actor actor, CarelineDb db, CancellationToken ct) => Answer.Ok(
        await (await OfClinicAsync(db, actor, id, ct)).Where(r => r.Id == roomId).Select(RoomResponse.Projection).FirstOrDefaultAsync(ct) ?? throw new NotFound());

    private static async Task<CreatedAnswer<RoomResponse>> Add(Guid id, RoomRequest request, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        await StaffMember.RequireAdministratorAsync(db, actor, id, ct);
        var room = Room.Furnish(db.NewId(), id, request, db.Now);
        db.Add(room);
        trail.About("room", room.Id).Because("operations");
        await db.SaveChangesAsync(ct);
        return Answer.Created(RoomResponse.Of(room), "Room added.");
    }

    private static async Task<Answer<RoomResponse>> Replace(
        Guid id, Guid roomId, RoomRequest request, IfMatch ifMatch, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var room = await LoadAsync(db, actor, (id, roomId), ct);
        ifMatch.Check(room);
        room.Replace(request, db.Now);
        trail.About("room", roomId).Because("operations");
        await db.SaveChangesAsync(ct);
        return Answer.Ok(RoomResponse.Of(room), "Room changed.");
    }

    private static async Task<DeletedAnswer> Remove(Guid id, Guid roomId, IfMatch ifMatch, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var room = await LoadAsync(db, actor, (id, roomId), ct);
        ifMatch.Check(room);
        room.Remove(db.Now);
        trail.About("room", roomId).Because("operations");
        await db.SaveChangesAsync(ct);
        return Answer.Deleted();
    }

    private static async Task<Room> LoadAsync(CarelineDb db, Actor actor, (Guid Clinic, Guid Room) which, CancellationToken ct)
    {
        await StaffMember.RequireAdministratorAsync(db, actor, which.Clinic, ct);
        return await (await OfClinicAsync(db, actor, which.Clinic, ct)).AsTracking().FirstOrDefaultAsync(r => r.Id == which.Room, ct) ?? throw new NotFound();
    }

    private static async Task<IQueryable<Room>> OfClinicAsync(CarelineDb db, Actor actor, Guid id, CancellationToken ct) =>
        await StaffedClinic.VisibleTo(db, actor).AnyAsync(c => c.Id == id, ct)
            ? db.Set<Room>().Where(r => r.ClinicId == id && r.RemovedAt == null) : throw new NotFound();
}
