using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Prescriptions.Prescriptions;

namespace Careline.Prescriptions.Templates;

/// <summary>What a template says.</summary>
/// <param name="Name">How its doctor calls it.</param>
/// <param name="Sheet">What a prescription begins with.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record TemplateRequest([Required, MaxLength(200)] string Name, [Required] PrescriptionSheet Sheet);

/// <summary>A template.</summary>
/// <param name="Id">The template.</param>
/// <param name="Name">How its doctor calls it.</param>
/// <param name="Sheet">What a prescription begins with.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When it was last written.</param>
/// <param name="Version">Raised with each change.</param>
public sealed record TemplateResponse(Guid Id, string Name, PrescriptionSheet Sheet, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, int Version) : IVersioned
{
    internal static TemplateResponse Of(Template t) => new(t.Id, t.Name, t.Sheet, t.CreatedAt, t.UpdatedAt, t.Version);
}

internal static class ManageTemplates
{
    public static void Map(RouteGroupBuilder templates)
    {
        templates.MapGet("/", List).Named("ListPrescriptionTemplates", "The caller's templates, by name.").ForRoles(Roles.Doctor);
        templates.MapPost("/", Add).Named("AddPrescriptionTemplate", "Keeps something that is prescribed again and again.").ForRoles(Roles.Doctor);
        templates.MapGet("/{id:guid}/", Get).Named("GetPrescriptionTemplate", "One of the caller's templates.").ForRoles(Roles.Doctor).VisibleAs<Template>();
        templates.MapPut("/{id:guid}/", Replace).Named("ReplacePrescriptionTemplate", "Replaces a template.").ForRoles(Roles.Doctor).VisibleAs<Template>();
        templates.MapPatch("/{id:guid}/", Merge).Named("UpdatePrescriptionTemplate", "Changes parts of a template (JSON merge patch).")
            .ForRoles(Roles.Doctor).VisibleAs<Template>().AcceptsMerge<TemplateRequest>();
        templates.MapDelete("/{id:guid}/", Remove).Named("RemovePrescriptionTemplate", "Removes a template; what was begun with it stays.")
            .ForRoles(Roles.Doctor).VisibleAs<Template>();
    }

    private static async Task<PageAnswer<TemplateResponse>> List(ListQuery query, Actor actor, CarelineDb db, CancellationToken ct)
    {
        var templates = Template.VisibleTo(db, actor);
        if (query.Search is { } search)
        {
            var words = search.ToLowerInvariant();
            templates = templates.Where(t => t.Name.ToLower().Contains(words));
        }

        var page = await query.PageAsync(templates.OrderBy(t => t.Name).ThenBy(t => t.Id), ct);
        return Answer.Page(new Page<TemplateResponse>([.. page.Rows.Select(TemplateResponse.Of)], page.Total, page.Number, page.Size));
    }

    private static async Task<CreatedAnswer<TemplateResponse>> Add(TemplateRequest request, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var template = Template.Of(db.NewId(), actor.DoctorId!.Value, request, db.Now);
        db.Add(template);
        trail.About("prescription_template", template.Id);
        await db.SaveChangesAsync(ct);
        return Answer.Created(TemplateResponse.Of(template), "Template kept.");
    }

    private static async Task<Answer<TemplateResponse>> Get(Guid id, Actor actor, CarelineDb db, CancellationToken ct) =>
        Answer.Ok(TemplateResponse.Of(await Template.VisibleTo(db, actor).FirstOrDefaultAsync(t => t.Id == id, ct) ?? throw new NotFound()));

    private static async Task<Answer<TemplateResponse>> Replace(
        Guid id, TemplateRequest request, IfMatch ifMatch, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var template = await FindAsync(id, ifMatch, actor, db, trail, ct);
        return await WriteAsync(template, request, db, ct);
    }

    private static async Task<Answer<TemplateResponse>> Merge(
        Guid id, Merge<TemplateRequest> patch, IfMatch ifMatch, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var template = await FindAsync(id, ifMatch, actor, db, trail, ct);
        return await WriteAsync(template, await patch.OntoAsync(new TemplateRequest(template.Name, template.Sheet)), db, ct);
    }

    private static async Task<DeletedAnswer> Remove(Guid id, IfMatch ifMatch, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var template = await FindAsync(id, ifMatch, actor, db, trail, ct);
        template.Remove(db.Now);
        await db.SaveChangesAsync(ct);
        return Answer.Deleted();
    }

    private static async Task<Template> FindAsync(Guid id, IfMatch ifMatch, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var template = await Template.VisibleTo(db, actor).AsTracking().FirstOrDefaultAsync(t => t.Id == id, ct) ?? throw new NotFound();
        ifMatch.Check(template);
        trail.About("prescription_template", id);
        return template;
    }

    private static async Task<Answer<TemplateResponse>> WriteAsync(Template template, TemplateRequest request, CarelineDb db, CancellationToken ct)
    {
        template.Replace(request, db.Now);
        await db.SaveChangesAsync(ct);
        return Answer.Ok(TemplateResponse.Of(template), "Template saved.");
    }
}
