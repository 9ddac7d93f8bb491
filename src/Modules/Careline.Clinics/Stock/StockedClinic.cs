using Careline.Accounts.Contracts;
using Careline.Clinics.Clinics;
using Careline.Platform.Time;

namespace Careline.Clinics.Stock;

/// <summary>
/// A clinic as those see it who have to do with what it keeps: its pharmacists and administrators, who write; its nurses and doctors, who look what there
/// is; the platform's administrators, who read. To others, its receptionists among them, it does not exist.
/// </summary>
internal sealed class StockedClinic : IVisible<StockedClinic>
{
    private static readonly ClinicRole[] _keepers = [ClinicRole.Administrator, ClinicRole.Pharmacist];
    private static readonly ClinicRole[] _readers = [.. _keepers, ClinicRole.Nurse, ClinicRole.Doctor];

    public Guid Id { get; init; }

    public string TimeZone { get; init; } = "";

    public static IQueryable<StockedClinic> VisibleTo(CarelineDb db, Actor actor)
    {
        var (isAdmin, me) = (actor.IsAdmin, actor.AccountId);
        return db.Set<Clinic>().Where(c => isAdmin || db.Set<StaffRow>().Any(s => s.ClinicId == c.Id && s.AccountId == me && _readers.Contains(s.Role)))
            .Select(c => new StockedClinic { Id = c.Id, TimeZone = c.TimeZone });
    }

    /// <summary>Who reads levels.</summary>
    /// <exception cref="NotFound">Not the actor's to see.</exception>
    public static async Task<StockedClinic> SeenAsync(CarelineDb db, Actor actor, Guid id, CancellationToken ct) =>
        await VisibleTo(db, actor).FirstOrDefaultAsync(c => c.Id == id, ct) ?? throw new NotFound();

    /// <summary>Who reads the books: what was paid, what was ordered, who moved what.</summary>
    public static async Task<StockedClinic> OpenBooksAsync(CarelineDb db, Actor actor, Guid id, CancellationToken ct)
    {
        var clinic = await SeenAsync(db, actor, id, ct);
        return actor.IsAdmin || await KeptBy(db, actor).ContainsAsync(id, ct) ? clinic : throw new PermissionDenied("Only who keeps the stock reads its books.");
    }

    /// <summary>Who writes.</summary>
    public static async Task<StockedClinic> KeepAsync(CarelineDb db, Actor actor, Guid id, CancellationToken ct)
    {
        var clinic = await SeenAsync(db, actor, id, ct);
        return await KeptBy(db, actor).ContainsAsync(id, ct) ? clinic : throw new PermissionDenied("Only pharmacists and administrators of this clinic keep its stock.");
    }

    /// <summary>The clinics whose stock somebody keeps.</summary>
    public static IQueryable<Guid> KeptBy(CarelineDb db, Actor actor)
    {
        var me = actor.AccountId;
        return db.Set<StaffRow>().Where(s => s.AccountId == me && _keepers.Contains(s.Role)).Select(s => s.ClinicId);
    }

    /// <summary>The day by the clinic's own clock: what expires today may still be handed out.</summary>
    public DateOnly Today(DateTimeOffset now) => ZonedTimes.ToLocal(now, TimeZone).Date;
}
