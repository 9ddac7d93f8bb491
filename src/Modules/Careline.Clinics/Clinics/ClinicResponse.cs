using System.Linq.Expressions;
using Careline.Accounts.Contracts;
using Careline.Clinics.Profile;
using Careline.Clinics.Staff;

namespace Careline.Clinics.Clinics;

/// <summary>What an administrator found about a clinic; for those who run it and administrators only.</summary>
/// <param name="Status">Where it stands.</param>
/// <param name="DecidedAt">When it was decided.</param>
/// <param name="Note">What the administrator said.</param>
/// <param name="RegistrationNumber">Of the register or licence by which it works.</param>
public sealed record ClinicVerificationState(ClinicVerification Status, DateTimeOffset? DecidedAt, string? Note, string? RegistrationNumber);

/// <summary>A clinic.</summary>
public sealed record ClinicResponse : IVersioned
{
    /// <summary>The clinic.</summary>
    public required Guid Id { get; init; }

    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>For patients to read.</summary>
    public required string? Description { get; init; }

    /// <summary>Where it sees people.</summary>
    public required ClinicKind Kind { get; init; }

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

    /// <summary>Its page.</summary>
    public required string? Website { get; init; }

    /// <summary>Where it stands.</summary>
    public required ClinicLocation? Location { get; init; }

    /// <summary>Whether it works.</summary>
    public required ClinicStatus Status { get; init; }

    /// <summary>Whether it hands out medicines.</summary>
    public required bool IsPharmacy { get; init; }

    /// <summary>Whether an administrator has verified it.</summary>
    public required bool IsVerified { get; init; }

    /// <summary>Null but for those who run it and administrators.</summary>
    public required ClinicVerificationState? Verification { get; init; }

    /// <summary>Mean of the reviews, 0 without any.</summary>
    public required decimal Rating { get; init; }

    /// <summary>How many reviews.</summary>
    public required int ReviewCount { get; init; }

    /// <summary>Hours of weekdays by the clinic's wall clock, the week beginning on Monday; empty where nobody said.</summary>
    public IReadOnlyList<HoursForm> OpeningHours => HoursForm.InOrder(Hours);

    /// <summary>Days on which it is closed.</summary>
    public required IReadOnlyList<DateOnly> ClosedDays { get; init; }

    /// <summary>Whether it is open at this moment; null where nobody said when it is.</summary>
    public bool? IsOpenNow => Hours.Count == 0 ? null : OpeningPlan.IsOpen(TimeZone, Hours, ClosedDays, At);

    /// <summary>Where its cover picture is, if it has one.</summary>
    public string? CoverUrl => CoverId is { } cover ? $"/api/eclinic/clinics/{Id}/pictures/{cover}/" : null;

    /// <summary>Kilometres to it; only where it was asked for by place.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? DistanceKm { get; init; }

    /// <summary>When it was opened here.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Last change.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <inheritdoc />
    public required int Version { get; init; }

    [JsonIgnore]
    internal IReadOnlyList<HoursForm> Hours { get; init; } = [];

    [JsonIgnore]
    internal Guid? CoverId { get; init; }

    [JsonIgnore]
    internal DateTimeOffset At { get; init; }

    internal static Expression<Func<Clinic, ClinicResponse>> Projection(CarelineDb db, Actor? actor)
    {
        var (me, isAdmin, now) = (actor?.AccountId, actor is { IsAdmin: true }, db.Now);
        return c => new ClinicResponse
        {
            Id = c.Id,
            Name = c.Name,
            Description = c.Description,
            Kind = c.Kind,
            TimeZone = c.TimeZone,
            Address = c.Address,
            City = c.City,
            Country = c.Country,
            Phone = c.Phone,
            Email = c.Email,
            Website = c.Website,
            Location = c.Latitude == null || c.Longitude == null ? null : new ClinicLocation(c.Latitude.Value, c.Longitude.Value),
            Status = c.Status,
            IsPharmacy = c.IsPharmacy,
            IsVerified = c.IsVerified,
            Verification = isAdmin || db.Set<StaffMember>().Any(s => s.ClinicId == c.Id && s.AccountId == me && s.Role == ClinicRole.Administrator && s.LeftAt == null)
                ? new ClinicVerificationState(c.Verification, c.VerificationAt, c.VerificationNote, c.RegistrationNumber) : null,
            Rating = c.Rating,
            ReviewCount = c.ReviewCount,
            ClosedDays = c.ClosedDays,
            CreatedAt = c.CreatedAt,
            UpdatedAt = c.UpdatedAt,
            Version = c.Version,
            Hours = c.OpeningHours.Select(h => new HoursForm(h.Weekday, h.StartTime, h.EndTime)).ToList(),
            CoverId = db.Set<Pictures.Picture>().Where(p => p.ClinicId == c.Id && p.IsCover).Select(p => (Guid?)p.Id).FirstOrDefault(),
            At = now,
        };
    }
}
