using System.Linq.Expressions;

namespace Careline.Clinics.Services;

/// <summary>A price.</summary>
/// <param name="Amount">Minor units.</param>
/// <param name="Currency">ISO 4217 code.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ServicePrice(
    [Range(0L, 1_000_000_000L)] long Amount,
    [Required, RegularExpression("^[A-Z]{3}$", ErrorMessage = "Must be a three-letter ISO 4217 code.")] string Currency);

/// <summary>What is said of a service.</summary>
/// <param name="Name">The name, once at a clinic.</param>
/// <param name="Price">What it costs.</param>
/// <param name="DurationMinutes">How long it takes.</param>
/// <param name="Modality">How it is given.</param>
/// <param name="Category">What it belongs to, in the clinic's words.</param>
/// <param name="Description">For patients to read.</param>
/// <param name="Preparation">What patients do before it.</param>
/// <param name="IsActive">Whether it can be booked.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ServiceRequest(
    [Required, StringLength(200, MinimumLength = 1)] string Name,
    [Required] ServicePrice Price,
    [Range(5, 240)] int DurationMinutes = 30,
    ServiceModality Modality = ServiceModality.InPerson,
    [StringLength(100)] string? Category = null,
    [StringLength(2000)] string? Description = null,
    [StringLength(2000)] string? Preparation = null,
    bool IsActive = true) : IValidatableObject
{
    internal static ServiceRequest Of(ServiceOffer s) => new(
        s.Name, new ServicePrice(s.PriceAmount, s.PriceCurrency), s.DurationMinutes, s.Modality, s.Category, s.Description, s.Preparation, s.IsActive);

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (string.IsNullOrWhiteSpace(Name))
        {
            yield return new ValidationResult("May not be blank.", [nameof(Name)]);
        }
    }
}

/// <summary>Something that a clinic sells.</summary>
public sealed record ServiceResponse : IVersioned
{
    /// <summary>The service.</summary>
    public required Guid Id { get; init; }

    /// <summary>Who sells it.</summary>
    public required Guid ClinicId { get; init; }

    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>What it belongs to.</summary>
    public required string? Category { get; init; }

    /// <summary>For patients to read.</summary>
    public required string? Description { get; init; }

    /// <summary>What patients do before it.</summary>
    public required string? Preparation { get; init; }

    /// <summary>How it is given.</summary>
    public required ServiceModality Modality { get; init; }

    /// <summary>How long it takes.</summary>
    public required int DurationMinutes { get; init; }

    /// <summary>What it costs.</summary>
    public required ServicePrice Price { get; init; }

    /// <summary>Whether it can be booked.</summary>
    public required bool IsActive { get; init; }

    /// <summary>Last change.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <inheritdoc />
    public required int Version { get; init; }

    internal static Expression<Func<ServiceOffer, ServiceResponse>> Projection { get; } = s => new ServiceResponse
    {
        Id = s.Id,
        ClinicId = s.ClinicId,
        Name = s.Name,
        Category = s.Category,
        Description = s.Description,
        Preparation = s.Preparation,
        Modality = s.Modality,
        DurationMinutes = s.DurationMinutes,
        Price = new ServicePrice(s.PriceAmount, s.PriceCurrency),
        IsActive = s.IsActive,
        UpdatedAt = s.UpdatedAt,
        Version = s.Version,
    };

    private static readonly Func<ServiceOffer, ServiceResponse> _of = Projection.Compile();

    internal static ServiceResponse Of(ServiceOffer service) => _of(service);
}
