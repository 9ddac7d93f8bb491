using Careline.Finding.Contracts;

namespace Careline.Doctors.Search;

/// <summary>What the doctor list is asked, read from the query string once, for whoever answers it: the index or the tables.</summary>
internal sealed record DoctorQuestion
{
    public string? Specialty { get; init; }

    public decimal? LeastRating { get; init; }

    public int? MostFee { get; init; }

    public int? LeastExperience { get; init; }

    public string? Language { get; init; }

    public Guid? ClinicId { get; init; }

    public Modality? Modality { get; init; }

    public DateOnly? AvailableOn { get; init; }

    public Place? Near { get; init; }

    /// <summary>In kilometres; null asks for everybody, also for those without a place.</summary>
    public double? Radius { get; init; }

    public string? Search { get; init; }

    public string Order { get; init; } = "rating";

    public bool IsDescending { get; init; } = true;

    /// <summary>Names of the filters beside paging, ordering and search.</summary>
    public static string[] Filters { get; } =
        ["specialization", "min_rating", "max_fee", "min_experience", "language", "clinic", "modality", "available_on", "near", "radius_km"];

    public static DoctorQuestion Read(ListQuery query)
    {
        var near = PlaceOf(query);
        var radius = query.Decimal("radius_km", 0, 20_038);
        string[] orders = ["-rating", "fee", "experience", "next_available", "distance"];
        var (order, descending) = query.Ordering(near is null ? orders : [.. orders.Reverse()]);
        if (near is null && query.Text("near", 100) is null)
        {
            if (radius is not null)
            {
                query.Fault("radius_km", "Only with near.");
            }

            if (order == "distance")
            {
                query.Fault("ordering", "By distance only with near.");
            }
        }

        return new DoctorQuestion
        {
            Specialty = query.Text("specialization"),
            LeastRating = query.Decimal("min_rating", 0, 5),
            MostFee = query.Integer("max_fee", 0, int.MaxValue),
            LeastExperience = query.Integer("min_experience", 0, 100),
            Language = query.Text("language", 35),
            ClinicId = query.Id("clinic"),
            Modality = query.Enum<Modality>("modality"),
            AvailableOn = query.Date("available_on"),
            Near = near,
            Radius = (double?)radius,
            Search = string.IsNullOrWhiteSpace(query.Search) ? null : query.Search,
            Order = order,
            IsDescending = descending,
        };
    }

    private static Place? PlaceOf(ListQuery query)
    {
        if (query.Text("near", 100) is not { } text)
        {
            return null;
        }

        const NumberStyles Degrees = NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite;
        var parts = text.Split(',');
        if (parts.Length == 2
            && double.TryParse(parts[0], Degrees, CultureInfo.InvariantCulture, out var latitude) && Math.Abs(latitude) <= 90
            && double.TryParse(parts[1], Degrees, CultureInfo.InvariantCulture, out var longitude) && Math.Abs(longitude) <= 180)
        {
            return new Place(latitude, longitude);
        }

        query.Fault("near", "Must be latitude and longitude in degrees, such as 6.45,3.39.");
        return null;
    }
}
