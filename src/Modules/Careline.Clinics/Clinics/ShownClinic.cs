namespace Careline.Clinics.Clinics;

/// <summary>A clinic as whoever reads of it sees it: what patients say, they say of one that they see.</summary>
internal sealed class ShownClinic : IVisible<ShownClinic>
{
    public Guid Id { get; init; }

    public static IQueryable<ShownClinic> VisibleTo(CarelineDb db, Actor actor) => Clinic.VisibleToAnyone(db, actor).Select(c => new ShownClinic { Id = c.Id });
}
