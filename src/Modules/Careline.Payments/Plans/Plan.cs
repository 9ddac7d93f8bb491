namespace Careline.Payments.Plans;

/// <summary>How long a period is: calendar months in UTC, counted from the first day.</summary>
public enum PlanPeriod
{
    /// <summary>One month.</summary>
    Month,

    /// <summary>Three months.</summary>
    Quarter,

    /// <summary>Twelve months.</summary>
    Year,
}

/// <summary>What a plan is to be. Who subscribed already keeps the old price.</summary>
/// <param name="Code">Short and unique; case does not matter.</param>
/// <param name="Name">What people call it.</param>
/// <param name="AmountMinor">The price of a period, in minor units.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Period">How long that is.</param>
/// <param name="Description">What it holds.</param>
/// <param name="TrialDays">Days at the beginning that cost nothing, once for each person.</param>
/// <param name="Seats">For how many people it is.</param>
/// <param name="DiscountPercent">What visits cost its members less.</param>
/// <param name="IsActive">Whether one can subscribe.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record PlanRequest(
    [Required, RegularExpression("^[A-Za-z0-9-]{2,40}$", ErrorMessage = "2 to 40 letters, figures and dashes.")] string Code,
    [Required, MaxLength(100)] string Name,
    [Range(1, 1_000_000_000_000)] long AmountMinor,
    [Required, RegularExpression("^[A-Z]{3}$", ErrorMessage = "An ISO 4217 code, such as NGN.")] string Currency,
    PlanPeriod Period,
    [MaxLength(2000)] string? Description = null,
    [Range(0, 365)] int TrialDays = 0,
    [Range(1, 100)] int Seats = 1,
    [Range(0, 100)] decimal DiscountPercent = 0,
    bool IsActive = true);

/// <summary>Something to subscribe to.</summary>
internal sealed class Plan : IVersioned
{
    private Plan()
    {
    }

    public Guid Id { get; private set; }

    public string Code { get; private set; } = "";

    public string Name { get; private set; } = "";

    public string? Description { get; private set; }

    public long AmountMinor { get; private set; }

    public string Currency { get; private set; } = "";

    public PlanPeriod Period { get; private set; }

    public int TrialDays { get; private set; }

    public int Seats { get; private set; }

    public decimal DiscountPercent { get; private set; }

    public bool IsActive { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public int Version { get; private set; } = 1;

    public static Plan Of(Guid id, PlanRequest request, DateTimeOffset now)
    {
        var plan = new Plan { Id = id, CreatedAt = now };
        plan.Replace(request, now);
        return plan;
    }

    public void Replace(PlanRequest request, DateTimeOffset now)
    {
        (Code, Name, Description) = (request.Code, request.Name, request.Description);
        (AmountMinor, Currency, Period) = (request.AmountMinor, request.Currency, request.Period);
        (TrialDays, Seats, DiscountPercent) = (request.TrialDays, request.Seats, request.DiscountPercent);
        (IsActive, UpdatedAt) = (request.IsActive, now);
    }

    public void Withdraw(DateTimeOffset now) => (IsActive, UpdatedAt) = (false, now);

    public static int MonthsOf(PlanPeriod period) => period switch
    {
        PlanPeriod.Month => 1,
        PlanPeriod.Quarter => 3,
        _ => 12,
    };

    internal sealed class Mapping : IEntityTypeConfiguration<Plan>
    {
        public void Configure(EntityTypeBuilder<Plan> builder)
        {
            builder.ToTable("plans", "payments");
            builder.Property(p => p.Id).ValueGeneratedNever();
        }
    }
}
