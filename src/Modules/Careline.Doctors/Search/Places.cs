namespace Careline.Doctors.Search;

/// <summary>A place on earth (WGS 84), in degrees.</summary>
/// <param name="Latitude">-90 to 90.</param>
/// <param name="Longitude">-180 to 180.</param>
internal readonly record struct Place(double Latitude, double Longitude)
{
    /// <summary>Half a great circle: nothing is farther.</summary>
    public const double Farthest = 20_037.6;

    /// <summary>Mean radius in kilometres (IUGG).</summary>
    public const double EarthRadius = 6371.0088;

    /// <summary>The great-circle distance in kilometres, by the haversine formula.</summary>
    public double KilometresTo(Place other)
    {
        var (up, along) = (Radians(other.Latitude - Latitude) / 2, Radians(other.Longitude - Longitude) / 2);
        var part = Math.Pow(Math.Sin(up), 2) + (Math.Cos(Radians(Latitude)) * Math.Cos(Radians(other.Latitude)) * Math.Pow(Math.Sin(along), 2));
        return 2 * EarthRadius * Math.Asin(Math.Sqrt(Math.Min(1, part)));
    }

    private static double Radians(double degrees) => degrees * Math.PI / 180;
}

/// <summary>Where doctors are found, in squares of half a degree, so that a question about a place looks at its surroundings only.</summary>
internal sealed class Places
{
    private const double Side = 0.5;
    private const double KilometresPerDegree = 111.19;

    private readonly Dictionary<(int Row, int Column), List<(int Number, Place At)>> _squares = [];

    public void Add(int number, IEnumerable<Place> places)
    {
        foreach (var place in places)
        {
            var square = HomeOf(place);
            if (!_squares.TryGetValue(square, out var there))
            {
                _squares[square] = there = [];
            }

            there.Add((number, place));
        }
    }

    public void Remove(int number, IEnumerable<Place> places)
    {
        foreach (var place in places)
        {
            _squares.GetValueOrDefault(HomeOf(place))?.RemoveAll(p => p.Number == number);
        }
    }

    /// <summary>Who of some is found within a distance, once for each place there.</summary>
    public IEnumerable<(int Number, double Kilometres)> Within(Place centre, double kilometres, DoctorSet among)
    {
        foreach (var square in Around(centre, kilometres))
        {
            foreach (var (number, at) in square)
            {
                if (among[number] && centre.KilometresTo(at) is var distance && distance <= kilometres)
                {
                    yield return (number, distance);
                }
            }
        }
    }

    private List<List<(int Number, Place At)>> Around(Place centre, double kilometres)
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
