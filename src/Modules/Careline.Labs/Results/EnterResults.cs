using Careline.Audit.Contracts;
using Careline.Labs.Catalogue;
using Careline.Labs.Orders;

namespace Careline.Labs.Results;

/// <summary>The laboratory enters results by hand. A test beside the order is taken too: laboratories add what a first result asks for.</summary>
internal static class EnterResults
{
    public static void Map(RouteGroupBuilder orders) => orders.MapPost("/{id:guid}/results/", Handle)
        .Named("EnterLabResults", "Enters results of an order, preliminary or final; flags and ranges are answered with them.")
        .ForRoles(LabStaff.WorkingRoles).VisibleAs<LabOrder>();

    private static async Task<CreatedAnswer<IReadOnlyList<ResultResponse>>> Handle(
        Guid id, EnterResultsRequest request, Actor actor, CarelineDb db, ResultDesk desk, AuditTrail trail, CancellationToken ct)
    {
        var order = await LabStaff.AtWorkAsync(db, actor, id, ct);
        var tests = await TestsAsync(db, request.Results, ct);
        var said = new List<ResultDesk.Said>();
        foreach (var (form, test) in request.Results.Zip(tests))
        {
            CheckAnswer(test, form);
            var observedAt = ObservedAt(form, db.Now, db.Now);
            var author = new ResultAuthor(actor.AccountId, ResultSource.Entered);
            if (await desk.SayAsync(order, test, form.SubId ?? "", form.Measured, form.State, observedAt, author, ct) is { } one)
            {
                said.Add(one);
            }
        }

        await desk.FinishAsync(order, said, ct);
        trail.About("lab_order", id).Concerns(order.PatientId);
        await db.SaveChangesAsync(ct);
        var ids = said.Select(s => s.Result.Id).ToArray();
        var rows = await ResultResponse.From(db, db.Set<LabResult>().Where(r => ids.Contains(r.Id)).OrderBy(r => r.Id)).ToListAsync(ct);
        return Answer.Created<IReadOnlyList<ResultResponse>>(rows, "Results entered.");
    }

    /// <summary>An answer that is typed is one of the test's; a word that nobody foresaw is written as text.</summary>
    public static void CheckAnswer(LabTest test, ResultForm form)
    {
        if (form.Value is not null && test.Kind != ResultKind.Numeric)
        {
            throw new InvalidInput("results", $"{test.Code} has no numbers.");
        }

        if (form.Value is not null && form.Unit is null && Units.UnitTable.AbsentMeans(test.Unit) is null)
        {
            throw new InvalidInput("results", $"{test.Code} needs a unit.");
        }

        if (form.Answer is { } answer && !test.Answers.Contains(answer.Trim(), StringComparer.OrdinalIgnoreCase))
        {
            throw new InvalidInput("results", $"The answers of {test.Code} are: {string.Join(", ", test.Answers)}.");
        }
    }

    /// <summary>When it was measured, which was not in the future.</summary>
    public static DateTimeOffset ObservedAt(ResultForm form, DateTimeOffset untold, DateTimeOffset now) =>
        form.ObservedAt is not { } at ? untold : at <= now ? at : throw new InvalidInput("observed_at", "Is measured in the future.");

    private static async Task<List<LabTest>> TestsAsync(CarelineDb db, IReadOnlyList<ResultForm> forms, CancellationToken ct)
    {
        var codes = forms.Select(f => f.Test.Trim().ToUpperInvariant()).ToArray();
        var ids = forms.Select(f => Guid.TryParse(f.Test, out var id) ? id : Guid.Empty).ToArray();
        var found = await db.Set<LabTest>().Include(t => t.Ranges).Where(t => codes.Contains(t.Code) || ids.Contains(t.Id)).ToListAsync(ct);
        return [.. forms.Select((form, i) => found.Find(t => t.Code == codes[i] || t.Id == ids[i]) ?? throw new InvalidInput("results", $"There is no test '{form.Test}'."))];
    }
}
