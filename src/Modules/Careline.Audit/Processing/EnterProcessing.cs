using Careline.Audit.Reading;

namespace Careline.Audit.Processing;

internal static class EnterProcessing
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/", Handle).Named("EnterProcessingActivity", "Enters a processing activity in the record.").ForRoles(ListEvents.Readers);

    private static async Task<CreatedAnswer<ProcessingActivityResponse>> Handle(
        ProcessingActivityRequest request, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var entered = ProcessingActivity.Enter(db.NewId(), request, db.Now);
        db.Add(entered);
        trail.About("processing_activity", entered.Id).Because("operations");
        await db.SaveChangesAsync(ct);
        return Answer.Created(ProcessingActivityResponse.From(entered), "The activity was entered.");
    }
}
