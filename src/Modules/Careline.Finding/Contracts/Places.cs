namespace Careline.Finding.Contracts;

/// <summary>
/// Where things are found, in squares of half a degree: a question about a place looks at its surroundings only, or only at those who are asked for
/// where they are fewer.
/// </summary>
/// <param name="capacity">How many numbers there are.</param>
public sealed class Places(int capacity)
{
    private const double Side = 0.5;
    private const double KilometresPerDegree = 111.19;

    private readonly Dictionary<(int Row, int Column), List<int>> _squares = [];
    private readonly Direction[]?[] _directions = new Direction[capacity][];

    /// <summary>Something is at these places.</summary>
    public void Add(int number, IReadOnlyCollection<Place> places)
    {
        _directions[number] = places.Count == 0 ? null : [.. places.Select(p => p.Direction)];
        foreach (var home in places.Select(HomeOf).Distinct())
        {
            if (!_squares.TryGetValue(home, out var there))
            {
                _squares[home] = there = [];
            }

            there.Add(number);
        }
    }

    /// <summary>It is there no more.</summary>
    public void Remove(int number, IEnumerable<Place> places)
    {
        _directions[number] = null;
        foreach (var home in places.Select(HomeOf).Distinct())
        {
            _squares.GetValueOrDefault(home)?.Remove(number);
        }
    }

    /// <summary>What of some is found within a distance, each once, with the line to the nearest of its places.</summary>
    public List<(int Number, double Line)> Within(Place centre, double kilometres, NumberSet among)
    {
        var (from, longest) = (centre.Direction, Direction.LineOf(kilometres));
        var within = new List<(int, double)>();
        var around = Around(centre, kilometres);
        if (among.Count() <= around.Sum(square => square.Count))
        {
            foreach (var number in among.Numbers())
            {
                Look(number);
            }

            return within;
        }

        var seen = new NumberSet(capacity);
        foreach (var number in around.SelectMany(square => square))
        {
            if (among[number] && !seen[number])
            {
                seen[number] = true;
                Look(number);
            }
        }

        return within;

        void Look(int number)
        {
            var shortest = double.PositiveInfinity;
            foreach (var at in _directions[number] ?? [])
            {
                shortest = Math.Min(shortest, from.LineTo(at));
            }

            if (_directions[number] is not null && shortest <= longest)
            {
                within.Add((number, shortest));
            }
        }
    }

    private List<List<int>> Around(Place centre, double kilometres)
    {
        // A little more than the circle: a degree is not everywhere the same length.
        var up = (kilometres / KilometresPerDegree * 1.01) + 0.01;
        var (top, bottom) = (Math.Min(90, centre.Latitude + up), Math.Max(-90, centre.Latitude - up));
        var narrowest = Math.Cos(Math.Max(Math.Abs(top), Math.Abs(bottom)) * Math.PI / 180);
        var along = narrowest < 0.01 ? 180 : Math.Min(180, up / narrowest);
        var ((first, left), (last, right)) = (SquareOf(new Place(bottom, centre.Longitude - along)), SquareOf(new Place(top, centre.Longitude + along)));
        if ((long)(last - first + 1) * (right - left + 1) > _squares.Count)
        {
            return [.. _squares.Values];
        }

        return
        [
            .. from row in Enumerable.Range(first, last - first + 1)
               from column in Enumerable.Range(left, right - left + 1).Select(Wrapped).Distinct()
               where _squares.ContainsKey((row, column))
               select _squares[(row, column)],
        ];
    }

    private static (int Row, int Column) SquareOf(Place place) => ((int)Math.Floor(place.Latitude / Side), (int)Math.Floor(place.Longitude / Side));

    private static (int Row, int Column) HomeOf(Place place)
    {
        var (row, column) = SquareOf(place);
        return (row, Wrapped(column));
    }

    // East of 180 degrees begins the west.
    private static int Wrapped(int column)
    {
        const int Columns = (int)(360 / Side);
        return ((((column + (Columns / 2)) % Columns) + Columns) % Columns) - (Columns / 2);
    }
}
