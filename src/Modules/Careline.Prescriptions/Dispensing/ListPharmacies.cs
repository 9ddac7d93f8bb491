using Careline.Clinics.Contracts;

namespace Careline.Prescriptions.Dispensing;

/// <summary>A clinic that hands out medicines.</summary>
public sealed record PharmacyResponse
{
    /// <summary>The clinic.</summary>
    public Guid Id { get; init; }

    /// <summary>The name.</summary>
    public string Name { get; init; } = "";

    /// <summary>Street and number.</summary>
    public string? Address { get; init; }

    /// <summary>City.</summary>
    public string? City { get; init; }

    /// <summary>ISO 3166-1 alpha-2 code.</summary>
    public string? Country { get; init; }

    /// <summary>E.164.</summary>
    public string? Phone { get; init; }

    /// <summary>IANA zone.</summary>
    public string TimeZone { get; init; } = "";

    /// <summary>Kilometres from the place asked for, as the crow flies; null without one.</summary>
    public double? DistanceKm { get; init; }
}

internal static class ListPharmacies
{
    private const double EarthKm = 6371.0088;
    private const double KmOfDegree = 111.2;

    public static void Map(RouteGroupBuilder pharmacies) => pharmacies.MapGet("/", Handle)
        .Named("ListPharmacies", "Pharmacies, by name, or by their distance from ?near=latitude,longitude within ?radius_km=.")
        .ForAnyone("people choose a pharmacy before they sign up")
        .WithFilters("near", "radius_km", "city", "country");

    private static async Task<PageAnswer<PharmacyResponse>> Handle(ListQuery query, CarelineDb db, CancellationToken ct)
    {
        var pharmacies = db.Set<ClinicRow>().Where(c => c.IsPharmacy && c.IsOpen);
        if (query.Text("city", 120) is { } city)
        {
            pharmacies = pharmacies.Where(c => c.City == city);
        }

        if (query.Text("country", 2) is { } country)
        {
            pharmacies = pharmacies.Where(c => c.Country == country);
        }

        if (query.Search is { } search)
        {
            var words = search.ToLowerInvariant();
            pharmacies = pharmacies.Where(c => c.Name.ToLower().Contains(words) || c.City!.ToLower().Contains(words));
        }

        var radius = (double)(query.Decimal("radius_km", 0.1m, 1000) ?? 50);
        if (PlaceOf(query) is not var (latitude, longitude))
        {
            query.Ordering("name");
            return Answer.Page(await query.PageAsync(Rows(pharmacies, null).OrderBy(p => p.Name).ThenBy(p => p.Id), ct));
        }

        query.Ordering("distance");
        var reach = radius / KmOfDegree;
        var near = pharmacies.Where(c => c.Latitude >= latitude - reach && c.Latitude <= latitude + reach && c.Longitude != null);
        return Answer.Page(await query.PageAsync(
            Rows(near, (latitude, longitude)).Where(p => p.DistanceKm <= radius).OrderBy(p => p.DistanceKm).ThenBy(p => p.Id), ct));
    }

    // The haversine formula, on a sphere.
    private static IQueryable<PharmacyResponse> Rows(IQueryable<ClinicRow> clinics, (double Latitude, double Longitude)? from)
    {
        var (latitude, longitude) = from ?? default;
        var isAsked = from is not null;
        return clinics.Select(c => new PharmacyResponse
        {
            Id = c.Id,
            Name = c.Name,
            Address = c.Address,
            City = c.City,
            Country = c.Country,
            Phone = c.Phone,
            TimeZone = c.TimeZone,
            DistanceKm = !isAsked ? null : 2 * EarthKm * Math.Asin(Math.Min(1, Math.Sqrt(
                Math.Pow(Math.Sin(double.DegreesToRadians(c.Latitude!.Value - latitude) / 2), 2)
                + (Math.Cos(double.DegreesToRadians(latitude)) * Math.Cos(double.DegreesToRadians(c.Latitude!.Value))
                    * Math.Pow(Math.Sin(double.DegreesToRadians(c.Longitude!.Value - longitude) / 2), 2))))),
        });
    }

    private static (double Latitude, double Longitude)? PlaceOf(ListQuery query)
    {
        if (query.Text("near", 100) is not { } text)
        {
            return null;
        }

        var parts = text.Split(',');
        if (parts.Length == 2 && Degrees(parts[0], 90) is { } latitude && Degrees(parts[1], 180) is { } longitude)
        {
            return (latitude, longitude);
        }

        query.Fault("near", "Must be latitude and longitude in degrees, such as 6.45,3.39.");
        return null;
    }

    private static double? Degrees(string text, double most) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out var value)
        && Math.Abs(value) <= most ? value : null;
}
