using Careline.Clinics.Clinics;

namespace Careline.Clinics.Contracts;

/// <summary>A clinic from inside, as those see it who work there, and the platform's administrators. To others it does not exist.</summary>
public sealed class StaffedClinic : IVisible<StaffedClinic>
{
    /// <inheritdoc />
    public Guid Id { get; init; }

    /// <inheritdoc />
    public static IQueryable<StaffedClinic> VisibleTo(CarelineDb db, Actor actor) => Clinic.VisibleTo(db, actor).Select(c => new StaffedClinic { Id = c.Id });
}
