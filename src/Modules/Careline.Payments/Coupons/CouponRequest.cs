using System.Linq.Expressions;

namespace Careline.Payments.Coupons;

/// <summary>What a coupon is to be.</summary>
/// <param name="Code">What people type; letters, figures, dashes. Case does not matter.</param>
/// <param name="Kind">What it takes off.</param>
/// <param name="Description">For those who keep it.</param>
/// <param name="Percent">For a percentage: above 0, to 100.</param>
/// <param name="Amount">For a fixed amount, in minor units.</param>
/// <param name="Currency">ISO 4217, of all amounts here.</param>
/// <param name="MostDiscount">It takes off no more than this, in minor units.</param>
/// <param name="LeastAmount">The price must be at least this, in minor units.</param>
/// <param name="StartsAt">From when; now where it is absent.</param>
/// <param name="EndsAt">Until when.</param>
/// <param name="MostUses">How often in all.</param>
/// <param name="MostUsesEach">How often by each person.</param>
/// <param name="FirstVisitOnly">For a first visit alone.</param>
/// <param name="DoctorIds">For these doctors alone.</param>
/// <param name="ClinicId">For this clinic alone; an administrator of a clinic names the clinic.</param>
/// <param name="IsActive">Whether it counts.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CouponRequest(
    [Required, RegularExpression("^[A-Za-z0-9-]{3,40}$", ErrorMessage = "3 to 40 letters, figures and dashes.")] string Code,
    CouponKind Kind,
    [MaxLength(500)] string? Description = null,
    [Range(0.01, 100)] decimal? Percent = null,
    [Range(1, long.MaxValue)] long? Amount = null,
    [RegularExpression("^[A-Z]{3}$", ErrorMessage = "An ISO 4217 code, such as NGN.")] string? Currency = null,
    [Range(1, long.MaxValue)] long? MostDiscount = null,
    [Range(1, long.MaxValue)] long? LeastAmount = null,
    DateTimeOffset? StartsAt = null,
    DateTimeOffset? EndsAt = null,
    [Range(1, 1_000_000)] int? MostUses = null,
    [Range(1, 1000)] int? MostUsesEach = null,
    bool FirstVisitOnly = false,
    [MaxLength(100)] IReadOnlyList<Guid>? DoctorIds = null,
    Guid? ClinicId = null,
    bool IsActive = true) : IValidatableObject
{
    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Kind == CouponKind.Percentage && Percent is null)
        {
            yield return new ValidationResult("How many percent?", [nameof(Percent)]);
        }

        if (Kind == CouponKind.FixedAmount && Amount is null)
        {
            yield return new ValidationResult("How much?", [nameof(Amount)]);
        }

        if (Currency is null && (Amount ?? MostDiscount ?? LeastAmount) is not null)
        {
            yield return new ValidationResult("Amounts need their currency.", [nameof(Currency)]);
        }

        if (EndsAt <= StartsAt)
        {
            yield return new ValidationResult("Must lie after the start.", [nameof(EndsAt)]);
        }
    }
}

/// <summary>A coupon.</summary>
public sealed record CouponResponse : IVersioned
{
    /// <summary>The coupon.</summary>
    public required Guid Id { get; init; }

    /// <summary>What people type.</summary>
    public required string Code { get; init; }

    /// <summary>For those who keep it.</summary>
    public required string? Description { get; init; }

    /// <summary>What it takes off.</summary>
    public required CouponKind Kind { get; init; }

    /// <summary>For a percentage.</summary>
    public required decimal? Percent { get; init; }

    /// <summary>For a fixed amount, in minor units.</summary>
    public required long? Amount { get; init; }

    /// <summary>ISO 4217.</summary>
    public required string? Currency { get; init; }

    /// <summary>It takes off no more than this.</summary>
    public required long? MostDiscount { get; init; }

    /// <summary>The price must be at least this.</summary>
    public required long? LeastAmount { get; init; }

    /// <summary>From when.</summary>
    public required DateTimeOffset StartsAt { get; init; }

    /// <summary>Until when.</summary>
    public required DateTimeOffset? EndsAt { get; init; }

    /// <summary>How often in all.</summary>
    public required int? MostUses { get; init; }

    /// <summary>How often by each person.</summary>
    public required int? MostUsesEach { get; init; }

    /// <summary>For a first visit alone.</summary>
    public required bool FirstVisitOnly { get; init; }

    /// <summary>For these doctors alone.</summary>
    public required IReadOnlyList<Guid> DoctorIds { get; init; }

    /// <summary>For this clinic alone.</summary>
    public required Guid? ClinicId { get; init; }

    /// <summary>How often it was used.</summary>
    public required int Uses { get; init; }

    /// <summary>Whether it counts.</summary>
    public required bool IsActive { get; init; }

    /// <inheritdoc />
    public required int Version { get; init; }

    internal static Expression<Func<Coupon, CouponResponse>> Of { get; } = c => new CouponResponse
    {
        Id = c.Id,
        Code = c.Code,
        Description = c.Description,
        Kind = c.Kind,
        Percent = c.Percent,
        Amount = c.Amount,
        Currency = c.Currency,
        MostDiscount = c.MostDiscount,
        LeastAmount = c.LeastAmount,
        StartsAt = c.StartsAt,
        EndsAt = c.EndsAt,
        MostUses = c.MostUses,
        MostUsesEach = c.MostUsesEach,
        FirstVisitOnly = c.FirstVisitOnly,
        DoctorIds = c.DoctorIds,
        ClinicId = c.ClinicId,
        Uses = c.Uses,
        IsActive = c.IsActive,
        Version = c.Version,
    };
}
