using Careline.Audit.Contracts;
using Careline.Clinics.Clinics;
using Careline.Clinics.Contracts;
using Careline.Platform.Data;
using Careline.Platform.Security;
using Careline.Platform.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Careline.Clinics.Staff;

/// <summary>A member of a clinic's staff.</summary>
/// <param name="Id">The membership.</param>
/// <param name="ClinicId">The clinic.</param>
/// <param name="AccountId">The account.</param>
/// <param name="Role">The role there.</param>
/// <param name="JoinedAt">Since when.</param>
public sealed record StaffResponse(Guid Id, Guid ClinicId, Guid AccountId, ClinicRole Role, DateTimeOffset JoinedAt);

internal static class ManageStaff
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/{id:guid}/staff/", List).Named("ListClinicStaff", "Who works at a clinic.").ForSignedIn()
            .VisibleAs<Clinic>().WithFilters("role");
        routes.MapPost("/{id:guid}/staff/", Join).Named("AddClinicStaff", "Gives somebody a role at a clinic.").ForSignedIn()
            .RequiresRecentSignIn().VisibleAs<Clinic>();
        routes.MapDelete("/{id:guid}/staff/{staffId:guid}/", Leave).Named("RemoveClinicStaff", "Ends somebody's role at a clinic.").ForSignedIn()
            .RequiresRecentSignIn().VisibleAs<Clinic>();
    }

    private static async Task<PageAnswer<StaffResponse>> List(Guid id, ListQuery query, Actor actor, CarelineDb db, CancellationToken ct)
    {
        await RequireAsync(db, actor, id, ct);
        var staff = db.Set<StaffMember>().Where(s => s.ClinicId == id && s.LeftAt == null);
        if (query.Enum<ClinicRole>("role") is { } role)
        {
            staff = staff.Where(s => s.Role == role);
        }

        return Answer.Page(await query.PageAsync(
            staff.OrderBy(s => s.JoinedAt).ThenBy(s => s.Id), s => new StaffResponse(s.Id, s.ClinicId, s.AccountId, s.Role, s.JoinedAt), ct));
    }

    private static async Task<CreatedAnswer<StaffResponse>> Join(
        Guid id, StaffRequest request, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        await RequireAsync(db, actor, id, ct);
        var member = StaffMember.Join(db.NewId(), id, request, db.Now);
        db.Add(member);
        trail.About("clinic_staff", member.Id).Because("operations");
        await db.SaveChangesAsync(ct);
        return Answer.Created(new StaffResponse(member.Id, id, member.AccountId, member.Role, member.JoinedAt), "Joined the staff.");
    }

    private static async Task<DeletedAnswer> Leave(Guid id, Guid staffId, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        await RequireAsync(db, actor, id, ct);
        var member = await db.Set<StaffMember>().AsTracking().FirstOrDefaultAsync(s => s.Id == staffId && s.ClinicId == id && s.LeftAt == null, ct)
            ?? throw new NotFound();
        member.Leave(db.Now);
        trail.About("clinic_staff", staffId).Because("operations");
        await db.SaveChangesAsync(ct);
        return Answer.Deleted();
    }

    private static async Task RequireAsync(CarelineDb db, Actor actor, Guid clinicId, CancellationToken ct)
    {
        if (!await Clinic.VisibleTo(db, actor).AnyAsync(c => c.Id == clinicId, ct))
        {
            throw new NotFound();
        }

        await StaffMember.RequireAdministratorAsync(db, actor, clinicId, ct);
    }
}
