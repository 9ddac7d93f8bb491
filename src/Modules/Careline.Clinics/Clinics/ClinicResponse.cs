using System.Linq.Expressions;
using Careline.Platform.Data;

namespace Careline.Clinics.Clinics;

/// <summary>A clinic.</summary>
public sealed record ClinicResponse : IVersioned
{
    /// <summary>The clinic.</summary>
    public required Guid Id { get; init; }

    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>IANA zone.</summary>
    public required string TimeZone { get; init; }

    /// <summary>Street and number.</summary>
    public required string? Address { get; init; }

    /// <summary>City.</summary>
    public required string? City { get; init; }

    /// <summary>ISO 3166-1 alpha-2 code.</summary>
    public required string? Country { get; init; }

    /// <summary>E.164.</summary>
    public required string? Phone { get; init; }

    /// <summary>Address for people.</summary>
    public required string? Email { get; init; }

    /// <summary>Where it stands.</summary>
    public required ClinicLocation? Location { get; init; }

    /// <summary>Whether it works.</summary>
    public required ClinicStatus Status { get; init; }

    /// <summary>Whether it hands out medicines.</summary>
    public required bool IsPharmacy { get; init; }

    /// <summary>Whether an administrator has verified it.</summary>
    public required bool IsVerified { get; init; }

    /// <summary>When it was opened here.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Last change.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <inheritdoc />
    public required int Version { get; init; }

    internal static Expression<Func<Clinic, ClinicResponse>> Projection { get; } = c => new ClinicResponse
    {
        Id = c.Id,
        Name = c.Name,
        TimeZone = c.TimeZone,
        Address = c.Address,
        City = c.City,
        Country = c.Country,
        Phone = c.Phone,
        Email = c.Email,
        Location = c.Latitude == null || c.Longitude == null ? null : new ClinicLocation(c.Latitude.Value, c.Longitude.Value),
        Status = c.Status,
        IsPharmacy = c.IsPharmacy,
        IsVerified = c.IsVerified,
        CreatedAt = c.CreatedAt,
        UpdatedAt = c.UpdatedAt,
        Version = c.Version,
    };

    private static readonly Func<Clinic, ClinicResponse> _of = Projection.Compile();

    internal static ClinicResponse Of(Clinic clinic) => _of(clinic);
}
