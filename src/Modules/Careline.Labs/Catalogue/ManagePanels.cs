using System.Linq.Expressions;
using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;

namespace Careline.Labs.Catalogue;

/// <summary>Tests that are ordered together.</summary>
public sealed record PanelResponse : IVersioned
{
    /// <summary>The panel.</summary>
    public Guid Id { get; init; }

    /// <summary>The practice's own code.</summary>
    public string Code { get; init; } = "";

    /// <summary>As people read it.</summary>
    public string Name { get; init; } = "";

    /// <summary>LOINC code.</summary>
    public string? Loinc { get; init; }

    /// <summary>The part of the laboratory.</summary>
    public TestCategory Category { get; init; }

    /// <summary>What it costs.</summary>
    public Price? Price { get; init; }

    /// <summary>Whether it can be ordered.</summary>
    public bool IsActive { get; init; }

    /// <summary>Its tests, in order.</summary>
    public IReadOnlyList<PanelTestResponse> Tests { get; init; } = [];

    /// <inheritdoc />
    public int Version { get; init; }

    internal static Expression<Func<Panel, PanelResponse>> From(CarelineDb db) => panel => new PanelResponse
    {
        Id = panel.Id,
        Code = panel.Code,
        Name = panel.Name,
        Loinc = panel.Loinc,
        Category = panel.Category,
        Price = panel.PriceAmount == null || panel.PriceCurrency == null ? null : new Price(panel.PriceAmount.Value, panel.PriceCurrency),
        IsActive = panel.IsActive,
        Tests = (from place in panel.Tests
                 join test in db.Set<LabTest>() on place.TestId equals test.Id
                 orderby place.Position
                 select new PanelTestResponse(test.Id, test.Code, test.Name, test.Specimen)).ToList(),
        Version = panel.Version,
    };
}

/// <summary>A test of a panel.</summary>
/// <param name="Id">The test.</param>
/// <param name="Code">Its code.</param>
/// <param name="Name">Its name.</param>
/// <param name="Specimen">What is taken.</param>
public sealed record PanelTestResponse(Guid Id, string Code, string Name, Specimen Specimen);

internal static class ManagePanels
{
    private const string WhyOpen = "the catalogue of tests, nobody's private thing";

    public static void Map(RouteGroupBuilder panels)
    {
        panels.MapGet("/", List).Named("ListLabPanels", "The panels that can be ordered, by name.").ForSignedIn().WithFilters("category", "is_active");
        panels.MapPost("/", Add).Named("AddLabPanel", "Adds a panel to the catalogue.").ForRoles(Roles.Administrators);
        panels.MapGet("/{id:guid}/", Get).Named("GetLabPanel", "One panel with its tests.").ForSignedIn().OpenToAll(WhyOpen);
        panels.MapPut("/{id:guid}/", Replace).Named("ReplaceLabPanel", "Replaces a panel; what was ordered keeps its tests.")
            .ForRoles(Roles.Administrators).OpenToAll(WhyOpen);
        panels.MapPatch("/{id:guid}/", Change).Named("ChangeLabPanel", "Changes some of a panel.").ForRoles(Roles.Administrators).OpenToAll(WhyOpen)
            .AcceptsMerge<PanelRequest>();
    }

    private static async Task<PageAnswer<PanelResponse>> List(ListQuery query, CarelineDb db, CancellationToken ct)
    {
        var isActive = query.Flag("is_active") ?? true;
        var panels = db.Set<Panel>().Where(p => p.IsActive == isActive);
        if (query.Enum<TestCategory>("category") is { } category)
        {
            panels = panels.Where(p => p.Category == category);
        }

        foreach (var pattern in query.SearchPatterns)
        {
            panels = panels.Where(p => EF.Functions.ILike(p.Name, pattern, @"\") || EF.Functions.ILike(p.Code, pattern, @"\"));
        }

        var (_, descending) = query.Ordering("name");
        panels = descending ? panels.OrderByDescending(p => p.Name).ThenByDescending(p => p.Id) : panels.OrderBy(p => p.Name).ThenBy(p => p.Id);
        return Answer.Page(await query.PageAsync(panels, PanelResponse.From(db), ct));
    }

    private static async Task<Answer<PanelResponse>> Get(Guid id, CarelineDb db, CancellationToken ct) => Answer.Ok(await OneAsync(db, id, ct));

    private static async Task<CreatedAnswer<PanelResponse>> Add(PanelRequest request, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        await CheckTestsAsync(db, request, ct);
        var panel = Panel.Add(db.NewId(), request, db.Now);
        db.Add(panel);
        trail.About("lab_panel", panel.Id).Because("operations");
        await db.SaveChangesAsync(ct);
        return Answer.Created(await OneAsync(db, panel.Id, ct), "Panel added.");
    }

    private static async Task<Answer<PanelResponse>> Replace(
        Guid id, PanelRequest request, IfMatch ifMatch, CarelineDb db, AuditTrail trail, CancellationToken ct) =>
        await SaveAsync(await LoadAsync(db, id, ifMatch, ct), request, db, trail, ct);

    private static async Task<Answer<PanelResponse>> Change(
        Guid id, Merge<PanelRequest> patch, IfMatch ifMatch, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var panel = await LoadAsync(db, id, ifMatch, ct);
        var present = new PanelRequest(
            panel.Code, panel.Name, panel.Category, [.. panel.Tests.OrderBy(t => t.Position).Select(t => t.TestId)], panel.Loinc,
            Price.Of(panel.PriceAmount, panel.PriceCurrency), panel.IsActive);
        return await SaveAsync(panel, await patch.OntoAsync(present), db, trail, ct);
    }

    private static async Task<Answer<PanelResponse>> SaveAsync(Panel panel, PanelRequest request, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        await CheckTestsAsync(db, request, ct);
        panel.Replace(request, db.Now);
        trail.About("lab_panel", panel.Id).Because("operations");
        await db.SaveChangesAsync(ct);
        return Answer.Ok(await OneAsync(db, panel.Id, ct), "Panel changed.");
    }

    private static async Task<Panel> LoadAsync(CarelineDb db, Guid id, IfMatch ifMatch, CancellationToken ct)
    {
        var panel = await db.Set<Panel>().AsTracking().Include(p => p.Tests).FirstOrDefaultAsync(p => p.Id == id, ct) ?? throw new NotFound();
        ifMatch.Check(panel);
        return panel;
    }

    private static async Task<PanelResponse> OneAsync(CarelineDb db, Guid id, CancellationToken ct) =>
        await db.Set<Panel>().Where(p => p.Id == id).Select(PanelResponse.From(db)).FirstOrDefaultAsync(ct) ?? throw new NotFound();

    private static async Task CheckTestsAsync(CarelineDb db, PanelRequest request, CancellationToken ct)
    {
        var ids = request.TestIds.ToArray();
        if (await db.Set<LabTest>().CountAsync(t => ids.Contains(t.Id), ct) != ids.Length)
        {
            throw new InvalidInput("test_ids", "There is no such test.");
        }
    }
}
