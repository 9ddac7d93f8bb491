namespace Careline.Finding.Contracts;

/// <summary>A place on earth (WGS 84), in degrees.</summary>
/// <param name="Latitude">-90 to 90.</param>
/// <param name="Longitude">-180 to 180.</param>
public readonly record struct Place(double Latitude, double Longitude)
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

    /// <summary>Where it is on a globe of radius 1.</summary>
    public Direction Direction
    {
        get
        {
            var ((up, high), (along, far)) = (Math.SinCos(Radians(Latitude)), Math.SinCos(Radians(Longitude)));
            return new Direction(high * far, high * along, up);
        }
    }

    private static double Radians(double degrees) => degrees * Math.PI / 180;
}

/// <summary>A point of a globe of radius 1, from its middle.</summary>
/// <param name="X">Towards the crossing of the equator and the prime meridian.</param>
/// <param name="Y">Towards the equator at 90 degrees east.</param>
/// <param name="Z">Towards the north pole.</param>
public readonly record struct Direction(double X, double Y, double Z)
{
    /// <summary>The square of the straight line to another through the globe: it grows with the distance, and takes no trigonometry.</summary>
    public double LineTo(Direction other)
    {
        var (x, y, z) = (X - other.X, Y - other.Y, Z - other.Z);
        return (x * x) + (y * y) + (z * z);
    }

    /// <summary>The square of the straight line that belongs to a distance over ground.</summary>
    public static double LineOf(double kilometres)
    {
        var half = Math.Sin(Math.Min(Math.PI, kilometres / Place.EarthRadius) / 2);
        return kilometres >= Place.Farthest ? double.PositiveInfinity : 4 * half * half;
    }
}
