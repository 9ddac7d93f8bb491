namespace Careline.Audit.Seals;

/// <summary>One walk along the chain: what it passed is whole.</summary>
internal sealed class SealWalk(SealChain chain, IEnumerable<Anchor> anchors)
{
    private readonly ILookup<long, byte[]> _anchors = anchors.ToLookup(a => a.Position, a => a.Hash);
    private byte[] _previous = SealChain.Start;

    /// <summary>Rows passed.</summary>
    public long Whole { get; private set; }

    /// <summary>Passes the row if it is as it was sealed, and answers what was done to it if not.</summary>
    public Tampering? Step(SealedRow row)
    {
        if (row.Position != Whole + 1)
        {
            return Tampering.MissingSeal;
        }

        if (row.Event is null)
        {
            return Tampering.MissingEvent;
        }

        var hash = chain.Next(_previous, row.Event);
        if (!Same(hash, row.Hash) || _anchors[row.Position].Any(anchor => !Same(hash, anchor)))
        {
            return Tampering.Changed;
        }

        Whole = row.Position;
        _previous = hash;
        return null;
    }

    /// <summary>Whether another row's event is the one that was sealed at this place.</summary>
    public bool BelongsHere(SealedRow other, SealedRow here)
    {
        if (other.Event is null)
        {
            return false;
        }

        var hash = chain.Next(_previous, other.Event);
        return Same(hash, here.Hash) || Same(hash, other.Hash);
    }

    /// <summary>The verdict at the row that could not be passed.</summary>
    public SealVerdict Broken(SealedRow row, Tampering tampering) => tampering == Tampering.MissingSeal
        ? CutOff()
        : new SealVerdict(Whole, new BrokenSeal(row.Position, row.EventId, tampering));

    /// <summary>The verdict where a seal should be and none is.</summary>
    public SealVerdict CutOff() => new(Whole, new BrokenSeal(Whole + 1, null, Tampering.MissingSeal));

    private static bool Same(byte[] one, byte[] other) => one.AsSpan().SequenceEqual(other);
}
