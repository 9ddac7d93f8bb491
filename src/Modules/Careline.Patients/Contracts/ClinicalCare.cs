using Careline.Accounts.Contracts;
using Careline.Patients.Clinics;

namespace Careline.Patients.Contracts;

/// <summary>Who may open what is clinical about another person: the one rule that every clinical module filters and refuses by.</summary>
public static class ClinicalCare
{
    /// <summary>
    /// The patients whom the actor treats at this moment, and so may write about. An emergency look and acting for somebody open a record for
    /// reading only.
    /// </summary>
    public static IQueryable<Guid> TreatedBy(CarelineDb db, Actor actor)
    {
        var isClinician = IsClinician(actor);
        return AndNursed(db, actor, InForce(db, actor).Where(r => isClinician && r.Reason != CareReason.Proxy && r.Reason != CareReason.BreakGlass));
    }

    /// <summary>
    /// The patients whose clinical record the actor may read at this moment. Registering a patient makes a relationship too, also for a
    /// receptionist; but only caring, acting for the patient, or an emergency opens what is clinical.
    /// </summary>
    public static IQueryable<Guid> PatientsOf(CarelineDb db, Actor actor)
    {
        var inForce = InForce(db, actor);
        return AndNursed(db, actor, IsClinician(actor)
            ? inForce
            : inForce.Where(r => r.Reason == CareReason.Proxy || r.Reason == CareReason.BreakGlass));
    }

    /// <summary>
    /// Of those the patients whom the actor knows for no other reason than that the actor acts for them: a nurse does not read her mother's drafts.
    /// </summary>
    public static IQueryable<Guid> OnlyActedForBy(CarelineDb db, Actor actor)
    {
        var inForce = InForce(db, actor);
        return inForce.Where(r => r.Reason == CareReason.Proxy).Select(r => r.PatientId)
            .Except(AndNursed(db, actor, inForce.Where(r => r.Reason != CareReason.Proxy)));
    }

    /// <summary>The appointments for which patients are at this moment at a clinic where the actor is a nurse.</summary>
    public static IQueryable<Guid> VisitsNursedBy(CarelineDb db, Actor nurse) => Attendance.NursedBy(db, nurse).Select(a => a.SourceId);

    /// <summary>Whom the actor knows by a relationship of whatever reason, also where it opens nothing clinical.</summary>
    internal static IQueryable<Guid> KnownTo(CarelineDb db, Actor actor) => AndNursed(db, actor, InForce(db, actor));

    /// <summary><see cref="PatientsOf"/> without those for whom the actor only acts: a nurse reads as a daughter what any daughter reads.</summary>
    internal static IQueryable<Guid> ReadAsStaffBy(CarelineDb db, Actor actor)
    {
        var isClinician = IsClinician(actor);
        return AndNursed(db, actor, InForce(db, actor).Where(r => r.Reason != CareReason.Proxy && (isClinician || r.Reason == CareReason.BreakGlass)));
    }

    internal static IQueryable<CareRelationshipRow> InForce(CarelineDb db, Actor actor)
    {
        var (me, now) = (actor.AccountId, db.Now);
        return db.Set<CareRelationshipRow>().Where(r => r.AccountId == me && r.From <= now && (r.Until == null || now < r.Until));
    }

    /// <summary>Gives care, and so reads what is still being written.</summary>
    public static bool IsClinician(Actor actor) => actor.Is(Roles.Doctor) || actor.Is(Roles.Nurse);

    /// <summary>
    /// What to answer when the query found nothing. An administrator could open it by giving a reason and is told so, of existing and absent things
    /// alike; for everybody else it does not exist.
    /// </summary>
    public static Refusal Refuse(Actor actor) => actor.IsAdmin ? BreakGlass() : new NotFound();

    /// <summary>Refuses a list to an administrator who has opened nobody's record: an empty one would say that there is nothing.</summary>
    /// <exception cref="PermissionDenied">BREAK_GLASS_REQUIRED.</exception>
    public static async Task CheckListAsync(CarelineDb db, Actor actor, CancellationToken ct)
    {
        if (actor.IsAdmin && !IsClinician(actor) && actor.PatientId is null && !await PatientsOf(db, actor).AnyAsync(ct))
        {
            throw BreakGlass();
        }
    }

    // A nurse cares for whoever is at her clinic, without a relationship of her own. Nobody else's question looks there.
    private static IQueryable<Guid> AndNursed(CarelineDb db, Actor actor, IQueryable<CareRelationshipRow> relationships)
    {
        var patients = relationships.Select(r => r.PatientId);
        return actor.Is(Roles.Nurse) ? patients.Union(Attendance.NursedBy(db, actor).Select(a => a.PatientId)) : patients;
    }

    private static PermissionDenied BreakGlass() =>
        new("Clinical records open to administrators only in an emergency, with a reason.", "BREAK_GLASS_REQUIRED");
}
