using Careline.Clinics.Clinics;

namespace Careline.Clinics.Nearby;

/// <summary>What is asked about clinics around a place, read from the query string once, for whoever answers it: the index or the tables.</summary>
internal sealed record NearbyQuestion
{
    public required Surroundings Around { get; init; }

    public ClinicKind? Kind { get; init; }

    public bool? IsPharmacy { get; init; }

    public bool? IsOpen { get; init; }

    public ServiceQuestion? Service { get; init; }

    public bool FarthestFirst { get; init; }

    /// <summary>Names of the filters beside paging and ordering.</summary>
    public static string[] Filters { get; } = ["lat", "lng", "radius_km", "open_now", "service", "max_fee", "currency", "is_pharmacy", "kind"];

    public static NearbyQuestion Read(ListQuery query)
    {
        var (latitude, longitude) = (query.Decimal("lat", -90, 90), query.Decimal("lng", -180, 180));
        foreach (var (name, value) in new[] { ("lat", latitude), ("lng", longitude) })
        {
            if (value is null)
            {
                query.Fault(name, "Give lat and lng in degrees, such as lat=6.45&lng=3.39.");
            }
        }

        return new NearbyQuestion
        {
            Around = new Surroundings(new((double)(latitude ?? 0), (double)(longitude ?? 0)), (double)(query.Decimal("radius_km", 0.1m, 1000) ?? 25)),
            Kind = query.Enum<ClinicKind>("kind"),
            IsPharmacy = query.Flag("is_pharmacy"),
            IsOpen = query.Flag("open_now"),
            Service = ServiceQuestion.Read(query),
            FarthestFirst = query.Ordering("distance").Descending,
        };
    }
}

/// <summary>Something that a clinic must sell: one service must be all of it.</summary>
/// <param name="Id">This one.</param>
/// <param name="Words">In small letters, part of its name or category.</param>
/// <param name="Currency">What it is paid in.</param>
/// <param name="Most">Minor units, only with a currency.</param>
internal sealed record ServiceQuestion(Guid? Id, string? Words, string? Currency, long Most)
{
    public static ServiceQuestion? Read(ListQuery query)
    {
        var (service, fee, currency) = (query.Text("service"), query.Decimal("max_fee", 0, 1_000_000_000), query.Text("currency", 3)?.ToUpperInvariant());
        if (fee is not null && currency is null)
        {
            query.Fault("currency", "Say in which currency max_fee is.");
        }

        var isId = Guid.TryParse(service, out var id);
        return service is null && currency is null ? null
            : new ServiceQuestion(isId ? id : null, isId ? null : service?.ToLowerInvariant(), currency, (long)(fee ?? long.MaxValue));
    }
}
