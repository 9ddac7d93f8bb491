using Careline.Audit.Contracts;
using Careline.Labs.Catalogue;
using Careline.Labs.Orders;

namespace Careline.Labs.Results;

/// <summary>Changes what a result says, or takes it back: with a reason, and with its history kept. The patient sees it again once a doctor has looked.</summary>
internal static class CorrectResult
{
    public static void Map(RouteGroupBuilder results)
    {
        results.MapPost("/{id:guid}/correct/", Correct).Named("CorrectLabResult", "Corrects a result that was final; what it said before is kept.")
            .ForRoles(LabStaff.WorkingRoles).VisibleAs<LabResult>();
        results.MapPost("/{id:guid}/cancel/", Cancel).Named("CancelLabResult", "Takes a result back: it could not be done, or was another patient's.")
            .ForRoles(LabStaff.WorkingRoles).VisibleAs<LabResult>();
    }

    private static async Task<Answer<ResultResponse>> Correct(
        Guid id, CorrectResultRequest request, IfMatch ifMatch, Actor actor, CarelineDb db, ResultDesk desk, AuditTrail trail, CancellationToken ct)
    {
        var (order, result, test) = await TakeAsync(db, actor, id, ifMatch, ct);
        if (!request.Result.Test.Equals(test.Code, StringComparison.OrdinalIgnoreCase) && request.Result.Test != test.Id.ToString())
        {
            throw new InvalidInput("result", $"It is a result of {test.Code}; take it back if it is another's.");
        }

        EnterResults.CheckAnswer(test, request.Result);
        var author = new ResultAuthor(actor.AccountId, ResultSource.Entered, request.Reason);
        var observedAt = EnterResults.ObservedAt(request.Result, result.ObservedAt, db.Now);
        return await SaveAsync(db, order, await desk.SayAsync(order, test, result.SubId, request.Result.Measured, ResultState.Corrected, observedAt, author, ct), id, desk, trail, ct);
    }

    private static async Task<Answer<ResultResponse>> Cancel(
        Guid id, LabReasonRequest request, IfMatch ifMatch, Actor actor, CarelineDb db, ResultDesk desk, AuditTrail trail, CancellationToken ct)
    {
        var (order, result, test) = await TakeAsync(db, actor, id, ifMatch, ct);
        var author = new ResultAuthor(actor.AccountId, ResultSource.Entered, request.Reason);
        return await SaveAsync(db, order, await desk.SayAsync(order, test, result.SubId, Measured.Nothing, ResultState.Cancelled, result.ObservedAt, author, ct), id, desk, trail, ct);
    }

    private static async Task<(LabOrder Order, LabResult Result, LabTest Test)> TakeAsync(CarelineDb db, Actor actor, Guid id, IfMatch ifMatch, CancellationToken ct)
    {
        var found = await LabResult.VisibleTo(db, actor).Where(r => r.Id == id).Select(r => new { r.OrderId, r.TestId }).FirstOrDefaultAsync(ct) ?? throw new NotFound();
        var order = await LabStaff.AtWorkAsync(db, actor, found.OrderId, ct);
        var result = await db.Set<LabResult>().AsTracking().FirstAsync(r => r.Id == id, ct);
        ifMatch.Check(result);
        return (order, result, await db.Set<LabTest>().Include(t => t.Ranges).FirstAsync(t => t.Id == found.TestId, ct));
    }

    private static async Task<Answer<ResultResponse>> SaveAsync(
        CarelineDb db, LabOrder order, ResultDesk.Said? said, Guid id, ResultDesk desk, AuditTrail trail, CancellationToken ct)
    {
        await desk.FinishAsync(order, said is null ? [] : [said], ct);
        trail.About("lab_result", id).Concerns(order.PatientId);
        await db.SaveChangesAsync(ct);
        return Answer.Ok(await ResultResponse.From(db, db.Set<LabResult>().Where(r => r.Id == id)).FirstAsync(ct), "Result changed.");
    }
}
