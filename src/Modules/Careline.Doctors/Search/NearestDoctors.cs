using Careline.Finding.Contracts;

namespace Careline.Doctors.Search;

/// <summary>Orders found doctors by how far they are from a place, looking ever farther until a page is full.</summary>
internal sealed class NearestDoctors(Places places, KeptOrder byId, Func<int, Guid> idOf, int capacity)
{
    private const double FirstReach = 25;

    /// <summary>One page, nearest or farthest first; those without a place come last either way. Farthest first looks at all.</summary>
    /// <param name="question">Names the place, the radius and the direction.</param>
    /// <param name="found">Whom, and how many they are.</param>
    /// <param name="skip">How many go before the page.</param>
    /// <param name="take">How many the page has.</param>
    public List<int> Page(DoctorQuestion question, (NumberSet Doctors, int Count) found, int skip, int take)
    {
        var (near, farthest) = (question.Near!.Value, question.Radius ?? Place.Farthest);
        List<(int Number, double Line)> located;
        var reach = question.IsDescending ? farthest : Math.Min(FirstReach, farthest);
        while (true)
        {
            located = places.Within(near, reach, found.Doctors);
            if (located.Count >= skip + take || reach >= farthest)
            {
                break;
            }

            reach = Math.Min(4 * reach, farthest);
        }

        var direction = question.IsDescending ? -1 : 1;
        var order = Comparer<(int Number, double Line)>.Create((a, b) =>
            a.Line != b.Line ? direction * a.Line.CompareTo(b.Line) : idOf(a.Number).CompareTo(idOf(b.Number)));
        List<int> page = [.. Foremost.Of(located, skip + take, order).Skip(skip).Select(p => p.Number)];
        if (page.Count < take && located.Count < found.Count)
        {
            var nowhere = new NumberSet(capacity);
            nowhere.CopyFrom(found.Doctors);
            located.ForEach(p => nowhere[p.Number] = false);
            page.AddRange(byId.Page(nowhere, found.Count - located.Count, Math.Max(0, skip - located.Count), take - page.Count));
        }

        return page;
    }
}
