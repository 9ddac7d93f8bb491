namespace Careline.Doctors.Search;

/// <summary>How many mistakes lie between two words (optimal string alignment: insert, leave out, replace, swap neighbours).</summary>
internal static class Mistakes
{
    /// <summary>The number, or more than <paramref name="most"/> as soon as it is certain to be more.</summary>
    public static int Between(string one, string other, int most)
    {
        if (Math.Abs(one.Length - other.Length) > most)
        {
            return most + 1;
        }

        Span<int> beforeLast = stackalloc int[other.Length + 1];
        Span<int> last = stackalloc int[other.Length + 1];
        Span<int> row = stackalloc int[other.Length + 1];
        for (var j = 0; j <= other.Length; j++)
        {
            last[j] = j;
        }

        for (var i = 1; i <= one.Length; i++)
        {
            row[0] = i;
            var best = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var steps = Math.Min(Math.Min(last[j], row[j - 1]) + 1, last[j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                {
                    steps = Math.Min(steps, beforeLast[j - 2] + 1);
                }

                row[j] = steps;
                best = Math.Min(best, steps);
            }

            if (best > most)
            {
                return best;
            }

            var free = beforeLast;
            beforeLast = last;
            last = row;
            row = free;
        }

        return last[other.Length];
    }
}
