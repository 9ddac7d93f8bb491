using Careline.Accounts.Contracts;
using Careline.Patients.Contracts;

namespace Careline.Vitals.Observations;

/// <summary>A patient as those see her who may read what was measured of her: herself, and whoever may open her clinical record.</summary>
internal sealed class MeasuredPatient : IVisible<MeasuredPatient>
{
    public Guid Id { get; init; }

    public static IQueryable<MeasuredPatient> VisibleTo(CarelineDb db, Actor actor)
    {
        var me = actor.PatientId;
        var readable = ClinicalCare.PatientsOf(db, actor);
        return db.Set<PatientRow>().Where(p => p.Id == me || readable.Contains(p.Id)).Select(p => new MeasuredPatient { Id = p.Id });
    }

    /// <summary>Goes on where the actor may read.</summary>
    /// <exception cref="Refusal">Not, or there is no such patient.</exception>
    public static async Task RequireAsync(CarelineDb db, Actor actor, Guid id, CancellationToken ct)
    {
        if (!await VisibleTo(db, actor).AnyAsync(p => p.Id == id, ct))
        {
            throw ClinicalCare.Refuse(actor);
        }
    }
}
