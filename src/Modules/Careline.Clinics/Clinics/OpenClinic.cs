using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Clinics.Nearby;
using Careline.Clinics.Staff;
using Careline.Notifications.Contracts;

namespace Careline.Clinics.Clinics;

/// <summary>Administrators open clinics; whoever else works in care registers one, runs it from then on, and waits until it is verified.</summary>
internal static class OpenClinic
{
    private const int MostWaiting = 3;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/", Handle).Named("OpenClinic", "Opens a clinic, or registers one to be verified.")
            .ForRoles([.. Roles.All.Where(role => role != Roles.Patient)]);

    private static async Task<CreatedAnswer<ClinicResponse>> Handle(
        ClinicRequest request, Actor actor, CarelineDb db, INotifier notifier, IAdministratorAccounts administrators, AuditTrail trail, ClinicIndex index, CancellationToken ct)
    {
        var clinic = actor.IsAdmin ? Clinic.Open(db.NewId(), request, db.Now) : await RegisterAsync(request, actor, db, ct);
        db.Add(clinic);
        trail.About("clinic", clinic.Id).Because("operations");
        if (!actor.IsAdmin)
        {
            db.Add(StaffMember.Join(db.NewId(), clinic.Id, new StaffRequest(actor.AccountId, ClinicRole.Administrator), db.Now));
            var waiting = new Notice(NoticeCategory.System, NoticeSeverity.Info, "clinics.waits") { About = ("clinic", clinic.Id) };
            await notifier.TellAsync(waiting, (await administrators.ActiveAsync(ct)).Select(id => new Recipient(id)), ct);
        }

        await db.SaveChangesAsync(ct);
        index.Follow(db, clinic.Id);
        return Answer.Created(
            await ListClinics.ReadAsync(db, actor, clinic.Id, ct), actor.IsAdmin ? "Clinic opened." : "Clinic registered. An administrator looks at it before others see it.");
    }

    /// <exception cref="RuleViolation">TOO_MANY_WAITING: others of theirs have not been decided on.</exception>
    private static async Task<Clinic> RegisterAsync(ClinicRequest request, Actor actor, CarelineDb db, CancellationToken ct)
    {
        var (me, name) = (actor.AccountId, $"clinics.registrations:{actor.AccountId}");
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({name}, 0))", ct);
        return await db.Set<Clinic>().CountAsync(c => c.RegisteredBy == me && !c.IsTrusted, ct) < MostWaiting
            ? Clinic.Register(db.NewId(), me, request, db.Now)
            : throw new RuleViolation("TOO_MANY_WAITING", "Wait until your other clinics have been decided on, or change one of them.");
    }
}
