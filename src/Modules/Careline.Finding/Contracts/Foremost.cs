namespace Careline.Finding.Contracts;

/// <summary>The first few of many in an order, without sorting all: a page needs few.</summary>
public static class Foremost
{
    /// <summary>The first ones, in order.</summary>
    /// <param name="all">All, in any order.</param>
    /// <param name="count">How many at the most.</param>
    /// <param name="order">The order.</param>
    public static List<T> Of<T>(IReadOnlyCollection<T> all, int count, IComparer<T> order)
    {
        List<T> first;
        if (all.Count <= count)
        {
            first = [.. all];
        }
        else
        {
            var kept = new PriorityQueue<T, T>(Comparer<T>.Create((a, b) => order.Compare(b, a)));
            foreach (var one in all)
            {
                if (kept.Count < count)
                {
                    kept.Enqueue(one, one);
                }
                else
                {
                    kept.EnqueueDequeue(one, one);
                }
            }

            first = [.. kept.UnorderedItems.Select(k => k.Element)];
        }

        first.Sort(order);
        return first;
    }
}
