using Careline.Audit.Contracts;
using Careline.Labs.Collections;
using Careline.Payments.Contracts;

namespace Careline.Labs.Orders;

/// <summary>Why something is done.</summary>
/// <param name="Reason">As written.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record LabReasonRequest([Required, StringLength(2000, MinimumLength = 1)] string Reason);

internal static class MoveOrder
{
    public static void Map(RouteGroupBuilder orders)
    {
        orders.MapPost("/{id:guid}/cancel/", Cancel).Named("CancelLabOrder", "Calls an order off on which the laboratory does not work yet.")
            .ForRoles(LabStaff.WorkingRoles).VisibleAs<LabOrder>();
        orders.MapPost("/{id:guid}/start/", Start).Named("StartLabOrder", "The laboratory works on an order whose sample it has.")
            .ForRoles(LabStaff.WorkingRoles).VisibleAs<LabOrder>();
    }

    private static async Task<Answer<LabOrderRow>> Cancel(
        Guid id, LabReasonRequest request, Actor actor, CarelineDb db, CollectionDesk desk, IPayments payments, AuditTrail trail, CancellationToken ct)
    {
        var order = await LabStaff.AsDoctorAsync(db, actor, id, ct);
        order.Cancel(request.Reason, db.Now);
        await desk.CallOffAsync([order], ct);
        await payments.SettleAsync(new PaymentEnd(PayableKind.LabOrder, id, 0, RefundReason.Other, actor.AccountId), ct);
        return await SaveAsync(order, "Order cancelled.", db, trail, ct);
    }

    private static async Task<Answer<LabOrderRow>> Start(Guid id, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var order = await LabStaff.AtWorkAsync(db, actor, id, ct);
        order.Move(LabOrderStatus.InProgress, db.Now);
        return await SaveAsync(order, "In progress.", db, trail, ct);
    }

    private static async Task<Answer<LabOrderRow>> SaveAsync(LabOrder order, string message, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        trail.About("lab_order", order.Id).Concerns(order.PatientId);
        await db.SaveChangesAsync(ct);
        return Answer.Ok(await Ordering.Rows(db, db.Set<LabOrder>().Where(o => o.Id == order.Id)).FirstAsync(ct), message);
    }
}
