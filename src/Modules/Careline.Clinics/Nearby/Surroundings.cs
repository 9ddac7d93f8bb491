using Careline.Clinics.Clinics;
using Careline.Finding.Contracts;

namespace Careline.Clinics.Nearby;

/// <summary>A place and how far around it somebody looks.</summary>
internal readonly record struct Surroundings(Place Centre, double Kilometres)
{
    private const double Radian = Math.PI / 180;
    private const double KilometresPerDegree = 111.19;

    /// <summary>The clinics within the radius, with their distances by the same formula as <see cref="Place.KilometresTo"/>.</summary>
    public IQueryable<PlacedClinic> Among(IQueryable<Clinic> clinics)
    {
        var ((latitude, longitude), cosine, radius) = (Centre, Math.Cos(Centre.Latitude * Radian), Kilometres);
        return InTheSquare(clinics)
            .Select(c => new PlacedClinic
            {
                Id = c.Id,
                TimeZone = c.TimeZone,
                ClosedDays = c.ClosedDays,
                Kilometres = 2 * Place.EarthRadius * Math.Asin(Math.Sqrt(Math.Min(
                    1.0,
                    Math.Pow(Math.Sin((c.Latitude!.Value - latitude) * Radian / 2), 2)
                    + (cosine * Math.Cos(c.Latitude!.Value * Radian) * Math.Pow(Math.Sin((c.Longitude!.Value - longitude) * Radian / 2), 2))))),
            })
            .Where(p => p.Kilometres <= radius);
    }

    /// <summary>What an index finds: a little more than the circle. Around a pole every longitude is near, and east of 180 degrees begins the west.</summary>
    private IQueryable<Clinic> InTheSquare(IQueryable<Clinic> clinics)
    {
        var up = (Kilometres / KilometresPerDegree * 1.01) + 0.01;
        var (bottom, top) = (Centre.Latitude - up, Centre.Latitude + up);
        var narrowest = Math.Cos(Math.Min(90, Math.Max(Math.Abs(top), Math.Abs(bottom))) * Radian);
        var along = narrowest < 0.01 ? 180 : Math.Min(180, up / narrowest);
        var (west, east) = (Centre.Longitude - along, Centre.Longitude + along);
        var inRow = clinics.Where(c => c.Latitude >= bottom && c.Latitude <= top && c.Longitude != null);
        return along >= 180 ? inRow
            : west < -180 ? inRow.Where(c => c.Longitude >= west + 360 || c.Longitude <= east)
            : east > 180 ? inRow.Where(c => c.Longitude >= west || c.Longitude <= east - 360)
            : inRow.Where(c => c.Longitude >= west && c.Longitude <= east);
    }
}

/// <summary>How far a clinic is, and by what it is told whether it is open.</summary>
internal sealed class PlacedClinic
{
    public Guid Id { get; init; }

    public string TimeZone { get; init; } = "";

    public DateOnly[] ClosedDays { get; init; } = [];

    public double Kilometres { get; init; }
}
