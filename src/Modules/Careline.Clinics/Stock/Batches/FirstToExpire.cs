namespace Careline.Clinics.Stock.Batches;

/// <summary>Which batches something is taken from.</summary>
internal static class FirstToExpire
{
    /// <summary>
    /// So much of each, beginning with what expires first; what never expires comes last, and of two that end on one day the one that came first. Null where all
    /// of them are not enough.
    /// </summary>
    public static IReadOnlyList<(StockBatch Batch, long Quantity)>? Take(IEnumerable<StockBatch> batches, long quantity, DateOnly today)
    {
        var taken = new List<(StockBatch, long)>();
        foreach (var batch in batches.Where(b => b.Level > 0 && (b.ExpiresOn is null || b.ExpiresOn >= today))
            .OrderBy(b => b.ExpiresOn ?? DateOnly.MaxValue).ThenBy(b => b.ReceivedAt).ThenBy(b => b.Id))
        {
            var part = Math.Min(batch.Level, quantity);
            taken.Add((batch, part));
            quantity -= part;
            if (quantity == 0)
            {
                return taken;
            }
        }

        return null;
    }
}
