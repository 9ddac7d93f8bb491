using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Doctors.Doctors;
using Careline.Files.Contracts;

namespace Careline.Doctors.Qualifications;

/// <summary>Three lists of the same lines. The doctor writes them; anyone reads education and experience, the papers only the doctor and administrators.</summary>
internal sealed class ManageQualifications(QualificationKind kind)
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        new ManageQualifications(QualificationKind.Education).Map(routes, "education", "Education");
        new ManageQualifications(QualificationKind.Experience).Map(routes, "experience", "Experience");
        new ManageQualifications(QualificationKind.Credential).Map(routes, "credentials", "Credential");
    }

    private void Map(IEndpointRouteBuilder routes, string path, string noun)
    {
        var list = $"/{{id:guid}}/{path}/";
        var one = list + "{lineId:guid}/";
        Readable(routes.MapGet(list, List).Named($"List{noun}", $"A doctor's {path}."));
        Readable(routes.MapGet(one, Get).Named($"Get{noun}", $"One line of a doctor's {path}."));
        routes.MapPost(list, Add).Named($"Add{noun}", $"Adds to a doctor's {path}.").ForRoles(Roles.Doctor).VisibleAs<Doctor>();
        routes.MapPut(one, Replace).Named($"Replace{noun}", $"Replaces a line of a doctor's {path}.").ForRoles(Roles.Doctor).VisibleAs<Doctor>();
        routes.MapPatch(one, Change).Named($"Change{noun}", $"Changes a line of a doctor's {path}.").ForRoles(Roles.Doctor).VisibleAs<Doctor>()
            .AcceptsMerge<QualificationRequest>();
        routes.MapDelete(one, Remove).Named($"Remove{noun}", $"Removes a line of a doctor's {path}.").ForRoles(Roles.Doctor).VisibleAs<Doctor>();
    }

    private void Readable(RouteHandlerBuilder route)
    {
        if (kind == QualificationKind.Credential)
        {
            route.ForRoles(Roles.Doctor, Roles.Admin, Roles.SuperAdmin).VisibleAs<Doctor>();
        }
        else
        {
            route.ForAnyone("part of what patients read of a doctor").OpenToAll("part of a public profile; the query hides unverified doctors");
        }
    }

    private async Task<PageAnswer<QualificationResponse>> List(Guid id, ListQuery query, Actor? actor, CarelineDb db, CancellationToken ct)
    {
        var lines = await ReadableAsync(db, actor, id, ct);
        query.Ordering("-started_on");
        return Answer.Page(await query.PageAsync(
            lines.OrderByDescending(q => q.StartedOn != null).ThenByDescending(q => q.StartedOn).ThenBy(q => q.Id), QualificationResponse.Projection(db), ct));
    }

    private async Task<Answer<QualificationResponse>> Get(Guid id, Guid lineId, Actor? actor, CarelineDb db, CancellationToken ct)
    {
        var lines = await ReadableAsync(db, actor, id, ct);
        return Answer.Ok(await lines.Where(q => q.Id == lineId).Select(QualificationResponse.Projection(db)).FirstOrDefaultAsync(ct) ?? throw new NotFound());
    }

    private async Task<CreatedAnswer<QualificationResponse>> Add(
        Guid id, QualificationRequest request, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        RequireOwn(actor, id);
        var line = Qualification.Add(db.NewId(), id, kind, request, db.Now);
        db.Add(line);
        await SaveAsync(db, line, trail, ct);
        return Answer.Created(await ReadAsync(db, line, ct), "Added.");
    }

    private async Task<Answer<QualificationResponse>> Replace(
        Guid id, Guid lineId, QualificationRequest request, IfMatch ifMatch, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var line = await LoadAsync(db, actor, id, lineId, ct);
        ifMatch.Check(line);
        line.Replace(request, db.Now);
        await SaveAsync(db, line, trail, ct);
        return Answer.Ok(await ReadAsync(db, line, ct), "Changed.");
    }

    private async Task<Answer<QualificationResponse>> Change(
        Guid id, Guid lineId, Merge<QualificationRequest> patch, IfMatch ifMatch, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var line = await LoadAsync(db, actor, id, lineId, ct);
        ifMatch.Check(line);
        line.Replace(await patch.OntoAsync(QualificationRequest.Of(line)), db.Now);
        await SaveAsync(db, line, trail, ct);
        return Answer.Ok(await ReadAsync(db, line, ct), "Changed.");
    }

    private async Task<DeletedAnswer> Remove(Guid id, Guid lineId, Actor actor, CarelineDb db, IFiles files, AuditTrail trail, CancellationToken ct)
    {
        var line = await LoadAsync(db, actor, id, lineId, ct);
        line.Remove(db.Now);
        if (line.FileId is { } paper)
        {
            await files.ReleaseAsync(paper, null, ct);
        }

        await SaveAsync(db, line, trail, ct);
        return Answer.Deleted();
    }

    private static Task<QualificationResponse> ReadAsync(CarelineDb db, Qualification line, CancellationToken ct) =>
        db.Set<Qualification>().Where(q => q.Id == line.Id).Select(QualificationResponse.Projection(db)).FirstAsync(ct);

    private static async Task SaveAsync(CarelineDb db, Qualification line, AuditTrail trail, CancellationToken ct)
    {
        trail.About("qualification", line.Id).Because("operations");
        await db.SaveChangesAsync(ct);
    }

    private static void RequireOwn(Actor actor, Guid doctorId)
    {
        if (actor.DoctorId != doctorId)
        {
            throw new PermissionDenied("Only the doctor may change this.");
        }
    }

    private IQueryable<Qualification> Lines(CarelineDb db, Guid doctorId) =>
        db.Set<Qualification>().Where(q => q.DoctorId == doctorId && q.Kind == kind && q.RemovedAt == null);

    private async Task<Qualification> LoadAsync(CarelineDb db, Actor actor, Guid id, Guid lineId, CancellationToken ct)
    {
        RequireOwn(actor, id);
        return await Lines(db, id).AsTracking().FirstOrDefaultAsync(q => q.Id == lineId, ct) ?? throw new NotFound();
    }

    private async Task<IQueryable<Qualification>> ReadableAsync(CarelineDb db, Actor? actor, Guid id, CancellationToken ct)
    {
        if (!await Doctor.VisibleToAnyone(db, actor).AnyAsync(d => d.Id == id, ct))
        {
            throw new NotFound();
        }

        if (kind == QualificationKind.Credential && actor is not { IsAdmin: true } && actor?.DoctorId != id)
        {
            throw new PermissionDenied();
        }

        return Lines(db, id);
    }
}
