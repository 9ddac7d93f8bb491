using Careline.Clinics.Stock.Batches;
using Careline.Clinics.Stock.Counts;
using Careline.Clinics.Stock.Items;
using Careline.Clinics.Stock.Movements;
using Careline.Clinics.Stock.Orders;
using Careline.Clinics.Stock.Summaries;
using Careline.Clinics.Stock.Suppliers;

namespace Careline.Clinics.Stock;

internal static class StockRoutes
{
    /// <summary>Why the second id in a path needs no gate of its own.</summary>
    public const string OfClinic = "It is looked for among those of the clinic.";

    public static void Map(RouteGroupBuilder stock)
    {
        ManageItems.Map(stock);
        ManageBatches.Map(stock);
        CorrectBatch.Map(stock);
        MoveStock.Map(stock);
        TransferStock.Map(stock);
        CountStock.Map(stock);
        ManageSuppliers.Map(stock);
        ManageOrders.Map(stock);
        ReceiveDelivery.Map(stock);
        SummariseStock.Map(stock);
    }
}
