using System.Linq.Expressions;
using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Doctors.Search;

namespace Careline.Doctors.Specializations;

/// <summary>A specialty to keep in the list.</summary>
/// <param name="Name">As people read it.</param>
/// <param name="Slug">As filters name it; made from the name when absent.</param>
/// <param name="Aliases">What people also call it or its doctors, at most 50.</param>
public sealed record SpecializationRequest(
    [Required, StringLength(100)] string Name,
    [StringLength(60), RegularExpression("^[a-z0-9]+(-[a-z0-9]+)*$", ErrorMessage = "Lower-case letters, digits and single hyphens.")]
    string? Slug = null,
    [MaxLength(50)] IReadOnlyList<string>? Aliases = null) : IValidatableObject
{
    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Aliases is not null && Aliases.Any(a => string.IsNullOrWhiteSpace(a) || a.Length > 100))
        {
            yield return new ValidationResult("Each is 1 to 100 characters long.", [nameof(Aliases)]);
        }
    }
}

/// <summary>A specialty of the list.</summary>
public sealed record SpecializationResponse : IVersioned
{
    /// <summary>The specialty.</summary>
    public required Guid Id { get; init; }

    /// <summary>As filters name it.</summary>
    public required string Slug { get; init; }

    /// <summary>As people read it.</summary>
    public required string Name { get; init; }

    /// <summary>What people also call it.</summary>
    public required IReadOnlyList<string> Aliases { get; init; }

    /// <inheritdoc />
    public required int Version { get; init; }

    internal static Expression<Func<Specialization, SpecializationResponse>> Projection { get; } = s => new SpecializationResponse
    {
        Id = s.Id,
        Slug = s.Slug,
        Name = s.Name,
        Aliases = s.Aliases,
        Version = s.Version,
    };

    internal static SpecializationResponse Of(Specialization specialization) =>
        new() { Id = specialization.Id, Slug = specialization.Slug, Name = specialization.Name, Aliases = specialization.Aliases, Version = specialization.Version };
}

internal static class ManageSpecializations
{
    private const string WhyOpen = "a managed list of words, nobody's private thing";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", List).Named("ListSpecializations", "The specialties that doctors are listed under.").ForAnyone("a public list of words");
        routes.MapPost("/", Add).Named("AddSpecialization", "Adds a specialty.").ForRoles(Roles.Administrators);
        routes.MapGet("/{id:guid}/", Get).Named("GetSpecialization", "One specialty.").ForAnyone("a public list of words").OpenToAll(WhyOpen);
        routes.MapPut("/{id:guid}/", Replace).Named("ReplaceSpecialization", "Replaces a specialty's words.")
            .ForRoles(Roles.Administrators).OpenToAll(WhyOpen);
        routes.MapDelete("/{id:guid}/", Remove).Named("RemoveSpecialization", "Removes a specialty that no doctor has.")
            .ForRoles(Roles.Administrators).OpenToAll(WhyOpen);
    }

    private static async Task<PageAnswer<SpecializationResponse>> List(ListQuery query, CarelineDb db, CancellationToken ct)
    {
        var rows = db.Set<Specialization>().AsQueryable();
        if (query.Search is { } search)
        {
            var word = Specialization.Term(search);
            rows = rows.Where(s => s.Terms.Any(t => t.Contains(word)));
        }

        var (_, descending) = query.Ordering("name");
        rows = descending ? rows.OrderByDescending(s => s.Name) : rows.OrderBy(s => s.Name);
        return Answer.Page(await query.PageAsync(rows, SpecializationResponse.Projection, ct));
    }

    private static async Task<Answer<SpecializationResponse>> Get(Guid id, CarelineDb db, CancellationToken ct) =>
        Answer.Ok(await db.Set<Specialization>().Where(s => s.Id == id).Select(SpecializationResponse.Projection).FirstOrDefaultAsync(ct)
            ?? throw new NotFound());

    private static async Task<CreatedAnswer<SpecializationResponse>> Add(
        SpecializationRequest request, CarelineDb db, AuditTrail trail, DoctorIndex index, CancellationToken ct)
    {
        var specialization = Specialization.Add(db.NewId(), request, db.Now);
        db.Add(specialization);
        index.FollowAll(db);
        trail.About("specialization", specialization.Id).Because("operations");
        await db.SaveChangesAsync(ct);
        return Answer.Created(SpecializationResponse.Of(specialization), "Specialization added.");
    }

    private static async Task<Answer<SpecializationResponse>> Replace(
        Guid id, SpecializationRequest request, IfMatch ifMatch, CarelineDb db, AuditTrail trail, DoctorIndex index, CancellationToken ct)
    {
        var specialization = await LoadAsync(db, id, ct);
        ifMatch.Check(specialization);
        specialization.Replace(request);
        index.FollowAll(db);
        trail.About("specialization", id).Because("operations");
        await db.SaveChangesAsync(ct);

        // Doctors carry the names beside the ids, so that the doctor list reads one table.
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE doctors.doctors d SET specializations = ARRAY(
                SELECT s.name FROM doctors.specializations s WHERE s.id = ANY (d.specialization_ids) ORDER BY array_position(d.specialization_ids, s.id))
            WHERE EXISTS (SELECT FROM doctors.doctor_specializations l WHERE l.doctor_id = d.id AND l.specialization_id = {id})
            """,
            ct);
        return Answer.Ok(SpecializationResponse.Of(specialization), "Specialization changed.");
    }

    private static async Task<DeletedAnswer> Remove(Guid id, CarelineDb db, AuditTrail trail, DoctorIndex index, CancellationToken ct)
    {
        var specialization = await LoadAsync(db, id, ct);
        if (specialization.IsOther)
        {
            throw new RuleViolation("SPECIALIZATION_FIXED", "The entry for everything else stays.");
        }

        db.Remove(specialization);
        index.FollowAll(db);
        trail.About("specialization", id).Because("operations");
        await db.SaveChangesAsync(ct);
        return Answer.Deleted();
    }

    private static async Task<Specialization> LoadAsync(CarelineDb db, Guid id, CancellationToken ct) =>
        await db.Set<Specialization>().AsTracking().FirstOrDefaultAsync(s => s.Id == id, ct) ?? throw new NotFound();
}
