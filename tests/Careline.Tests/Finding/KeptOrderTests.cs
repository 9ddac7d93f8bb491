using Careline.Finding.Contracts;

namespace Careline.Tests.Finding;

/// <summary>An order that is kept up is the one that sorting everybody anew would make.</summary>
public sealed class KeptOrderTests
{
    private const int Capacity = 200;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Taking_out_and_putting_back_keeps_the_order(int seed)
    {
        var random = new Random(seed);
        var keys = Enumerable.Range(0, Capacity).Select(_ => random.Next(30)).ToArray();
        var present = Enumerable.Range(0, 120).ToHashSet();
        var order = new KeptOrder(Capacity, Compare, isRange: true);
        order.Fill([.. present]);
        order.Settle();

        for (var round = 0; round < 200; round++)
        {
            var gone = present.Where(_ => random.Next(20) == 0).ToHashSet();
            var come = Enumerable.Range(0, Capacity).Where(n => !present.Contains(n) && random.Next(20) == 0).Concat(gone.Where(_ => random.Next(2) == 0)).ToList();
            order.Remove(gone);
            present.ExceptWith(gone);
            come.ForEach(n => keys[n] = random.Next(30));
            order.Add(come);
            present.UnionWith(come);
            order.Settle();

            var all = new NumberSet(Capacity);
            foreach (var number in present)
            {
                all[number] = true;
            }

            order.Page(all, present.Count, 0, Capacity).ShouldBe(present.Order(Comparer<int>.Create(Compare)));
            order.Beginning(n => keys[n] < 11).Numbers().ShouldBe(present.Where(n => keys[n] < 11), ignoreOrder: true);
        }

        int Compare(int a, int b) => keys[a] != keys[b] ? keys[a].CompareTo(keys[b]) : a.CompareTo(b);
    }
}
