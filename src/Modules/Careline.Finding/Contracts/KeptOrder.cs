namespace Careline.Finding.Contracts;

/// <summary>
/// All things of a catalogue in one order, kept up as they change. A page is read by walking the order until it is full, or by sorting what was found where that is
/// less; what lies before a place in the order ("rated 4 and better") is a set, made from a landmark and the few after it.
/// </summary>
/// <param name="capacity">How many numbers there are.</param>
/// <param name="compare">Orders two numbers by what they stand for.</param>
/// <param name="isRange">Whether <see cref="Beginning"/> is asked for.</param>
public sealed class KeptOrder(int capacity, Comparison<int> compare, bool isRange)
{
    private const int Stretch = 512;

    private readonly int[] _place = new int[capacity];
    private readonly List<NumberSet> _landmarks = [];
    private int[] _order = [];
    private bool _isStale = true;

    /// <summary>Sorts all anew, when a catalogue is made.</summary>
    public void Fill(int[] numbers)
    {
        _order = numbers;
        Array.Sort(_order, compare);
        _isStale = true;
    }

    /// <summary>Takes some out by the place they had: to be called before their keys change.</summary>
    public void Remove(IReadOnlySet<int> numbers)
    {
        int[] gone = [.. numbers.Select(n => _place[n]).Order()];
        var left = new int[_order.Length - gone.Length];
        var from = 0;
        for (var i = 0; i <= gone.Length; i++)
        {
            var until = i == gone.Length ? _order.Length : gone[i];
            _order.AsSpan(from, until - from).CopyTo(left.AsSpan(from - i));
            from = until + 1;
        }

        _order = left;
        _isStale = true;
    }

    /// <summary>Puts some where their keys say now. Their places are searched for, so that few who come cost few comparisons.</summary>
    public void Add(IEnumerable<int> numbers)
    {
        var added = numbers.ToArray();
        Array.Sort(added, compare);
        var merged = new int[_order.Length + added.Length];
        var from = 0;
        for (var i = 0; i <= added.Length; i++)
        {
            var until = i == added.Length ? _order.Length : from + First(_order.AsSpan(from), n => compare(n, added[i]) > 0);
            _order.AsSpan(from, until - from).CopyTo(merged.AsSpan(from + i));
            from = until;
            if (i < added.Length)
            {
                merged[until + i] = added[i];
            }
        }

        _order = merged;
        _isStale = true;
    }

    /// <summary>Brings places and landmarks up to date, before anybody reads.</summary>
    public void Settle()
    {
        if (!_isStale)
        {
            return;
        }

        _isStale = false;
        _landmarks.Clear();
        var before = new NumberSet(capacity);
        for (var i = 0; i < _order.Length; i++)
        {
            _place[_order[i]] = i;
            if (!isRange)
            {
                continue;
            }

            if (i % Stretch == 0)
            {
                var landmark = new NumberSet(capacity);
                landmark.CopyFrom(before);
                _landmarks.Add(landmark);
            }

            before[_order[i]] = true;
        }
    }

    /// <summary>Those at the beginning of the order of whom something holds that holds of none after them.</summary>
    public NumberSet Beginning(Func<int, bool> holds)
    {
        var low = First(_order, n => !holds(n));
        var found = new NumberSet(capacity);
        var landmark = Math.Min(low / Stretch, _landmarks.Count - 1);
        if (landmark >= 0)
        {
            found.CopyFrom(_landmarks[landmark]);
            for (var i = landmark * Stretch; i < low; i++)
            {
                found[_order[i]] = true;
            }
        }

        return found;
    }

    /// <summary>One page of a set in this order.</summary>
    /// <param name="found">The set.</param>
    /// <param name="count">How many are in it.</param>
    /// <param name="skip">How many go before the page.</param>
    /// <param name="take">How many the page has.</param>
    public IReadOnlyList<int> Page(NumberSet found, int count, int skip, int take)
    {
        if (count <= skip)
        {
            return [];
        }

        var walk = (long)(skip + take) * _order.Length / count;
        return count * (long)(1 + Math.Log2(count)) < walk ? Sorted(found, skip, take) : Walked(found, skip, take);
    }

    private List<int> Walked(NumberSet found, int skip, int take)
    {
        var page = new List<int>(take);
        foreach (var number in _order)
        {
            if (found[number] && skip-- <= 0)
            {
                page.Add(number);
                if (page.Count == take)
                {
                    break;
                }
            }
        }

        return page;
    }

    private int[] Sorted(NumberSet found, int skip, int take)
    {
        var numbers = found.Numbers().ToArray();
        Array.Sort(Array.ConvertAll(numbers, n => _place[n]), numbers);
        return [.. numbers.Skip(skip).Take(take)];
    }

    /// <summary>Where the first lies of whom something holds that holds of all after it too; the length where it holds of nobody.</summary>
    private static int First(ReadOnlySpan<int> order, Func<int, bool> holds)
    {
        var (low, high) = (0, order.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = holds(order[middle]) ? (low, middle) : (middle + 1, high);
        }

        return low;
    }
}
