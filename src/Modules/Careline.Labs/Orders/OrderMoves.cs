namespace Careline.Labs.Orders;

/// <summary>
/// Which moves an order can make. Results may come at any time before it is closed: a laboratory elsewhere often sends nothing but them. An order on which the
/// laboratory works is not called off any more, only its results are. When the only sample was rejected it is ordered again.
/// </summary>
internal static class OrderMoves
{
    public static bool Allows(LabOrderStatus from, LabOrderStatus to) => (from, to) switch
    {
        (LabOrderStatus.Ordered, LabOrderStatus.Collected) => true,
        (LabOrderStatus.Collected, LabOrderStatus.Received or LabOrderStatus.Ordered) => true,
        (LabOrderStatus.Received, LabOrderStatus.InProgress or LabOrderStatus.Ordered) => true,
        (LabOrderStatus.InProgress, LabOrderStatus.Ordered) => true,
        (LabOrderStatus.Ordered or LabOrderStatus.Collected or LabOrderStatus.Received, LabOrderStatus.Cancelled) => true,
        (LabOrderStatus.Ordered or LabOrderStatus.Collected or LabOrderStatus.Received or LabOrderStatus.InProgress, LabOrderStatus.PartiallyResulted) => true,
        (LabOrderStatus.Ordered or LabOrderStatus.Collected or LabOrderStatus.Received or LabOrderStatus.InProgress or LabOrderStatus.PartiallyResulted,
            LabOrderStatus.Completed) => true,
        _ => false,
    };

    public static bool IsOpen(LabOrderStatus status) => status is not (LabOrderStatus.Completed or LabOrderStatus.Cancelled);
}
