using Careline.Accounts.Contracts;
using Careline.Patients.Contracts;

namespace Careline.Consultations.Charts;

/// <summary>
/// A patient as the clinical record names her. The same person may be known to more people by name and phone than may open her record, so this has
/// a filter of its own.
/// </summary>
internal sealed class PatientChart : IVisible<PatientChart>
{
    public Guid Id { get; init; }

    public string Number { get; init; } = "";

    public string Name { get; init; } = "";

    public DateOnly? DateOfBirth { get; init; }

    /// <summary>Her own, and those whose clinical record the actor may read.</summary>
    public static IQueryable<PatientChart> VisibleTo(CarelineDb db, Actor actor)
    {
        var me = actor.PatientId;
        var readable = ClinicalCare.PatientsOf(db, actor);
        return db.Set<PatientRow>().Where(p => p.Id == me || readable.Contains(p.Id))
            .Select(p => new PatientChart { Id = p.Id, Number = p.Number, Name = p.Name, DateOfBirth = p.DateOfBirth });
    }
}
