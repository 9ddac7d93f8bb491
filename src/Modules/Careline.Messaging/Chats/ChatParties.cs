using Careline.Accounts.Contracts;
using Careline.Doctors.Contracts;
using Careline.Messaging.Participants;
using Careline.Patients.Contracts;
using Careline.Scheduling.Contracts;

namespace Careline.Messaging.Chats;

/// <summary>Somebody who takes part at once.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="NeedsCare">By treating the patient, or acting for them, and for no longer than that.</param>
internal sealed record Seated(Guid AccountId, bool NeedsCare);

/// <summary>A chat that may be begun: what it is about, who is in it at once and who is asked first.</summary>
internal sealed record ChatOpening(ChatSubject Subject, IReadOnlyList<Seated> Members, IReadOnlyList<Guid> Invited);

/// <summary>
/// Who may speak with whom. A patient and the doctor of an agreed visit do at once; a patient may ask any doctor who takes patients, and a doctor a patient of theirs, and the
/// other side decides. Staff ask staff; into a chat of a patient only those who treat that patient, and for no longer. Patients among themselves do not, and a chat never speaks of two
/// patients.
/// </summary>
internal sealed class ChatParties(CarelineDb db, IAccountActors accounts, IAdministratorAccounts administrators, IEnumerable<IRoleProfile> profiles)
{
    private static readonly AppointmentStatus[] _agreed =
        [AppointmentStatus.Scheduled, AppointmentStatus.Confirmed, AppointmentStatus.CheckedIn, AppointmentStatus.InProgress, AppointmentStatus.Completed];

    /// <summary>The two sides of a visit.</summary>
    /// <exception cref="NotFound">It is not the actor's.</exception>
    public async Task<ChatOpening> OfAppointmentAsync(Guid appointmentId, Actor actor, CancellationToken ct)
    {
        var (patient, doctor) = (actor.PatientId, actor.DoctorId);
        var represented = ProxyRow.InForce(db, actor).Where(p => p.CanRead).Select(p => p.PatientId);
        var visit = await (
            from a in db.Set<AppointmentRow>()
            join d in db.Set<DoctorRow>() on a.DoctorId equals d.Id
            join p in db.Set<PatientRow>() on a.PatientId equals p.Id
            where a.Id == appointmentId && (a.PatientId == patient || a.DoctorId == doctor || represented.Contains(a.PatientId))
            select new { a.Status, a.PatientId, a.DoctorId, Doctor = d.AccountId, Patient = p.AccountId }).FirstOrDefaultAsync(ct) ?? throw new NotFound();
        if (!_agreed.Contains(visit.Status))
        {
            throw new RuleViolation("APPOINTMENT_NOT_AGREED", "A chat belongs to a visit that is agreed or took place.");
        }

        if (!await TreatsAsync(visit.Doctor, visit.PatientId, ct))
        {
            throw new RuleViolation("CARE_ENDED", "The doctor's care for this patient has ended: ask the doctor for a chat instead.");
        }

        // For a patient without an account whoever acts for them; and who acts for them now.
        var members = new List<Seated> { new(visit.Doctor, true) };
        members.AddRange(visit.Patient is { } own ? [new Seated(own, false)] : (await RepresentativesAsync(visit.PatientId, ct)).Select(id => new Seated(id, true)));
        if (members.All(m => m.AccountId != actor.AccountId))
        {
            members.Add(new Seated(actor.AccountId, true));
        }

        return new ChatOpening(new ChatSubject(ChatType.Direct, visit.PatientId, visit.DoctorId, appointmentId), members, []);
    }

    /// <summary>A patient and a doctor.</summary>
    /// <exception cref="PermissionDenied">They may not speak; nobody is told whether the other exists.</exception>
    public async Task<ChatOpening> OfPairAsync(Guid otherId, Actor actor, CancellationToken ct)
    {
        var other = otherId == actor.AccountId ? null : await accounts.FindAsync(otherId, ct);
        if (other is not null && actor.PatientId is { } me && other.DoctorId is { } doctor)
        {
            if (await SharesVisitAsync(otherId, me, doctor, ct))
            {
                return new ChatOpening(new ChatSubject(ChatType.Direct, me, doctor), [new Seated(actor.AccountId, false), new Seated(otherId, true)], []);
            }

            if (await TreatsAsync(otherId, me, ct) || await db.Set<DoctorRow>().AnyAsync(d => d.Id == doctor && d.IsBookable, ct))
            {
                return new ChatOpening(new ChatSubject(ChatType.Direct, me, doctor), [new Seated(actor.AccountId, false)], [otherId]);
            }
        }

        if (other is not null && actor.DoctorId is { } own && other.PatientId is { } patient && await TreatsAsync(actor.AccountId, patient, ct))
        {
            return await SharesVisitAsync(actor.AccountId, patient, own, ct)
                ? new ChatOpening(new ChatSubject(ChatType.Direct, patient, own), [new Seated(actor.AccountId, true), new Seated(otherId, false)], [])
                : new ChatOpening(new ChatSubject(ChatType.Direct, patient, own), [new Seated(actor.AccountId, true)], [otherId]);
        }

        throw Refused();
    }

    /// <summary>Staff, and at most one patient whom the actor treats.</summary>
    /// <exception cref="PermissionDenied">Somebody may not be asked.</exception>
    public async Task<ChatOpening> OfGroupAsync(IReadOnlyCollection<Guid> others, Actor actor, CancellationToken ct)
    {
        var asked = others.Where(o => o != actor.AccountId).Distinct().ToList();
        Guid? patient = null;
        foreach (var other in asked)
        {
            patient = await MayInviteAsync(other, patient, actor, ct);
        }

        // With a patient among them the others are asked into a chat of that patient.
        if (patient is { } about && asked.Except(await TreatingAsync(asked, about, ct)).Except(await RepresentativesAsync(about, ct))
            .Except(await db.Set<PatientRow>().Where(p => p.Id == about && p.AccountId != null).Select(p => p.AccountId!.Value).ToListAsync(ct)).Any())
        {
            throw Refused();
        }

        return new ChatOpening(new ChatSubject(ChatType.Group, patient), [new Seated(actor.AccountId, patient is not null)], asked);
    }

    /// <summary>Somebody and whoever runs the platform.</summary>
    public async Task<ChatOpening> OfSupportAsync(Actor actor, CancellationToken ct)
    {
        var helpers = await administrators.ActiveAsync(ct);
        return new ChatOpening(
            new ChatSubject(ChatType.Support, actor.PatientId),
            [new Seated(actor.AccountId, false), .. helpers.Where(id => id != actor.AccountId).Select(id => new Seated(id, false))],
            []);
    }

    /// <summary>Whether the actor may ask somebody into a chat of a patient, or of none yet; answers the patient of whom it then speaks.</summary>
    /// <exception cref="PermissionDenied">They may not.</exception>
    public async Task<Guid?> MayInviteAsync(Guid otherId, Guid? patient, Actor actor, CancellationToken ct)
    {
        var other = await accounts.FindAsync(otherId, ct);
        var isStaff = await IsStaffAsync(actor, ct);
        if (other is not null && other.PatientId is { } invited && (patient is null || patient == invited) && isStaff && await TreatsAsync(actor.AccountId, invited, ct))
        {
            return invited;
        }

        var acts = other is not null && patient is not null && (await RepresentativesAsync(patient.Value, ct)).Contains(otherId);
        return other is not null && (acts || (isStaff && await IsStaffAsync(other, ct) && (patient is null || await TreatsAsync(otherId, patient.Value, ct)))) ? patient : throw Refused();
    }

    /// <summary>Whether everybody who takes part in a chat treats a patient of whom it is to speak from now on.</summary>
    public async Task<bool> AllTreatAsync(Guid chatId, Guid patientId, CancellationToken ct)
    {
        var present = await db.Set<Participant>().Where(p => p.ChatId == chatId && p.LeftAt == null).Select(p => p.AccountId).ToListAsync(ct);
        return (await TreatingAsync(present, patientId, ct)).Count == present.Count;
    }

    /// <summary>
    /// How somebody takes part who was invited to a chat of a patient. The patient, and whom the patient asked, in their own right; everybody else for as long as they treat
    /// the patient or act for them.
    /// </summary>
    /// <exception cref="RuleViolation">They do so no longer.</exception>
    public async Task<Seated> AsInvitedAsync(Guid? patient, Guid invitedBy, Actor actor, CancellationToken ct)
    {
        if (patient is null || actor.PatientId == patient || await db.Set<PatientRow>().AnyAsync(p => p.Id == patient && p.AccountId == invitedBy, ct))
        {
            return new Seated(actor.AccountId, false);
        }

        return await TreatsAsync(actor.AccountId, patient.Value, ct) || await ProxyRow.InForce(db, actor).AnyAsync(p => p.PatientId == patient && p.CanRead, ct)
            ? new Seated(actor.AccountId, true)
            : throw new RuleViolation("NOT_INVITED", "You were asked as somebody who treats the patient or acts for them, and do so no longer.");
    }

    // Anybody may register as a doctor: until the licence is verified that is no colleague.
    private async Task<bool> IsStaffAsync(Actor who, CancellationToken ct) => who.Roles.Any(role => role is not (Roles.Patient or Roles.Doctor))
        || (who.DoctorId is { } doctor && await profiles.Single(p => p.Role == Roles.Doctor).IsTrustedAsync(doctor, ct));

    private static PermissionDenied Refused() => new("You may not talk with these people here.");

    private async Task<bool> TreatsAsync(Guid accountId, Guid patientId, CancellationToken ct) => (await TreatingAsync([accountId], patientId, ct)).Count > 0;

    // Those of the accounts who treat the patient. An emergency look is for reading the record, and makes nobody a correspondent.
    private Task<List<Guid>> TreatingAsync(IReadOnlyCollection<Guid> accounts, Guid patientId, CancellationToken ct)
    {
        var now = db.Now;
        return db.Set<CareRelationshipRow>().Where(
            r => accounts.Contains(r.AccountId) && r.PatientId == patientId && r.From <= now && (r.Until == null || now < r.Until)
                && r.Reason != CareReason.BreakGlass && r.Reason != CareReason.Proxy).Select(r => r.AccountId).Distinct().ToListAsync(ct);
    }

    private async Task<bool> SharesVisitAsync(Guid doctorAccount, Guid patientId, Guid doctorId, CancellationToken ct) =>
        await TreatsAsync(doctorAccount, patientId, ct)
        && await db.Set<AppointmentRow>().AnyAsync(a => a.PatientId == patientId && a.DoctorId == doctorId && _agreed.Contains(a.Status), ct);

    private async Task<List<Guid>> RepresentativesAsync(Guid patientId, CancellationToken ct)
    {
        var now = db.Now;
        return await db.Set<ProxyRow>().Where(p => p.PatientId == patientId && p.CanRead && p.From <= now && (p.Until == null || now < p.Until))
            .Select(p => p.AccountId).ToListAsync(ct);
    }
}
