using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;

namespace Careline.Labs.Catalogue;

/// <summary>The catalogue: everybody reads it, administrators edit it. What was ordered once stays; what is not offered any more is made inactive.</summary>
internal static class ManageTests
{
    private const string WhyOpen = "the catalogue of tests, nobody's private thing";

    public static void Map(RouteGroupBuilder tests)
    {
        tests.MapGet("/", List).Named("ListLabTests", "The tests that a laboratory does, by name.").ForSignedIn()
            .WithFilters("category", "specimen", "kind", "loinc", "is_active");
        tests.MapPost("/", Add).Named("AddLabTest", "Adds a test to the catalogue.").ForRoles(Roles.Administrators);
        tests.MapGet("/{id:guid}/", Get).Named("GetLabTest", "One test with its reference ranges.").ForSignedIn().OpenToAll(WhyOpen);
        tests.MapPut("/{id:guid}/", Replace).Named("ReplaceLabTest", "Replaces a test and its ranges; results keep what they were judged by.")
            .ForRoles(Roles.Administrators).OpenToAll(WhyOpen);
        tests.MapPatch("/{id:guid}/", Change).Named("ChangeLabTest", "Changes some of a test.").ForRoles(Roles.Administrators).OpenToAll(WhyOpen)
            .AcceptsMerge<LabTestRequest>();
    }

    private static async Task<PageAnswer<LabTestResponse>> List(ListQuery query, CarelineDb db, CancellationToken ct)
    {
        var tests = db.Set<LabTest>().AsQueryable();
        if (query.Enum<TestCategory>("category") is { } category)
        {
            tests = tests.Where(t => t.Category == category);
        }

        if (query.Enum<Specimen>("specimen") is { } specimen)
        {
            tests = tests.Where(t => t.Specimen == specimen);
        }

        if (query.Enum<ResultKind>("kind") is { } kind)
        {
            tests = tests.Where(t => t.Kind == kind);
        }

        if (query.Text("loinc", 10) is { } loinc)
        {
            tests = tests.Where(t => t.Loinc == loinc || t.OtherLoincs.Contains(loinc));
        }

        var isActive = query.Flag("is_active") ?? true;
        tests = tests.Where(t => t.IsActive == isActive);
        foreach (var pattern in query.SearchPatterns)
        {
            tests = tests.Where(t => EF.Functions.ILike(t.Name, pattern, @"\") || EF.Functions.ILike(t.Code, pattern, @"\"));
        }

        var (_, descending) = query.Ordering("name");
        tests = descending ? tests.OrderByDescending(t => t.Name).ThenByDescending(t => t.Id) : tests.OrderBy(t => t.Name).ThenBy(t => t.Id);
        return Answer.Page(await query.PageAsync(tests, LabTestResponse.Projection, ct));
    }

    private static async Task<Answer<LabTestResponse>> Get(Guid id, CarelineDb db, CancellationToken ct) =>
        Answer.Ok(await db.Set<LabTest>().Where(t => t.Id == id).Select(LabTestResponse.Projection).FirstOrDefaultAsync(ct) ?? throw new NotFound());

    private static async Task<CreatedAnswer<LabTestResponse>> Add(LabTestRequest request, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var test = LabTest.Add(db.NewId(), request, db.Clock);
        db.Add(test);
        trail.About("lab_test", test.Id).Because("operations");
        await db.SaveChangesAsync(ct);
        return Answer.Created(LabTestResponse.Of(test), "Test added.");
    }

    private static async Task<Answer<LabTestResponse>> Replace(
        Guid id, LabTestRequest request, IfMatch ifMatch, CarelineDb db, AuditTrail trail, CancellationToken ct) =>
        await SaveAsync(await LoadAsync(db, id, ifMatch, ct), request, db, trail, ct);

    private static async Task<Answer<LabTestResponse>> Change(
        Guid id, Merge<LabTestRequest> patch, IfMatch ifMatch, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var test = await LoadAsync(db, id, ifMatch, ct);
        return await SaveAsync(test, await patch.OntoAsync(LabTestResponse.Of(test).AsRequest()), db, trail, ct);
    }

    private static async Task<Answer<LabTestResponse>> SaveAsync(LabTest test, LabTestRequest request, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        test.Replace(request, db.Clock);
        trail.About("lab_test", test.Id).Because("operations");
        await db.SaveChangesAsync(ct);
        return Answer.Ok(LabTestResponse.Of(test), "Test changed.");
    }

    private static async Task<LabTest> LoadAsync(CarelineDb db, Guid id, IfMatch ifMatch, CancellationToken ct)
    {
        var test = await db.Set<LabTest>().AsTracking().Include(t => t.Ranges).FirstOrDefaultAsync(t => t.Id == id, ct) ?? throw new NotFound();
        ifMatch.Check(test);
        return test;
    }
}
