namespace Careline.Hours.Contracts;

/// <summary>Spans that may be asked whether any of them overlaps another, in the time of a search.</summary>
public sealed class SpanSet
{
    private readonly List<Span> _apart = [];

    /// <summary>Puts together what overlaps or touches; what has no length is left out.</summary>
    public SpanSet(IEnumerable<Span> spans)
    {
        foreach (var span in spans.Where(s => s.End > s.Start).OrderBy(s => s.Start))
        {
            if (_apart.Count > 0 && span.Start <= _apart[^1].End)
            {
                _apart[^1] = new Span(_apart[^1].Start, span.End > _apart[^1].End ? span.End : _apart[^1].End);
            }
            else
            {
                _apart.Add(span);
            }
        }
    }

    /// <summary>The spans put together where they touch, in order.</summary>
    public static IReadOnlyList<Span> Union(IEnumerable<Span> spans) => new SpanSet(spans)._apart;

    /// <summary>Whether any of them shares a moment with the span.</summary>
    public bool Overlaps(Span span)
    {
        var (low, high) = (0, _apart.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_apart[middle].End <= span.Start)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low < _apart.Count && _apart[low].Start < span.End;
    }
}
