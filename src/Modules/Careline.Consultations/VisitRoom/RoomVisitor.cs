using Careline.Accounts.Contracts;
using Careline.Consultations.Consultations;
using Careline.Doctors.Contracts;
using Careline.Patients.Contracts;
using Careline.Scheduling.Contracts;

namespace Careline.Consultations.VisitRoom;

/// <summary>
/// Somebody who has to do with a room: the assigned doctor, the patient and who acts for the patient, and whoever was asked in. Who only reads the record, such as a
/// nurse, does not: the room is a conversation, not a document.
/// </summary>
internal sealed record RoomVisitor(
    Guid ConsultationId, Guid AppointmentId, Guid PatientId, RoomRole Role, Guest? Invitation, AppointmentStatus Status, Modality Modality, DateTimeOffset StartsAt, DateTimeOffset EndsAt)
{
    public DateTimeOffset OpensAt => StartsAt - VisitDoors.OpenBefore;

    /// <summary>Whether the visit will not be held any more, or is over.</summary>
    public bool IsOver => Status == AppointmentStatus.Completed || AppointmentStatusOf.IsOff(Status);

    /// <summary>For whom a room is there at all.</summary>
    public static IQueryable<Consultation> OpenTo(CarelineDb db, Actor actor)
    {
        var (patient, doctor, me, now) = (actor.PatientId, actor.DoctorId, actor.AccountId, db.Now);
        var actedFor = ProxyRow.InForce(db, actor).Where(p => p.CanRead).Select(p => p.PatientId);
        return db.Set<Consultation>().Where(c => c.DeletedAt == null
            && (c.DoctorId == doctor || c.PatientId == patient || actedFor.Contains(c.PatientId)
                || db.Set<Guest>().Any(g => g.ConsultationId == c.Id && g.AccountId == me && g.RevokedAt == null && now < g.ExpiresAt)));
    }

    /// <summary>The id in the path names a room: for everybody else it is 404, before the body is read.</summary>
    public static RouteHandlerBuilder Guard(RouteHandlerBuilder route) => route.WithMetadata(new VisibilityCheck(
        "id", typeof(Consultation), (db, actor, id, ct) => OpenTo(db, actor).AnyAsync(c => c.Id == id, ct)));

    /// <summary>As what somebody is here.</summary>
    /// <exception cref="NotFound">As nothing.</exception>
    public static async Task<RoomVisitor> FindAsync(CarelineDb db, Actor actor, Guid consultationId, CancellationToken ct)
    {
        var (me, now) = (actor.AccountId, db.Now);
        var found = await (
            from c in OpenTo(db, actor)
            join a in db.Set<AppointmentRow>() on c.AppointmentId equals a.Id
            where c.Id == consultationId
            select new { c.DoctorId, c.PatientId, Visit = a }).FirstOrDefaultAsync(ct) ?? throw new NotFound();
        var invitation = await db.Set<Guest>().Where(g => g.ConsultationId == consultationId && g.AccountId == me && g.RevokedAt == null && now < g.ExpiresAt)
            .OrderByDescending(g => g.CreatedAt).FirstOrDefaultAsync(ct);
        var acts = found.PatientId == actor.PatientId
            || await ProxyRow.InForce(db, actor).AnyAsync(p => p.CanRead && p.PatientId == found.PatientId, ct);
        var role = found.DoctorId == actor.DoctorId ? RoomRole.Doctor : acts ? RoomRole.Patient : RoomRole.Guest;
        return new RoomVisitor(
            consultationId, found.Visit.Id, found.PatientId, role, role == RoomRole.Guest ? invitation : null, found.Visit.Status, found.Visit.Modality, found.Visit.StartsAt, found.Visit.EndsAt);
    }

    /// <summary>Whether the room can be entered: around its time, and while the visit goes on, however late that is.</summary>
    public bool IsOpenAt(DateTimeOffset now) => Status == AppointmentStatus.InProgress || (!IsOver && now >= OpensAt && now < EndsAt + VisitDoors.StayOpenAfter);

    /// <summary>When the room closes, as matters stand: a visit that goes on keeps it open for another while.</summary>
    public DateTimeOffset ClosesAt(DateTimeOffset now)
    {
        var planned = EndsAt + VisitDoors.StayOpenAfter;
        var kept = now + VisitDoors.StayOpenAfter;
        return Status == AppointmentStatus.InProgress && kept > planned ? kept : planned;
    }

    /// <exception cref="RuleViolation">The visit is over, or was never agreed.</exception>
    public void MustBeAgreed()
    {
        if (IsOver)
        {
            throw new RuleViolation("VISIT_OVER", Status == AppointmentStatus.Completed ? "This visit is over." : "This visit does not take place.", new { Status });
        }

        if (Status is AppointmentStatus.Requested or AppointmentStatus.Held)
        {
            throw new RuleViolation("APPOINTMENT_NOT_AGREED", "Only an agreed visit has a room.");
        }
    }

    /// <exception cref="RuleViolation">It is not the time.</exception>
    public void MustBeOpen(DateTimeOffset now)
    {
        MustBeAgreed();
        if (!IsOpenAt(now))
        {
            throw now < OpensAt
                ? new RuleViolation("ROOM_NOT_OPEN", "The room is not open yet.", new { OpensAt })
                : new RuleViolation("ROOM_CLOSED", "The room is closed: the doctor opens it again by starting the visit.", new { ClosesAt = ClosesAt(now) });
        }
    }
}
