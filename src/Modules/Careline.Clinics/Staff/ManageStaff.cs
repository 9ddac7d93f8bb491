using Careline.Audit.Contracts;
using Careline.Clinics.Clinics;
using Careline.Notifications.Contracts;

namespace Careline.Clinics.Staff;

/// <summary>Who works at a clinic see each other; its administrators say who they are; anybody may leave.</summary>
internal static class ManageStaff
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        const string One = "/{id:guid}/staff/{staffId:guid}/";
        routes.MapGet("/{id:guid}/staff/", List).Named("ListClinicStaff", "Who works at a clinic.").ForSignedIn()
            .VisibleAs<StaffedClinic>().WithFilters("role");
        routes.MapPost("/{id:guid}/staff/", Join).Named("AddClinicStaff", "Gives somebody a role at a clinic.").ForSignedIn()
            .RequiresRecentSignIn().VisibleAs<StaffedClinic>();
        routes.MapPost(One + "role/", ChangeRole).Named("ChangeClinicStaffRole", "Gives somebody another role at a clinic, as a membership of its own.")
            .ForSignedIn().RequiresRecentSignIn().VisibleAs<StaffedClinic>();
        routes.MapDelete(One, Leave).Named("RemoveClinicStaff", "Ends somebody's role at a clinic, or one's own.").ForSignedIn()
            .RequiresRecentSignIn().VisibleAs<StaffedClinic>();
    }

    private static async Task<PageAnswer<StaffResponse>> List(Guid id, ListQuery query, Actor actor, CarelineDb db, IActorNames names, CancellationToken ct)
    {
        if (!await StaffedClinic.VisibleTo(db, actor).AnyAsync(c => c.Id == id, ct))
        {
            throw new NotFound();
        }

        var staff = db.Set<StaffMember>().Where(s => s.ClinicId == id && s.LeftAt == null);
        if (query.Enum<ClinicRole>("role") is { } role)
        {
            staff = staff.Where(s => s.Role == role);
        }

        query.Ordering("joined_at");
        var page = await query.PageAsync(staff.OrderBy(s => s.JoinedAt).ThenBy(s => s.Id), ct);
        var called = await names.OfAsync([.. page.Rows.Select(s => s.AccountId).Distinct()], ct);
        return Answer.Page(new Page<StaffResponse>([.. page.Rows.Select(s => StaffResponse.Of(s, called))], page.Total, page.Number, page.Size));
    }

    private static async Task<CreatedAnswer<StaffResponse>> Join(
        Guid id, StaffRequest request, Actor actor, CarelineDb db, IActorNames names, INotifier notifier, AuditTrail trail, CancellationToken ct)
    {
        await StaffMember.RequireAdministratorAsync(db, actor, id, ct);
        var member = StaffMember.Join(db.NewId(), id, request, db.Now);
        db.Add(member);
        trail.About("clinic_staff", member.Id).Because("operations");
        if (request.AccountId != actor.AccountId && await db.Set<Clinic>().AnyAsync(c => c.Id == id && c.IsTrusted, ct))
        {
            await notifier.TellAsync(JoinedNotice(id), [new Recipient(request.AccountId)], ct);
        }

        await db.SaveChangesAsync(ct);
        return Answer.Created(StaffResponse.Of(member, await names.OfAsync([member.AccountId], ct)), "Joined the staff.");
    }

    /// <summary>Of a clinic that nobody verified people are told once it is: until then nothing follows from it.</summary>
    public static Notice JoinedNotice(Guid id) => new(NoticeCategory.System, NoticeSeverity.Info, "clinics.joined") { About = ("clinic", id) };

    private static async Task<Answer<StaffResponse>> ChangeRole(
        Guid id, Guid staffId, StaffRoleRequest request, Actor actor, CarelineDb db, IActorNames names, AuditTrail trail, CancellationToken ct)
    {
        await Clinic.LockAsync(db, actor, id, ct);
        var former = await LoadAsync(db, id, staffId, ct);
        if (former.Role == request.Role)
        {
            throw new RuleViolation("ALREADY_STAFF", "This person already has this role at the clinic.");
        }

        await former.CheckNotLastAsync(db, actor, ct);
        var member = former.ChangeTo(db.NewId(), request.Role, db.Now);
        db.Add(member);
        db.Publish(new StaffLeft(id, member.AccountId));
        trail.About("clinic_staff", member.Id).Because("operations").Changed("role");
        await db.SaveChangesAsync(ct);
        await db.Database.ExecuteSqlAsync($"UPDATE clinics.staff_hours SET staff_id = {member.Id} WHERE staff_id = {staffId}", ct);
        return Answer.Ok(StaffResponse.Of(member, await names.OfAsync([member.AccountId], ct)), "Role changed.");
    }

    /// <summary>The clinic's lock, so that of two administrators who leave at once one stays.</summary>
    private static async Task<DeletedAnswer> Leave(Guid id, Guid staffId, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"SELECT FROM clinics.clinics WHERE id = {id} FOR NO KEY UPDATE", ct);
        var me = actor.AccountId;
        if (!await db.Set<StaffMember>().AnyAsync(s => s.Id == staffId && s.ClinicId == id && s.AccountId == me && s.LeftAt == null, ct))
        {
            await StaffMember.RequireAdministratorAsync(db, actor, id, ct);
        }

        var member = await LoadAsync(db, id, staffId, ct);
        await member.CheckNotLastAsync(db, actor, ct);
        member.Leave(db.Now);
        db.Publish(new StaffLeft(id, member.AccountId));
        trail.About("clinic_staff", staffId).Because("operations");
        await db.SaveChangesAsync(ct);
        return Answer.Deleted();
    }

    private static async Task<StaffMember> LoadAsync(CarelineDb db, Guid id, Guid staffId, CancellationToken ct) =>
        await db.Set<StaffMember>().AsTracking().FirstOrDefaultAsync(s => s.Id == staffId && s.ClinicId == id && s.LeftAt == null, ct) ?? throw new NotFound();
}
