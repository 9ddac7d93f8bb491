using System.Collections.Concurrent;

namespace Careline.Platform.Web;

/// <summary>
/// Answers of a moment ago to questions that everybody asks alike, such as what a crowd is told of one time. Whatever this host commits ends them all
/// at once, so that nobody who changed something reads what was before; what another host commits shows within a second.
/// </summary>
public sealed class RecentAnswers(TimeProvider clock)
{
    private const int Most = 200;

    private static readonly TimeSpan _moment = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, Kept> _kept = new(StringComparer.Ordinal);
    private long _commits;

    /// <summary>Counts what this host committed: an answer that was made before a commit is not kept after it.</summary>
    public long Commits => Interlocked.Read(ref _commits);

    internal void Forget() => Interlocked.Increment(ref _commits);

    /// <summary>The answer of a moment ago, or null.</summary>
    public T? Find<T>(string key)
        where T : class => _kept.TryGetValue(key, out var kept) && IsFresh(kept) ? kept.Answer as T : null;

    /// <summary>Keeps an answer for a moment.</summary>
    /// <param name="key">The question.</param>
    /// <param name="answer">The answer, which nobody changes.</param>
    /// <param name="commits">What <see cref="Commits"/> was before the answer was made.</param>
    public void Keep(string key, object answer, long commits)
    {
        if (_kept.Count >= Most)
        {
            foreach (var (old, kept) in _kept)
            {
                if (!IsFresh(kept))
                {
                    _kept.TryRemove(old, out _);
                }
            }
        }

        if (_kept.Count < Most)
        {
            _kept[key] = new Kept(answer, clock.GetUtcNow() + _moment, commits);
        }
    }

    private bool IsFresh(Kept kept) => kept.Commits == Commits && clock.GetUtcNow() < kept.Until;

    private sealed record Kept(object Answer, DateTimeOffset Until, long Commits);
}
